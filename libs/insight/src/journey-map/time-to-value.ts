import type { JourneyMap } from '#journey';
import type { DayOf } from '../day.js';
import type { CustomerJourney } from './customer-journey.js';
import type { FactRef } from './fact-ref.js';
import { kaplanMeier, quantileOf, type SurvivalPoint, type SurvivalQuantile } from '../kaplan-meier.js';
import type { Journeys } from './stages.js';

/** One customer's days from the start to the first value, or so far. */
export interface ValueSpell {
  readonly customer: string;
  readonly days: number;
  readonly started: FactRef;
  /** The first value; null: none yet, and `ended` tells whether the customer has gone. */
  readonly reached: FactRef | null;
  readonly ended: FactRef | null;
}

export interface TimeToValue {
  readonly start: string;
  readonly label: string;
  readonly spells: readonly ValueSpell[];
  /** Customers whose value came before the start, which says nothing of how long it took; they are not counted. */
  readonly before: readonly string[];
  readonly median: SurvivalQuantile;
  readonly curve: readonly SurvivalPoint[];
}

/** Days from a declared start to the first outcome. Who has not got there counts as far as it has come, who has gone without one until then: the curve tells how long it takes as if nobody left. */
export function timeToValueOf({ timeToValue: { starts } }: JourneyMap, journeys: Journeys, { start: asked, until, dayOf }: { readonly start: string; readonly until: string; readonly dayOf: DayOf }): TimeToValue {
  const { start, label } = starts.find((each) => each.start === asked)!;
  const begun = [...journeys].flatMap(([customer, journey]) => {
    const started = journey.starts.get(start);
    return started ? [{ customer, journey, started }] : [];
  });
  const isBefore = ({ journey: { values }, started }: (typeof begun)[number]) => values.length > 0 && Date.parse(values[0]!.at) < Date.parse(started.at);
  const spells = begun.filter((one) => !isBefore(one)).map(({ customer, journey, started }) => ({ customer, started, ...reachedBy(journey, started, { until, dayOf }) }));
  const curve = kaplanMeier(spells.map(({ days, reached }) => ({ time: days, ended: reached !== null })));
  return { start, label, spells, before: begun.filter(isBefore).map(({ customer }) => customer), median: quantileOf(curve, 0.5), curve };
}

function reachedBy({ values, ended }: CustomerJourney, started: FactRef, { until, dayOf }: { until: string; dayOf: DayOf }): Omit<ValueSpell, 'customer' | 'started'> {
  const reached = values[0] ?? null;
  // Who came back after having gone is counted on: only an end that stands ends the wait.
  const gone = reached === null && ended !== null && Date.parse(ended.by.at) >= Date.parse(started.at) ? ended.by : null;
  return { reached, ended: gone, days: dayOf(reached?.at ?? gone?.at ?? until) - dayOf(started.at) };
}
