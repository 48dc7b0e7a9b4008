import { kaplanMeier } from '../kaplan-meier.js';
import { quantileOver, type Wait } from '../experience/waiting.js';
import type { CacRecovery } from './recovery.js';

/** How long customers take to pay back what winning them cost. */
export interface PaybackFigures {
  /** Customers of whom that cost is known. */
  readonly n: number;
  readonly paidBack: number;
  /** Still here, and not there yet: counted as far as they have been watched. */
  readonly waiting: number;
  /** Left before: they never will. */
  readonly lost: number;
  /** Months in which half have paid back (Kaplan-Meier); null where fewer than half will be seen to. */
  readonly medianMonths: number | null;
  /** Share that has paid back within so many months. */
  readonly curve: readonly { readonly months: number; readonly share: number }[];
}

const NEVER = 100_000;
const CURVE = [3, 6, 9, 12, 18, 24, 36, 48, 60];

/** Who left before stays in the count for ever, so the curve says what share of all comes back, not of those who stay. */
export function paybackFigures(recoveries: readonly { readonly recovery: CacRecovery; readonly left: boolean }[]): PaybackFigures {
  const waits = recoveries.map(({ recovery: { paybackMonths, watched }, left }): Wait => (paybackMonths !== null ? { minutes: paybackMonths, over: true } : { minutes: left ? NEVER : watched, over: false }));
  const points = kaplanMeier(waits.map(({ minutes, over }) => ({ time: minutes, ended: over })));
  const paidBack = waits.filter(({ over }) => over).length;
  const lost = waits.filter(({ over, minutes }) => !over && minutes === NEVER).length;
  const watched = Math.max(0, ...waits.filter(({ minutes }) => minutes !== NEVER).map(({ minutes }) => minutes));
  return {
    n: waits.length, paidBack, waiting: waits.length - paidBack - lost, lost, medianMonths: quantileOver(waits, 0.5),
    curve: CURVE.filter((months) => months <= watched).map((months) => ({ months, share: 1 - (points.findLast(({ time }) => time <= months)?.lasts ?? 1) })),
  };
}
