import type { JourneyEvent } from '#journey';
import type { DayOf } from '../day.js';
import { money, text } from '../sheet/fact.js';
import { accruedOf, type Stretch } from './accrued.js';
import { type Invoiced, invoicedOf } from './invoiced.js';
import { type LedgerLine, refOf } from './ledger-line.js';
import type { EconomicsPolicy } from './policy.js';

/** What a customer earned us and cost us, line by line, earliest first. */
export interface Ledger {
  readonly lines: readonly LedgerLine[];
  /** Where the income of each currency comes from; `mixed`: of what was converted some from payments, some from subscriptions. */
  readonly basis: Readonly<Record<string, 'payments' | 'invoices' | 'subscription' | 'mixed'>>;
  readonly withoutAmount: number;
  readonly gross: number;
}

export interface LedgerOptions {
  readonly policy: EconomicsPolicy;
  readonly dayOf: DayOf;
  /** What the subscriptions came to, up to the day that is looked from. */
  readonly stretches: readonly Stretch[];
  /** Days before which a line of a subscription ends: those at which the time that is looked at begins and after which it ends. */
  readonly cuts?: readonly number[];
}

/** From effective events of one customer, merged ones included, earliest first, up to the moment that is looked from. */
export function ledgerOf(events: readonly JourneyEvent[], { policy, dayOf, stretches, cuts }: LedgerOptions): Ledger {
  const accrued = accruedOf(stretches, cuts);
  const byInvoice = policy.income === 'subscription' ? NO_INVOICES : invoicedOf(events, policy.income !== 'invoices', dayOf);
  const invoiced = new Set(byInvoice.lines.map(({ currency }) => currency));
  const filled = policy.income === 'subscription' ? accrued : policy.income === 'payments-or-subscription' ? accrued.filter(({ currency }) => !invoiced.has(currency)) : [];
  const of = policy.income === 'invoices' ? 'invoices' as const : 'payments' as const;
  const costs = events.flatMap((event) => costOf(event, policy, dayOf) ?? []);
  return {
    lines: [...byInvoice.lines, ...filled, ...costs].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
    basis: Object.fromEntries([...[...invoiced].map((currency) => [currency, of] as const), ...filled.map(({ currency }) => [currency, 'subscription' as const] as const)]),
    withoutAmount: byInvoice.withoutAmount, gross: byInvoice.gross,
  };
}

const NO_INVOICES: Invoiced = { lines: [], withoutAmount: 0, gross: 0 };
const KINDS = ['acquisition', 'service', 'income'];

function costOf(event: JourneyEvent, { costOfRevenue }: EconomicsPolicy, dayOf: DayOf): LedgerLine | null {
  const kind = event.type === 'cost.acquisition-cost-recorded' ? 'acquisition' : event.type === 'cost.service-cost-recorded' ? 'service' : null;
  const cost = money(event.data['amount']);
  if (kind === null || !cost) return null;
  const field = (name: string) => text(event.data[name]) ?? null;
  const driver = field('driver');
  return {
    at: event.occurredAt, day: dayOf(event.occurredAt), kind, amount: 0 - cost.amount, currency: cost.currency, product: field('product'), driver, ticket: field('ticket'), of: null,
    left: kind === 'service' && costOfRevenue !== null && !costOfRevenue.includes(driver ?? ''), events: [refOf(event)],
  };
}
