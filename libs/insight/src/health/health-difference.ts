import { parsePosition, type JourneyEvent } from '#journey';
import type { Card } from '../cards/card.js';
import type { DayOf } from '../day.js';
import { addFact } from '../fact-sheet.js';
import { CEILING, type Hundredths } from '../score/score-health.js';
import { weigh, type Weighing } from '../score/weigh.js';
import { sayEvent, sayTime } from './say-difference.js';
import { walk } from './closes.js';
import { knownEvents } from './health-at.js';

export interface EventLine {
  readonly kind: 'event';
  /** Position number of the event. */
  readonly n: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly points: Hundredths;
  /** By measure (`ceiling`: what a ceiling of the card holds down); also measures that only gained or lost because another one became known. They sum to `points`. */
  readonly measures: readonly { readonly id: string; readonly points: Hundredths }[];
  readonly say: string;
}

/** What passing time did to one measure over the whole span. */
export interface TimeLine {
  readonly kind: 'time';
  readonly measure: string;
  readonly points: Hundredths;
  readonly say: string;
}

/** `lines` sum to `to - from` exactly; a score of which nothing is known counts as 0. */
export interface HealthDifference {
  readonly from: Hundredths | null;
  readonly to: Hundredths | null;
  /** Events in the order in which they happened, then time by measure in the card's order. */
  readonly lines: readonly (EventLine | TimeLine)[];
  /** Events in the span that moved nothing. */
  readonly without: number;
}

/** Which events, and how much passing time, moved the score between two instants (after `from`, up to and with `to`), as known at `knownAt`. */
export function healthDifference(events: readonly JourneyEvent[], card: Card, options: { from: string; to: string; knownAt: string; dayOf: DayOf }): HealthDifference {
  const { from, to, knownAt, dayOf } = options;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (!(start <= end)) throw new RangeError('A difference goes from an earlier instant to a later one');
  const known = knownEvents(events, knownAt);
  const before = known.filter(({ occurredAt }) => Date.parse(occurredAt) <= start);
  const between = known.filter(({ occurredAt }) => Date.parse(occurredAt) > start && Date.parse(occurredAt) <= end);
  const last = dayOf(to);
  let day = dayOf(from);
  const sheet = walk(before, dayOf).upTo(day);
  const first = weigh(sheet, card, day);
  let now = first;
  const measures = linesOf(card);
  const time = measures.map(() => 0);
  const lines: (EventLine | TimeLine)[] = [];
  const pass = (next: number) => {
    if (next === day) return;
    const later = weigh(sheet, card, (day = next));
    changes(now, later).forEach((points, index) => (time[index]! += points));
    now = later;
  };
  for (const event of between) {
    pass(dayOf(event.occurredAt));
    const after = weigh(addFact(sheet, event, dayOf), card, day);
    const line = eventLine(event, changes(now, after), measures, day, last);
    if (line) lines.push(line);
    now = after;
  }
  const moved = lines.length;
  pass(last);
  measures.forEach(({ id, label }, index) => {
    const points = time[index]!;
    if (points) lines.push({ kind: 'time', measure: id, points, say: sayTime(label, points) });
  });
  return { from: first.score, to: now.score, lines, without: between.length - moved };
}

function changes(before: Weighing, after: Weighing): number[] {
  return [...after.measures.map(({ points }, index) => points - before.measures[index]!.points), (before.held?.cut ?? 0) - (after.held?.cut ?? 0)];
}

/** What points can move on: the card's measures, and its ceiling. */
function linesOf(card: Card): { readonly id: string; readonly label: string }[] {
  return [...card.measures, { id: CEILING, label: 'the ceiling on the score' }];
}

function eventLine(event: JourneyEvent, moves: readonly number[], ids: ReturnType<typeof linesOf>, day: number, today: number): EventLine | null {
  const measures = moves.map((points, index) => ({ id: ids[index]!.id, points })).filter(({ points }) => points !== 0);
  if (!measures.length) return null;
  const points = measures.reduce((sum, move) => sum + move.points, 0);
  const { n } = parsePosition(event.position);
  return { kind: 'event', n, type: event.type, occurredAt: event.occurredAt, points, measures, say: sayEvent(event.type, points, day, today) };
}
