import { Query } from '@nestjs/cqrs';
import { accountEconomics, alternativesOn, type ComparedAlternative, comparedAlternatives, currenciesOf, dateOfDay, fitBandOf, type LedgerLine, marginsBy, type KeyedMargin } from '#insight';
import { rounded } from '../experience/measures.js';
import type { ReadModelOptions } from '../reading.js';
import { type BookOptions, daysOf, openBook, type Told } from './book.js';
import { lineOf, type EconomicsLine } from './list-customers-economics.js';

export interface CustomerEconomicsOptions extends Omit<BookOptions, 'segment'> {
  readonly customer: string;
}

export interface CustomerEconomicsAnswer extends Told {
  readonly customer: string;
  readonly name: string | null;
  /** One per currency. */
  readonly currencies: readonly (EconomicsLine & { readonly basis: string | null; readonly products: readonly KeyedMargin[]; readonly drivers: readonly KeyedMargin[] })[];
  /** What others would take, beside what the same cost us with this customer. */
  readonly alternatives: readonly ComparedAlternative[];
  /** Every line of its life, earliest first, with the facts that made it: also those before and after the days looked at. */
  readonly ledger: readonly (Omit<LedgerLine, 'day' | 'native'> & { readonly on: string; readonly native: NonNullable<LedgerLine['native']> | null })[];
  readonly fit: { readonly score: number; readonly band: string; readonly seller: string | null; readonly event: { readonly source: string; readonly id: string; readonly type: string } } | null;
  /** Invoices paid of which no amount was told; and those of which only the gross amount was. */
  readonly unknown: { readonly withoutAmount: number; readonly gross: number };
  readonly missing: readonly string[];
}

export class GetCustomerEconomics extends Query<CustomerEconomicsAnswer> {
  constructor(readonly options: CustomerEconomicsOptions) {
    super();
  }
}

/** Of its whole life where no time is chosen: the ten years up to today. @throws QueryRefused */
export async function getCustomerEconomics(model: ReadModelOptions, options: CustomerEconomicsOptions): Promise<CustomerEconomicsAnswer> {
  const { told, window, policy, into, spend, customers: [found] } = await openBook(model, options);
  const days = daysOf(window);
  const lines = found?.ledger.lines ?? [];
  const has = (kind: LedgerLine['kind']) => lines.some((line) => line.kind === kind);
  return rounded({
    ...told, customer: found?.id ?? options.customer, name: found?.name ?? null,
    currencies: found ? currenciesOf(found).map((currency) => {
      const own = lines.filter((line) => line.currency === currency && line.day >= days.from && line.day <= days.to);
      return { ...lineOf(found, accountEconomics(found, currency, days)), basis: found.ledger.basis[currency] ?? null, products: marginsBy(own, 'product'), drivers: marginsBy(own, 'driver') };
    }) : [],
    alternatives: comparedAlternatives(alternativesOn(spend, Math.min(days.to, days.day)), found ? [found] : [], days, into),
    ledger: lines.map(({ day, native = null, ...line }) => ({ ...line, native, on: dateOfDay(day) })),
    fit: found?.fit ? { ...found.fit, band: fitBandOf(found.fit.score, policy.fitBands) } : null,
    unknown: { withoutAmount: found?.ledger.withoutAmount ?? 0, gross: found?.ledger.gross ?? 0 },
    missing: [...(has('income') ? [] : ['invoice.issued', 'invoice.paid', 'subscription.started']), ...(has('service') ? [] : ['cost.service-cost-recorded']), ...(has('acquisition') ? [] : ['cost.acquisition-cost-recorded']), ...(found?.fit ? [] : ['sale.fit-assessed'])],
  });
}
