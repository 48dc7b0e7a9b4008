import type { CustomerLedger } from './ledger.js';
import type { MovementKind } from './movements.js';
import type { RevenuePolicy } from './policy.js';

/** A share with what it is made of. `value`: part of 1, to six decimals; null: not measured, and `missing` says what it would take. `n`: of how many customers (of terms, for renewals). */
export interface RevenueRatio {
  readonly value: number | null;
  readonly of: number;
  readonly over: number;
  readonly n: number;
  readonly missing: string | null;
}

/** ARR in minor units: start + new + expansion + escalator − contraction − churn + reactivation = end. By the policy `net`, churn has returns taken off and may be below 0. */
export interface Waterfall extends Readonly<Record<MovementKind, number>> {
  readonly start: number;
  readonly end: number;
}

export interface RevenueFigures {
  readonly waterfall: Waterfall;
  /** Net revenue retention of the cohort (ARR above 0 as the period begins; closed): its ARR at the end over that at the start. SMSB; agreed rises left out where the policy counts them apart. */
  readonly nrr: RevenueRatio;
  /** Gross revenue retention of the same cohort: the sum of min(ARR at the end, at the start) over the start. SMSB, by end points of each customer, so what rises and falls back within the period loses nothing. */
  readonly grr: RevenueRatio;
  /** Renewed without upsell, and with it, over what was due; open terms are not counted yet. */
  readonly grossRenewalRate: RevenueRatio;
  readonly netRenewalRate: RevenueRatio;
  readonly renewals: { readonly renewed: number; readonly lost: number; readonly late: number; readonly open: number };
  /** (churn + contraction) / start, and the same less expansion and reactivation (ChartMogul), by movements: not 1 − NRR. */
  readonly grossMrrChurn: RevenueRatio;
  readonly netMrrChurn: RevenueRatio;
  /** Customers of the cohort who pay nothing at the end, over the cohort. */
  readonly logoChurn: RevenueRatio;
  /** Customers: `wonAndLost` came and went within the period and are in no other figure of logos. */
  readonly logos: { readonly start: number; readonly won: number; readonly lost: number; readonly back: number; readonly wonAndLost: number; readonly end: number };
  /** Customers of any movement `new`, whether or not they stayed: the MRR that is new is theirs. */
  readonly newCustomers: number;
  /** NRR + ARR of new customers who came through others, over the start − 1 (Reichheld, Darnell and Burns 2021). Where of some nobody said how they came, `low` has all of these bought and `high` all earned. */
  readonly earnedGrowth: RevenueRatio & { readonly low: number | null; readonly high: number | null; readonly earnedNew: number; readonly boughtNew: number; readonly unknownNew: number };
}

/** Figures of a portfolio from the ledgers of its customers. */
export function revenueFigures(ledgers: readonly CustomerLedger[], policy: RevenuePolicy): RevenueFigures {
  const cohort = ledgers.filter(({ start }) => start.amount > 0);
  const moved = (kind: MovementKind) => sumOf(ledgers, ({ movements }) => sumOf(movements, (movement) => (movement.kind === kind ? movement.amount : 0)));
  const [start, end] = [sumOf(ledgers, (each) => each.start.amount), sumOf(ledgers, (each) => each.end.amount)];
  const [fresh, expansion, contraction, churn, reactivation, escalator] = [moved('new'), moved('expansion'), moved('contraction'), moved('churn'), moved('reactivation'), moved('escalator')];
  const isNet = policy.reactivation === 'net';
  const ofStart = (of: number) => ratio(of, start, cohort.length, NOBODY_PAID);
  const nrr = ofStart(sumOf(cohort, keptNet));
  return {
    waterfall: { start, new: fresh, expansion, escalator, contraction, churn: isNet ? churn - reactivation : churn, reactivation: isNet ? 0 : reactivation, end },
    nrr, grr: ofStart(sumOf(cohort, kept)), ...renewalFigures(ledgers),
    grossMrrChurn: ofStart(churn + contraction), netMrrChurn: ofStart(churn + contraction - expansion - escalator - reactivation),
    logoChurn: ratio(cohort.filter((each) => each.end.amount === 0).length, cohort.length, cohort.length, NOBODY_PAID),
    logos: logosOf(ledgers), newCustomers: ledgers.filter(isNew).length, earnedGrowth: earnedGrowth(ledgers, start, nrr),
  };
}

const NOBODY_PAID = 'nobody paid anything recurring as the period began; needs subscription.started before it';

/** What is left of a customer's start, without what was added. */
export const kept = ({ start, end }: CustomerLedger): number => Math.min(end.amount, start.amount);
/** What it pays at the end, without agreed rises where the policy counts these apart. */
export function keptNet(ledger: CustomerLedger): number {
  const agreed = sumOf(ledger.movements, ({ kind, amount }) => (kind === 'escalator' ? amount : 0));
  // Of agreed rises only what still stands above the start can be left out.
  return ledger.end.amount - Math.min(agreed, Math.max(0, ledger.end.amount - ledger.start.amount));
}

function renewalFigures(ledgers: readonly CustomerLedger[]): Pick<RevenueFigures, 'grossRenewalRate' | 'netRenewalRate' | 'renewals'> {
  const terms = ledgers.flatMap(({ renewals }) => renewals).filter(({ due, renewed }) => due !== null && renewed !== null);
  const decided = terms.filter(({ outcome }) => outcome !== 'open');
  const due = sumOf(decided, (term) => term.due!);
  const missing = terms.length > 0 ? 'no renewal of the period is decided yet' : 'no renewal was due; needs renewsOn or termMonths in subscription.started, or renewal.opened';
  const count = (outcome: string) => terms.filter((term) => term.outcome === outcome).length;
  return {
    grossRenewalRate: ratio(sumOf(decided, (term) => Math.min(term.renewed!, term.due!)), due, decided.length, missing),
    netRenewalRate: ratio(sumOf(decided, (term) => term.renewed!), due, decided.length, missing),
    renewals: { renewed: count('renewed'), lost: count('lost'), late: count('late'), open: count('open') },
  };
}

const isNew = ({ movements }: CustomerLedger): boolean => movements.some(({ kind }) => kind === 'new');

function logosOf(ledgers: readonly CustomerLedger[]): RevenueFigures['logos'] {
  const count = (test: (ledger: CustomerLedger) => boolean) => ledgers.filter(test).length;
  const outside = ledgers.filter(({ start }) => start.amount === 0);
  return {
    start: ledgers.length - outside.length, lost: count(({ start, end }) => start.amount > 0 && end.amount === 0), end: count(({ end }) => end.amount > 0),
    won: outside.filter((each) => each.end.amount > 0 && isNew(each)).length, back: outside.filter((each) => each.end.amount > 0 && !isNew(each)).length,
    wonAndLost: outside.filter(({ end, movements }) => end.amount === 0 && movements.length > 0).length,
  };
}

function earnedGrowth(ledgers: readonly CustomerLedger[], start: number, nrr: RevenueRatio): RevenueFigures['earnedGrowth'] {
  const won = ledgers.filter((each) => each.start.amount === 0 && each.end.amount > 0 && isNew(each));
  const from = (earned: boolean | null) => sumOf(won.filter((each) => each.earned === earned), ({ end }) => end.amount);
  const [earnedNew, boughtNew, unknownNew] = [from(true), from(false), from(null)];
  const isKnown = won.length === 0 || earnedNew + boughtNew > 0;
  const growth = (earned: number) => ratio(nrr.of + earned - start, start, nrr.n + won.length, NOBODY_PAID);
  const [low, high] = [growth(earnedNew), growth(earnedNew + unknownNew)];
  const told = isKnown || low.value === null ? low : { ...low, value: null, missing: 'nobody said how the new customers came; needs sale.won with a channel' };
  return { ...told, low: low.value, high: high.value, earnedNew, boughtNew, unknownNew };
}

function ratio(of: number, over: number, n: number, missing: string): RevenueRatio {
  return over > 0 ? { value: Math.round((of / over) * 1e6) / 1e6, of, over, n, missing: null } : { value: null, of, over, n, missing };
}

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0);
