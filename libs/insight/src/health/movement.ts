import { parsePosition, type JourneyEvent } from '#journey';
import type { Card } from '../cards/card.js';
import { cardFor, type Cards, cardsIn } from '../cards/cards.js';
import type { DayOf } from '../day.js';
import { addFact, type FactSheet } from '../fact-sheet.js';
import { CEILING, type Hundredths } from '../score/score-health.js';
import { isEnough } from '../score/band.js';
import { type Held, weigh, type Weighed, type Weighing } from '../score/weigh.js';
import { figure, lower } from '../words.js';
import { sayEvent, sayTime, sayTurned, type Turned } from './say-difference.js';

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
  /** Whether enough was known for a score, then and now. */
  readonly enough: { readonly from: boolean; readonly to: boolean };
  /** Events in the order in which they happened, then time by measure in the card's order. */
  readonly lines: readonly (EventLine | TimeLine)[];
  /** Events in the span that moved nothing. */
  readonly without: number;
}

/** Where groups start, are bounded and rounded. */
const BOUNDS = 'bounds';

/** Follows a sheet from a day on and notes what moves its score. `today` is the day from which the sentences are told. */
export function movementOf(sheet: FactSheet, cards: Cards, { day: start, today, dayOf }: { day: number; today: number; dayOf: DayOf }) {
  const labels = new Map([...cardsIn(cards).flatMap(({ measures }) => measures.map(({ id, label }) => [id, label] as const)), [CEILING, 'the ceiling on the score'], [BOUNDS, 'the bounds of groups']]);
  const places = [...labels.keys()];
  const time = new Map<string, number>();
  const turned = new Map<string, Turned>();
  const ceilings = new Set<string>();
  const lines: EventLine[] = [];
  const weighed = (on: number) => weigh(sheet, cardFor(cards, sheet), on);
  const first = weighed(start);
  let [day, now, events] = [start, first, 0];
  const nextDay = (): void => {
    const later = weighed(++day);
    for (const [id, points] of changes(now, later)) time.set(id, (time.get(id) ?? 0) + points);
    if (now.held?.cut !== later.held?.cut) ceilings.add(ceilingMoved(now, later));
    const became = turns(now, later);
    for (const { id, counts } of became) turned.set(id, { counts, rest: restOf(now, later, became) });
    now = later;
  };
  // Day by day: which ceiling came and went is told of the whole way, however long the steps of who asks.
  const pass = (next: number): Weighing => {
    while (day < next) nextDay();
    return now;
  };
  const add = (event: JourneyEvent): void => {
    pass(dayOf(event.occurredAt));
    addFact(sheet, event, dayOf);
    const after = weighed(day);
    const moves = changes(now, after);
    const measures = places.map((id) => ({ id, points: moves.get(id) ?? 0 })).filter(({ points }) => points !== 0);
    const points = measures.reduce((sum, move) => sum + move.points, 0);
    const { type, occurredAt } = event;
    if (measures.length) lines.push({ kind: 'event', n: parsePosition(event.position).n, type, occurredAt, points, measures, say: sayEvent(type, isComparable(now, after) ? points : null, { day, today, whys: whysOf(now, after, { moves, points }) }) });
    now = after;
    events++;
  };
  const difference = (): HealthDifference => ({
    from: first.score, to: now.score, without: events - lines.length, enough: { from: isEnough(first, first.card), to: isEnough(now, now.card) },
    lines: [...lines, ...places.flatMap((id): TimeLine[] => {
      const points = time.get(id);
      return points ? [{ kind: 'time', measure: id, points, say: sayTime(id === CEILING && ceilings.size === 1 ? [...ceilings][0]! : labels.get(id)!, points, turned.get(id) ?? null) }] : [];
    })],
  });
  return { pass, add, difference };
}

const isSame = (one: Card, other: Card): boolean => one.id === other.id && one.version === other.version;

const isKnown = ({ reading }: Weighing['measures'][number]): boolean => !('missing' in reading);

/** Measures that became known or unknown; those of another card are. */
function turns(before: Weighing, after: Weighing): { id: string; label: string; counts: boolean }[] {
  const was = new Set(before.measures.filter(isKnown).map(({ measure }) => measure.id));
  const turned = after.measures.flatMap((one) => (isKnown(one) === was.has(one.measure.id) ? [] : [{ id: one.measure.id, label: one.measure.label, counts: isKnown(one) }]));
  if (isSame(before.card, after.card)) return turned;
  const still = new Set(after.measures.map(({ measure }) => measure.id));
  return [...turned, ...before.measures.filter((one) => isKnown(one) && !still.has(one.measure.id)).map(({ measure: { id, label } }) => ({ id, label, counts: false }))];
}

/** What the measures that were and are known count because others came or went: told where all came, or all went, and the rest has to share more or less with them. */
function restOf(before: Weighing, after: Weighing, turned: readonly { readonly counts: boolean }[]): Turned['rest'] {
  const [first, ...others] = turned;
  if (!first || others.some(({ counts }) => counts !== first.counts)) return null;
  const had = new Map(before.measures.filter(isKnown).map(({ measure, maxPoints }) => [measure.id, maxPoints]));
  // What is rounded may differ by a hundredth.
  const moved = after.measures.filter(isKnown).map(({ measure, maxPoints }) => maxPoints - (had.get(measure.id) ?? maxPoints));
  return moved.some((more) => (first.counts ? more < -1 : more > 1)) ? (first.counts ? 'less' : 'more') : null;
}

/** Where another card scores, of which too little is known now, or was known of the one before, points of the one are not compared with points of the other. */
const isComparable = (before: Weighing, after: Weighing): boolean => isSame(before.card, after.card) || (isEnough(before, before.card) && isEnough(after, after.card));

/** The longest first. */
function otherCardWords(before: Weighing, after: Weighing): string[] {
  const by = `scored by ${after.card.label ?? after.card.id} from then on`;
  if (isComparable(before, after)) return [by];
  if (isEnough(after, after.card)) return [`${by}; before, there was no score`, by];
  return [`${by}, as soon as enough is known`, by];
}

/** "the ceiling of reopened tickets" */
const ceilingWords = ({ index }: Held, { measures }: Weighing): string => `the ceiling of ${lower(measures[index]!.measure.label)}`;

/** Which of them did it where what ceilings cut has changed: the one that set in, else the one that gave way. */
const ceilingMoved = (before: Weighing, after: Weighing): string =>
  (after.held && (!before.held || after.held.at <= before.held.at) ? ceilingWords(after.held, after) : ceilingWords(before.held!, before));

/** The ceiling that set in or went, where the score went that way; else what became known or unknown; else what is said now of the measure that moved most in that direction. */
function whysOf(before: Weighing, after: Weighing, { moves, points }: { moves: ReadonlyMap<string, number>; points: number }): string[] {
  if (!isSame(before.card, after.card)) return otherCardWords(before, after);
  const [was, is] = [before.held, after.held];
  if (is && points < 0 && (!was || is.at < was.at)) return [`${ceilingWords(is, after)} now holds the score at ${figure(is.at / 100)}`];
  if (was && points > 0 && (!is || is.at > was.at)) return [`${ceilingWords(was, before)} no longer holds the score at ${figure(was.at / 100)}`];
  const turned = turns(before, after);
  if (turned.length) return sayTurned(turned.filter(({ counts }) => counts).map(({ label }) => label), turned.filter(({ counts }) => !counts).map(({ label }) => label), restOf(before, after, turned));
  const most = after.measures.map(({ measure, reading, quality }) => ({ measure, reading, quality, moved: Math.sign(points || 1) * (moves.get(measure.id) ?? 0) })).sort((a, b) => b.moved - a.moved)[0];
  if (!most || most.moved <= 0 || 'missing' in most.reading) return [];
  // What is still wrong is no reason for points that were won.
  return [points > 0 && most.quality < 1 ? `${lower(most.measure.label)} got better` : most.reading.what()];
}

/** What changed, by measure, ceiling and bounds; together it is what the score changed by. */
function changes(before: Weighing, after: Weighing): Map<string, number> {
  const moved = new Map<string, number>();
  const add = ({ measures, extras, held }: Weighing, sign: 1 | -1) => {
    const count = (id: string, points: number) => moved.set(id, (moved.get(id) ?? 0) + sign * points);
    measures.forEach(({ measure, points }: Weighed) => count(measure.id, points));
    extras.forEach(({ points }) => count(BOUNDS, points));
    if (held) count(CEILING, -held.cut);
  };
  add(before, -1);
  add(after, 1);
  return moved;
}
