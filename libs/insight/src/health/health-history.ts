import type { JourneyEvent } from '#journey';
import { cardFor, type Cards } from '../cards/cards.js';
import type { DayOf } from '../day.js';
import { bandOf, type Band } from '../score/band.js';
import type { Hundredths } from '../score/score-health.js';
import { weigh } from '../score/weigh.js';
import { closeOf, walk } from './closes.js';
import { knownEvents } from './health-at.js';
import { overrideIn, type Overridden } from './override.js';

/** Health at the close of one day. */
export interface HealthPoint {
  readonly day: number;
  readonly score: Hundredths | null;
  readonly coverage: number;
  readonly band: Band;
  /** The override that held at the close; score and band are what was computed. */
  readonly override: Overridden | null;
}

/** Health at day closes `from`, `from + stepDays`, … up to `to`, in one pass over the events; the same figures as `healthAt` at the end of those days. */
export function healthHistory(
  events: readonly JourneyEvent[], cards: Cards, options: { from: number; to: number; stepDays: number; knownAt: string; dayOf: DayOf },
): HealthPoint[] {
  const { from, to, stepDays, knownAt, dayOf } = options;
  if (!(stepDays >= 1)) throw new RangeError(`A step of ${stepDays} days leads nowhere; the smallest is 1`);
  const known = knownEvents(events, knownAt);
  const { upTo } = walk(known, dayOf);
  const points: HealthPoint[] = [];
  let band = closeOf(known, cards, from - 1, dayOf);
  for (let day = from; day <= to; day++) {
    const sheet = upTo(day);
    const card = cardFor(cards, sheet);
    const { score, coverage } = weigh(sheet, card, day);
    band = bandOf({ score, coverage }, band, card);
    if ((day - from) % stepDays === 0) points.push({ day, score, coverage, band, override: overrideIn(sheet, card, day) });
  }
  return points;
}
