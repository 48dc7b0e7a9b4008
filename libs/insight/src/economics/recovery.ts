import { addMonths } from '../day.js';
import { sum } from '../experience/figure.js';
import type { LedgerLine } from './ledger-line.js';

/** How far the contribution of a customer has paid back what winning it cost (CAC): one currency, minor units. */
export interface CacRecovery {
  readonly cac: number;
  /** Contribution so far; below 0 where serving cost more than came in. */
  readonly recovered: number;
  /** Never below 0, and never more than the CAC. */
  readonly unrecovered: number;
  /** The first day that counts: of the first line. */
  readonly since: number;
  /** Months begun until the cumulated contribution first reached the CAC; null: it has not yet, and has been waited for `watched` months. */
  readonly paybackMonths: number | null;
  readonly watched: number;
}

const MOST = 1_200;

/** From lines of one currency, earliest first, up to the day that is looked from. Null where no cost of winning it is known. */
export function cacRecoveryOf(lines: readonly LedgerLine[], day: number): CacRecovery | null {
  const cac = 0 - sum(lines.filter(({ kind }) => kind === 'acquisition').map(({ amount }) => amount));
  if (cac <= 0 || lines.length === 0) return null;
  const earned = lines.filter(({ kind, left }) => kind !== 'acquisition' && !left);
  const recovered = sum(earned.map(({ amount }) => amount));
  const since = Math.min(...lines.map((line) => line.day));
  let total = 0;
  const reached = earned.find(({ amount }) => (total += amount) >= cac);
  const paybackMonths = reached ? monthsUntil(since, reached.day) : null;
  return { cac, recovered, unrecovered: Math.max(0, Math.min(cac, cac - recovered)), since, paybackMonths, watched: monthsUntil(since, day) };
}

/** Months begun from a day up to another, at least one. */
function monthsUntil(from: number, day: number): number {
  let months = 1;
  while (months < MOST && addMonths(from, months) <= day) months += 1;
  return months;
}
