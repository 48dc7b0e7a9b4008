import type { MigrationClass } from '#event-store';
import { FrozenOrder1763920000000 } from './migrations/1763920000000-frozen-order.js';

export { ReadModelModule } from './read-model.module.js';
export { QueryRefused, type ReadModelOptions } from './reading.js';
export { calendarOf, type Calendar, dayOfIn } from './tenant.js';
export { untilVisible, visiblePosition } from './visible.js';
export { ListProjections, projections, RebuildProjection } from './projections/projections.js';
export { type CustomerSummary } from './customers/customer-answer.js';
export { CUSTOMER_SORTS, type CustomerPage, ListCustomers, type ListCustomersOptions } from './customers/list-customers.js';
export { type ContactAnswer, type CustomerAnswer, GetCustomer, getCustomer } from './customers/get-customer.js';
export { GetTimeline, type GetTimelineOptions, type TimelinePage, type Touch } from './timeline/get-timeline.js';
export { type Evidence, type HealthAnswer, type MeasureAnswer } from './health/health-answer.js';
export { type DifferenceAnswer, type DifferenceOptions, GetHealth, GetHealthDifference, GetHealthHistory, type HealthOptions, type HistoryAnswer, type HistoryOptions } from './health/get-health.js';
export { GetPortfolio, type PortfolioAnswer } from './portfolio/get-portfolio.js';
export { GetToday, getToday, type GetTodayOptions } from './today/get-today.js';
export { type TodayAnswer, type TodayItem } from './today/today-answer.js';

/** Tables beside the projections' own, which are made and dropped at run time. */
export const readModelMigrations: readonly MigrationClass[] = [FrozenOrder1763920000000];
