import { converterOf, type CustomerLedger, ledgersOf, revenueFigures, type RevenueFigures } from '#insight';
import { startOfDay } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import type { EconomicsBook } from './book.js';
import type { CustomerEconomics } from './customers.js';

/** Recurring revenue of customers by the tenant's policy: in the reporting currency all that can be converted, in another what is paid in it. Lets others have the process now and then. */
export async function revenueIn(customers: readonly CustomerEconomics[], currency: string, { window: { calendar: { dayOf }, begins, ends, until }, revenuePolicy: policy, rates }: EconomicsBook): Promise<RevenueFigures> {
  const convert = converterOf(rates !== null && currency === rates.currency ? rates : { currency, rates: {} });
  const options = { period: { begins, ends, until }, policy, calendar: { dayOf, startOf: (day: number) => startOfDay(day, dayOf) }, convert };
  const breathe = breather();
  const ledgers: CustomerLedger[] = [];
  for (const { id, facts } of customers) {
    ledgers.push(...ledgersOf(id, facts, options));
    await breathe();
  }
  return revenueFigures(ledgers, policy);
}
