import { Query } from '@nestjs/cqrs';
import { accountEconomics, alternativesOn, type ComparedAlternative, comparedAlternatives, currenciesOf, dateOfDay, type EconomicsPolicy, fitBandOf, type LedgerLine, marginsBy, type KeyedMargin } from '#insight';
import type { Position } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { rounded } from '../experience/measures.js';
import { windowOf } from '../experience/window.js';
import { read, type ReadModelOptions } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { daysOf } from './get-economics.js';
import { lineOf, type EconomicsLine } from './list-customers-economics.js';
import { loadEconomics, spendFacts } from './load.js';
import { policyOf, type PolicyOptions } from './policy-of.js';

export interface CustomerEconomicsOptions extends PolicyOptions {
  readonly tenant: string;
  readonly customer: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
}

export interface CustomerEconomicsAnswer {
  readonly customer: string;
  readonly name: string | null;
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly position: Position | null;
  readonly policy: EconomicsPolicy & { readonly name: string };
  /** One per currency. */
  readonly currencies: readonly (EconomicsLine & { readonly basis: string | null; readonly products: readonly KeyedMargin[]; readonly drivers: readonly KeyedMargin[] })[];
  /** What others would take, beside what the same cost us with this customer. */
  readonly alternatives: readonly ComparedAlternative[];
  /** Every line of its life, earliest first, with the facts that made it: also those before and after the days looked at. */
  readonly ledger: readonly (Omit<LedgerLine, 'day'> & { readonly on: string })[];
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

/** Figures are of its whole life where no time is chosen: the ten years up to today. */
const LIFE = 3_650;

/** @throws QueryRefused */
export async function getCustomerEconomics(model: ReadModelOptions, { tenant, customer, from, to, asOf, ...asked }: CustomerEconomicsOptions): Promise<CustomerEconomicsAnswer> {
  const policy = policyOf(asked);
  return read(model.reader, tenant, async (sql) => {
    const row = await customerRow(sql, tenant, customer);
    const window = await windowOf(sql, { tenant, from, to, asOf }, model.now(), LIFE);
    const { customers: [found], position } = await loadEconomics(sql, tenant, window, { policy, customer: row.customer });
    const days = daysOf(window);
    const lines = found?.ledger.lines ?? [];
    const has = (kind: LedgerLine['kind']) => lines.some((line) => line.kind === kind);
    return rounded({
      customer: row.customer, name: found?.name ?? null, today: window.calendar.today, from: window.from, to: window.to, asOf: window.until, position, policy,
      currencies: found ? currenciesOf(found).map((currency) => {
        const own = lines.filter((line) => line.currency === currency && line.day >= days.from && line.day <= days.to);
        return { ...lineOf(found, accountEconomics(found, currency, days)), basis: found.ledger.basis[currency] ?? null, products: marginsBy(own, 'product'), drivers: marginsBy(own, 'driver') };
      }) : [],
      alternatives: comparedAlternatives(alternativesOn(await spendFacts(sql, tenant), Math.min(days.to, days.day)), found ? [found] : [], days),
      ledger: lines.map(({ day, ...line }) => ({ ...line, on: dateOfDay(day) })),
      fit: found?.fit ? { ...found.fit, band: fitBandOf(found.fit.score, policy.fitBands) } : null,
      unknown: { withoutAmount: found?.ledger.withoutAmount ?? 0, gross: found?.ledger.gross ?? 0 },
      missing: [...(has('income') ? [] : ['invoice.issued', 'invoice.paid', 'subscription.started']), ...(has('service') ? [] : ['cost.service-cost-recorded']), ...(has('acquisition') ? [] : ['cost.acquisition-cost-recorded']), ...(found?.fit ? [] : ['sale.fit-assessed'])],
    });
  });
}
