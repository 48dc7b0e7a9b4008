import { Query } from '@nestjs/cqrs';
import { type FitCase, fitFigures, type FitFigures, type LedgerLine, marginOf } from '#insight';
import { rounded } from '../experience/measures.js';
import type { ReadModelOptions } from '../reading.js';
import { type BookOptions, currenciesIn, openBook, type Told } from './book.js';
import type { CustomerEconomics } from './customers.js';

export interface FitOptions extends Omit<BookOptions, 'customer' | 'from' | 'to'> {
  readonly currency?: string;
}

export interface FitAnswer extends Omit<Told, 'from' | 'to'> {
  readonly segment: string | null;
  /** Margins are of this currency: where none was asked for, that of most customers. Null: nobody earned or cost anything. */
  readonly currency: string | null;
  readonly bands: readonly FitFigures[];
  readonly sellers: readonly FitFigures[];
  /** Customers sold to, of these with a judgement made by the sale, and with one that came later only: it counts for nothing. */
  readonly coverage: Told['coverage'] & { readonly sold: number; readonly judged: number; readonly late: number };
  readonly missing: readonly string[];
  readonly method: string;
}

export class GetFit extends Query<FitAnswer> {
  constructor(readonly options: FitOptions) {
    super();
  }
}

const METHOD = 'Fit as it was judged on or before the day of the sale (the first opportunity won, else the first subscription). Churn: of customers sold to at least so many months ago as the policy says, the share that left within that time (Wilson, 95 %); under 30 there are too few to go by. '
  + 'Margin: contribution over income of their whole lives so far, of those of whom both are known. Association, not effect: who sells to whom is not by lot.';

export async function getFit(model: ReadModelOptions, { currency: wanted, ...options }: FitOptions): Promise<FitAnswer> {
  const { told: { from: _, to: __, ...told }, window, policy, rates, customers } = await openBook(model, options, true);
  const currency = wanted ?? currenciesIn(customers, rates)[0] ?? null;
  const cases = customers.flatMap((customer) => caseOf(customer, currency) ?? []);
  const sold = customers.filter(({ soldOn }) => soldOn !== null);
  const day = window.calendar.dayOf(window.until);
  return rounded({
    ...told, segment: options.segment ?? null, currency, bands: fitFigures(cases, 'band', day, policy), sellers: fitFigures(cases, 'seller', day, policy),
    coverage: { ...told.coverage, sold: sold.length, judged: cases.length, late: sold.filter(({ fit, facts }) => fit === null && facts.some(({ type }) => type === 'sale.fit-assessed')).length },
    missing: cases.length > 0 ? [] : [...(sold.length > 0 ? [] : ['sale.won', 'subscription.started']), 'sale.fit-assessed'], method: METHOD,
  });
}

function caseOf({ id, fit, soldOn, leftOn, ledger }: CustomerEconomics, currency: string | null): FitCase | null {
  if (fit === null || soldOn === null) return null;
  const { income, contribution, share } = marginOf(ledger.lines.filter((line: LedgerLine) => line.currency === currency));
  return { customer: id, score: fit.score, seller: fit.seller, soldOn, leftOn, income, contribution, measured: share !== null };
}
