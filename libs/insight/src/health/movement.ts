import { parsePosition, type JourneyEvent } from '#journey';
import type { Card } from '../cards/card.js';
import type { DayOf } from '../day.js';
import { addFact, type FactSheet } from '../fact-sheet.js';
import { CEILING, type Hundredths } from '../score/score-health.js';
import { isEnough } from '../score/band.js';
import { type Held, weigh, type Weighing } from '../score/weigh.js';
import { figure, lower } from '../words.js';
import { sayEvent, sayTime, sayTurned } from './say-difference.js';

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

/** Follows a sheet from a day on and notes what moves its score. `today` is the day from which the sentences are told. */
export function movementOf(sheet: FactSheet, card: Card, { day: start, today, dayOf }: { day: number; today: number; dayOf: DayOf }) {
  const places = [...card.measures, { id: CEILING, label: 'the ceiling on the score' }];
  const time = places.map(() => 0);
  const turned = places.map((): 'counts' | 'uncounted' | null => null);
  const ceilings = new Set<string>();
  const lines: EventLine[] = [];
  const first = weigh(sheet, card, start);
  let [day, now, events] = [start, first, 0];
  const pass = (next: number): Weighing => {
    if (next === day) return now;
    const later = weigh(sheet, card, (day = next));
    changes(now, later).forEach((points, index) => (time[index]! += points));
    if (now.held?.cut !== later.held?.cut) ceilings.add(ceilingWords((later.held ?? now.held)!, later));
    for (const { index, counts } of turns(now, later)) turned[index] = counts ? 'counts' : 'uncounted';
    return (now = later);
  };
  const add = (event: JourneyEvent): void => {
    pass(dayOf(event.occurredAt));
    const after = weigh(addFact(sheet, event, dayOf), card, day);
    const moves = changes(now, after);
    const measures = moves.map((points, index) => ({ id: places[index]!.id, points })).filter(({ points }) => points !== 0);
    const points = measures.reduce((sum, move) => sum + move.points, 0);
    const { type, occurredAt } = event;
    if (measures.length) lines.push({ kind: 'event', n: parsePosition(event.position).n, type, occurredAt, points, measures, say: sayEvent(type, points, { day, today, whys: whysOf(now, after, { moves, points }) }) });
    now = after;
    events++;
  };
  const difference = (): HealthDifference => ({
    from: first.score, to: now.score, without: events - lines.length, enough: { from: isEnough(first, card), to: isEnough(now, card) },
    lines: [...lines, ...places.flatMap(({ id, label }, index): TimeLine[] => {
      const points = time[index]!;
      return points ? [{ kind: 'time', measure: id, points, say: sayTime(id === CEILING && ceilings.size === 1 ? [...ceilings][0]! : label, points, turned[index]!) }] : [];
    })],
  });
  return { pass, add, difference };
}

const isKnown = ({ reading }: Weighing['measures'][number]): boolean => !('missing' in reading);

/** Measures that became known or unknown. */
function turns(before: Weighing, after: Weighing): { index: number; label: string; counts: boolean }[] {
  return after.measures.flatMap((one, index) => (isKnown(one) === isKnown(before.measures[index]!) ? [] : [{ index, label: one.measure.label, counts: isKnown(one) }]));
}

/** "the ceiling of reopened tickets" */
const ceilingWords = ({ index }: Held, { measures }: Weighing): string => `the ceiling of ${lower(measures[index]!.measure.label)}`;

/** The ceiling that set in or went, where the score went that way; else what became known or unknown; else what is said now of the measure that moved most in that direction. */
function whysOf(before: Weighing, after: Weighing, { moves, points }: { moves: readonly number[]; points: number }): string[] {
  const [was, is] = [before.held, after.held];
  if (is && points < 0 && (!was || is.at < was.at)) return [`${ceilingWords(is, after)} now holds the score at ${figure(is.at / 100)}`];
  if (was && points > 0 && (!is || is.at > was.at)) return [`${ceilingWords(was, before)} no longer holds the score at ${figure(was.at / 100)}`];
  const turned = turns(before, after);
  if (turned.length) return sayTurned(turned.filter(({ counts }) => counts).map(({ label }) => label), turned.filter(({ counts }) => !counts).map(({ label }) => label));
  const most = after.measures.map(({ measure, reading, quality }, index) => ({ measure, reading, quality, moved: Math.sign(points || 1) * moves[index]! })).sort((a, b) => b.moved - a.moved)[0];
  if (!most || most.moved <= 0 || 'missing' in most.reading) return [];
  // What is still wrong is no reason for points that were won.
  return [points > 0 && most.quality < 1 ? `${lower(most.measure.label)} got better` : most.reading.what()];
}

function changes(before: Weighing, after: Weighing): number[] {
  return [...after.measures.map(({ points }, index) => points - before.measures[index]!.points), (before.held?.cut ?? 0) - (after.held?.cut ?? 0)];
}
