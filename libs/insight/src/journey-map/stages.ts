import type { JourneyMap } from '#journey';
import { groupsOf } from '../experience/figure.js';
import type { CustomerJourney, Visit } from './customer-journey.js';
import { kaplanMeier, quantileOf, type SurvivalQuantile } from '../kaplan-meier.js';

/** The journeys that figures are made from, by customer. */
export type Journeys = ReadonlyMap<string, CustomerJourney>;

/** How long customers stay in a stage, in days; those who are still in it count as far as they have stayed (Kaplan-Meier). */
export interface Dwell {
  readonly visits: number;
  readonly left: number;
  readonly median: SurvivalQuantile;
  readonly p90: number | null;
}

export interface StageFigures {
  readonly stage: string;
  readonly label: string;
  readonly ends: 'churned' | 'lost' | null;
  /** Who is in it now, and how many visits there were. */
  readonly now: readonly string[];
  readonly visits: number;
  /** Null where the journey ends. */
  readonly dwell: Dwell | null;
  /** Who is in it for more days is stuck; null where nothing can be said. */
  readonly limit: { readonly days: number; readonly by: 'declared' | 'ninth-tenth' } | null;
}

/** So many have to have left a stage before nine of ten can be told. */
const LEAST_LEFT = 10;

export function stagesOf({ stages }: JourneyMap, journeys: Journeys): StageFigures[] {
  const visits = groupsOf([...journeys.values()].flatMap((journey) => journey.visits), ({ stage }) => stage);
  return stages.map(({ stage, label, ends, maxDays }) => {
    const own = visits.get(stage) ?? [];
    const dwell = ends ? null : dwellOf(own);
    const tenth = dwell !== null && dwell.left >= LEAST_LEFT ? dwell.p90 : null;
    return {
      stage, label, ends: ends ?? null, now: [...journeys].filter(([, journey]) => visitNow(journey)?.stage === stage).map(([customer]) => customer), visits: own.length, dwell,
      limit: ends ? null : maxDays !== undefined ? { days: maxDays, by: 'declared' } : tenth === null ? null : { days: tenth, by: 'ninth-tenth' },
    };
  });
}

/** Where the customer is now; undefined: in no stage. */
export function visitNow({ visits }: CustomerJourney): Visit | undefined {
  const last = visits.at(-1);
  return last?.left === null ? last : undefined;
}

function dwellOf(visits: readonly Visit[]): Dwell {
  const curve = kaplanMeier(visits.map(({ days, left }) => ({ time: days, ended: left !== null })));
  return { visits: visits.length, left: visits.filter(({ left }) => left !== null).length, median: quantileOf(curve, 0.5), p90: quantileOf(curve, 0.9).value };
}

/** So many visits of a stage ended with going to another, or (`to` is null) to none; `share`: of all that ended. */
export interface Transition {
  readonly from: string;
  readonly to: string | null;
  readonly n: number;
  readonly share: number;
}

/** All moves out of stages, in the order of the map; those out of one stage sum to the visits of it that ended. */
export function transitionsOf({ stages }: JourneyMap, journeys: Journeys): Transition[] {
  const ended = [...journeys.values()].flatMap(({ visits }) => visits.filter(({ left }) => left !== null));
  return stages.flatMap(({ stage: from }) => {
    const own = ended.filter(({ stage }) => stage === from);
    return [...stages.map(({ stage }) => stage), null].map((to) => ({ to, n: own.filter((visit) => visit.to === to).length })).filter(({ n }) => n > 0).map(({ to, n }) => ({ from, to, n, share: n / own.length }));
  });
}

/** Who has been in a stage for longer than its limit; those longest beyond it first. */
export interface Stuck {
  readonly customer: string;
  readonly visit: Visit;
  readonly limit: NonNullable<StageFigures['limit']>;
}

export function stuckIn(stages: readonly StageFigures[], journeys: Journeys): Stuck[] {
  return stages.flatMap(({ now, limit }) => (limit === null ? [] : now.map((customer) => ({ customer, visit: visitNow(journeys.get(customer)!)!, limit })).filter(({ visit }) => visit.days > limit.days)))
    .sort((a, b) => b.visit.days - b.limit.days - (a.visit.days - a.limit.days) || (a.customer < b.customer ? -1 : 1));
}
