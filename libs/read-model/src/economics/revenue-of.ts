import { converterOf, type CustomerLedger, ledgersOf, revenueFigures, type RevenueFigures, usualRevenuePolicy } from '#insight';
import type { ExperienceWindow } from '../experience/window.js';
import { startOfDay } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import type { CustomerEconomics } from './load.js';

/** Recurring revenue of customers in one currency, nothing converted. Lets others have the process now and then. */
export async function revenueIn(customers: readonly CustomerEconomics[], currency: string, { calendar: { dayOf }, begins, ends, until }: ExperienceWindow): Promise<RevenueFigures> {
  const options = { period: { begins, ends, until }, policy: usualRevenuePolicy, calendar: { dayOf, startOf: (day: number) => startOfDay(day, dayOf) }, convert: converterOf({ currency, rates: {} }) };
  const breathe = breather();
  const ledgers: CustomerLedger[] = [];
  for (const { id, facts } of customers) {
    ledgers.push(...ledgersOf(id, facts, options));
    await breathe();
  }
  return revenueFigures(ledgers, usualRevenuePolicy);
}
