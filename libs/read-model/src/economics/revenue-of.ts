import { converterOf, ledgersOf, revenueFigures, type RevenueFigures } from '#insight';
import { startOfDay } from '../tenant.js';
import type { EconomicsBook } from './book.js';
import type { CustomerEconomics } from './customers.js';

/** Recurring revenue of customers by the tenant's policy: in the reporting currency all that can be converted, in another what is paid in it. */
export function revenueIn(customers: readonly CustomerEconomics[], currency: string, { window: { calendar: { dayOf }, begins, ends, until }, revenuePolicy: policy, rates }: EconomicsBook): RevenueFigures {
  const convert = converterOf(rates !== null && currency === rates.currency ? rates : { currency, rates: {} });
  const options = { period: { begins, ends, until }, policy, calendar: { dayOf, startOf: (day: number) => startOfDay(day, dayOf) }, convert };
  return revenueFigures(customers.flatMap(({ id, facts }) => ledgersOf(id, facts, options)), policy);
}
