import { converterOf, ledgersOf, revenueFigures, type RevenueFigures, usualRevenuePolicy } from '#insight';
import type { ExperienceWindow } from '../experience/window.js';
import { startOfDay } from '../tenant.js';
import type { CustomerEconomics } from './load.js';

/** Recurring revenue of customers in one currency, nothing converted. */
export function revenueIn(customers: readonly CustomerEconomics[], currency: string, { calendar: { dayOf }, begins, ends, until }: ExperienceWindow): RevenueFigures {
  const options = { period: { begins, ends, until }, policy: usualRevenuePolicy, calendar: { dayOf, startOf: (day: number) => startOfDay(day, dayOf) }, convert: converterOf({ currency, rates: {} }) };
  return revenueFigures(customers.flatMap(({ id, facts }) => ledgersOf(id, facts, options)), usualRevenuePolicy);
}
