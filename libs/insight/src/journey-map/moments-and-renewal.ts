import type { JourneyMap } from '#journey';
import type { DayOf } from '../day.js';
import { type Figure, proportion, shareDifference } from '../experience/figure.js';
import type { CustomerJourney } from './customer-journey.js';
import type { Expectation } from './expectations.js';
import type { Journeys } from './stages.js';

/** Of customers who met a moment, or missed it, before they decided: how many renewed. */
export interface MomentGroup {
  readonly customers: readonly string[];
  readonly renewed: number;
  readonly rate: Figure;
}

/** Rate of one group less rate of the other (Newcombe); null where either is too small. */
export interface RenewalsCompared {
  readonly difference: Figure | null;
  readonly verdict: 'too-few' | 'no-clear-difference' | 'renew-more-often' | 'renew-less-often';
}

/** How a moment and renewing go together: those who met it against those who missed it. */
export interface MomentAndRenewal extends RenewalsCompared {
  readonly moment: string;
  readonly label: string;
  readonly met: MomentGroup;
  readonly missed: MomentGroup;
}

/** With fewer customers in either group no difference is told. */
export const LEAST_IN_GROUP = 30;

/**
 * Each customer counts once, by its last decision. What was settled before that moment counts and nothing later: a moment is met where all that were due were, and at least one was; missed where one was missed.
 * That the two go together says nothing of what would be otherwise: who is well looked after may meet moments and renew for reasons of its own.
 */
export function momentsAndRenewal({ moments }: JourneyMap, journeys: Journeys, dayOf: DayOf): MomentAndRenewal[] {
  const decided = [...journeys].filter(([, { decision }]) => decision !== null);
  return moments.map(({ moment, label }) => {
    const sides = decided.map(([customer, journey]) => ({ customer, renewed: journey.decision!.renewed, side: sideOf(moment, journey, dayOf) }));
    const group = (wanted: 'met' | 'missed'): MomentGroup => {
      const own = sides.filter(({ side }) => side === wanted);
      const renewed = own.filter((one) => one.renewed).length;
      return { customers: own.map(({ customer }) => customer), renewed, rate: proportion(renewed, own.length) };
    };
    const [met, missed] = [group('met'), group('missed')];
    return { moment, label, met, missed, ...renewalsCompared([met.renewed, met.customers.length], [missed.renewed, missed.customers.length]) };
  });
}

/** Of each group, how many renewed of how many. */
export function renewalsCompared([renewed, n]: readonly [number, number], [otherRenewed, otherN]: readonly [number, number]): RenewalsCompared {
  const difference = Math.min(n, otherN) < LEAST_IN_GROUP ? null : shareDifference(renewed, n, otherRenewed, otherN);
  return { difference, verdict: difference === null ? 'too-few' : difference.low! > 0 ? 'renew-more-often' : difference.high! < 0 ? 'renew-less-often' : 'no-clear-difference' };
}

function sideOf(moment: string, { expectations, decision }: CustomerJourney, dayOf: DayOf): 'met' | 'missed' | null {
  const settled = expectations.filter(({ kind, id }) => kind === 'moment' && id === moment).map((each) => stateBefore(each, decision!.decided.at, dayOf)).filter((state) => state !== null);
  return settled.length === 0 ? null : settled.includes('missed') ? 'missed' : 'met';
}

/** How it stood when the customer decided; null where nothing was settled then. */
function stateBefore({ state, by, begun, dueOn }: Expectation, at: string, dayOf: DayOf): 'met' | 'missed' | null {
  const decided = Date.parse(at);
  if (Date.parse(begun.at) >= decided || state === 'not-due') return null;
  if (state === 'met') return Date.parse(by!.at) < decided ? 'met' : null;
  return dueOn < dayOf(at) ? 'missed' : null;
}
