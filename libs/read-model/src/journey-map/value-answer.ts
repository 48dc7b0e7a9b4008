import { type CustomerJourney, type DayOf, timeToValueOf } from '#insight';
import type { JourneyMap } from '#journey';
import type { TimeToValueAnswer } from './answer.js';
import { needs, typesIn } from './missing.js';

/** The time to value as it is answered. Without a single outcome there is no curve: nothing tells how long it takes. */
export function timeToValue(map: JourneyMap, journeys: ReadonlyMap<string, CustomerJourney>, asked: { readonly start: string; readonly until: string; readonly dayOf: DayOf }): TimeToValueAnswer {
  const { start, label, spells, before, median, curve } = timeToValueOf(map, journeys, asked);
  const reached = spells.filter((spell) => spell.reached).length;
  const leftWithout = spells.filter(({ ended }) => ended).length;
  const starts = map.timeToValue.starts.map(({ on: _, ...told }) => told);
  const types = spells.length === 0 && before.length === 0 ? typesIn(map.timeToValue.starts.find((each) => each.start === start)!.on) : reached === 0 ? typesIn(map.timeToValue.value) : null;
  return {
    start, label, starts, n: spells.length, reached, waiting: spells.length - reached - leftWithout, leftWithout, before: before.length, median,
    curve: reached === 0 ? [] : curve.filter(({ ended }, place) => ended > 0 || place === curve.length - 1).map(({ time, atRisk, ended, censored, lasts, low, high }) => ({ days: time, atRisk, reached: ended, censored, without: lasts, low, high })),
    missing: types && needs(types),
  };
}
