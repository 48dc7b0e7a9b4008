import type { JourneyEvent } from '#journey';
import { cardFor, type Cards } from '../cards/cards.js';
import type { DayOf } from '../day.js';
import { addFact, emptySheet } from '../fact-sheet.js';
import { bandByItself, bandOf, type Band } from '../score/band.js';
import { weigh, type Weighing } from '../score/weigh.js';
import { type Health, healthOf, knownEvents } from './health-at.js';
import type { HealthPoint } from './health-history.js';
import { type HealthDifference, movementOf } from './movement.js';
import { overrideIn } from './override.js';

export interface HealthStory {
  readonly health: Health;
  /** At the close of each day, the last one as of `asOf`. */
  readonly history: readonly HealthPoint[];
  readonly difference: HealthDifference;
}

export interface StoryOptions {
  readonly asOf: string;
  readonly knownAt: string;
  /** The first day of the history. */
  readonly from: number;
  /** From when on what moved the score is noted: an instant on day `from` or later, not after `asOf`. */
  readonly moved: string;
  readonly dayOf: DayOf;
}

const REACH = 60;

/** What `healthAt`, `healthHistory` and `healthDifference` say, from one pass over the events. */
export function healthStory(events: readonly JourneyEvent[], cards: Cards, options: StoryOptions): HealthStory {
  const limit = Date.parse(options.asOf);
  const counted = knownEvents(events, options.knownAt).filter(({ occurredAt }) => Date.parse(occurredAt) <= limit);
  const firstDay = counted[0] ? options.dayOf(counted[0].occurredAt) : Infinity;
  // Bands depend on the day before: start where they settle by themselves, or else at the first fact.
  return pass(counted, cards, options, Math.max(firstDay, options.from - 1 - REACH), firstDay) ?? pass(counted, cards, options, firstDay, firstDay)!;
}

function pass(counted: readonly JourneyEvent[], cards: Cards, { asOf, from, moved, dayOf }: StoryOptions, start: number, firstDay: number): HealthStory | null {
  const sheet = emptySheet();
  const [movedAt, movedDay, today] = [Date.parse(moved), dayOf(moved), dayOf(asOf)];
  const history: HealthPoint[] = [];
  let movement: ReturnType<typeof movementOf> | undefined;
  let [band, closedAs, settled, next, last] = [null as Band | null, null as Band | null, start === firstDay, 0, undefined as Weighing | undefined];
  for (let day = Math.min(start, from); day <= today; day++) {
    for (let event = counted[next]; event && dayOf(event.occurredAt) <= day; event = counted[++next]) {
      if (Date.parse(event.occurredAt) <= movedAt) addFact(sheet, event, dayOf);
      else (movement ??= movementOf(sheet, cards, { day: movedDay, today, dayOf })).add(event);
    }
    if (day >= movedDay) movement ??= movementOf(sheet, cards, { day: movedDay, today, dayOf });
    const weighing = movement?.pass(day) ?? weigh(sheet, cardFor(cards, sheet), day);
    const alone = day < start ? null : bandByItself(weighing, weighing.card);
    settled ||= alone !== null;
    if (day >= from && !settled) return null;
    closedAs = band;
    if (day >= start) band = alone ?? bandOf(weighing, band, weighing.card);
    last = weighing;
    if (day >= from) history.push({ day, score: weighing.score, coverage: weighing.coverage, band: band ?? 'unknown', override: overrideIn(sheet, weighing.card, day) });
  }
  return { health: healthOf(counted, last!, { sheet, day: today, closedAs }), history, difference: movement!.difference() };
}
