import type { MigrationClass } from '#event-store';
import { FrozenOrder1763920000000 } from './migrations/1763920000000-frozen-order.js';
import { RiskAnnouncements1764400000101 } from './migrations/1764400000101-risk-announcements.js';

export { ReadModelModule } from './read-model.module.js';
export { QueryRefused, type ReadModelOptions } from './reading.js';
export { calendarOf, type Calendar, dayOfIn } from './tenant.js';
export { untilVisible } from './visible.js';
export { ListParked, ReplayCustomer, ResumeProjection, type Retried, RetryParked } from './projections/parked.js';
export { CompareProjection, DropProjection, ListProjections, projections, RebuildProjection, SwitchProjection } from './projections/projections.js';
export { type CustomerSummary, LISTED_COLUMNS } from './customers/customer-answer.js';
export { type Choices, GetChoices } from './customers/get-choices.js';
export { CUSTOMER_SORTS, customersInOrder } from './customers/customers-in-order.js';
export { announceRisks } from './customers/announce-risks.js';
export { type CustomerPage, ListCustomers, ListCustomersAsJson } from './customers/list-customers.js';
export { type ContactAnswer, type CustomerAnswer, GetCustomer, getCustomer } from './customers/get-customer.js';
export { GetTimeline, type TimelinePage, type Touch } from './timeline/get-timeline.js';
export { type Evidence, type HealthAnswer, type MeasureAnswer } from './health/health-answer.js';
export { GetHealth } from './health/get-health.js';
export { GetHealthHistory, type HistoryAnswer } from './health/get-history.js';
export { type DifferenceAnswer, GetHealthDifference } from './health/get-difference.js';
export { GetHealthStory } from './health/get-health-story.js';
export { type ChurnRiskAnswer, HORIZON_NAMES, type HorizonName } from './churn/churn-risk-answer.js';
export { GetChurnRisk } from './churn/get-churn-risk.js';
export { GetWhatIf } from './churn/get-what-if.js';
export type { WhatIfAnswer } from './churn/what-if-answer.js';
export { GetPortfolio, type PortfolioAnswer } from './portfolio/get-portfolio.js';
export type { Window } from './churn/gather-rows.js';
export { backtestModel, type Compared, compareWithInForce, type MadeFrom, type Recipe, tabulateRows, trainModel } from './churn/long-work.js';
export { type ModelState } from './churn/model-states.js';
export { type Experiment, type ExperimentPlan, type ExperimentReport, listExperiments, planExperiment, reportExperiment } from './churn/experiments.js';
export { measureDrift } from './churn/measure-drift.js';
export { type DriftAnswer, GetChurnDrift } from './churn/get-drift.js';
export { ExplainChurnModel, type ExplanationAnswer, GetChurnModel, ListChurnModels, type ModelAnswer, type ModelsAnswer, type ModelSummary } from './churn/get-models.js';
export { GetToday, getToday } from './today/get-today.js';
export { type TodayAnswer, type TodayItem } from './today/today-answer.js';

/** Tables beside the projections' own, which are made and dropped at run time. */
export const readModelMigrations: readonly MigrationClass[] = [FrozenOrder1763920000000, RiskAnnouncements1764400000101];
