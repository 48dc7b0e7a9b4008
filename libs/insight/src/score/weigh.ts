import type { Card, CardMeasure } from '../cards/card.js';
import type { FactSheet } from '../fact-sheet.js';
import { signals } from '../signals/all.js';
import type { Missing, Reading } from '../signals/signal.js';
import { viewOf } from '../view.js';
import { apportion } from './apportion.js';
import { qualityOf } from './curve.js';

/** 100 points are 10,000 hundredths. */
const FULL = 10_000;

export interface Weighed {
  readonly measure: CardMeasure;
  readonly reading: Reading | Missing;
  readonly quality: number;
  readonly points: number;
  readonly maxPoints: number;
}

export interface Weighing {
  /** Hundredths; null where nothing is known. */
  readonly score: number | null;
  /** Percent of the weight that is known, to two decimals. */
  readonly coverage: number;
  readonly measures: readonly Weighed[];
  /** The ceiling that cuts the score, if one does. */
  readonly held: Held | null;
}

/** Which measure (its place on the card) holds the score at how many hundredths, and what that takes away from it. */
export interface Held {
  readonly index: number;
  readonly at: number;
  readonly cut: number;
}

/** The figures of a score, without the words. */
export function weigh(sheet: FactSheet, card: Card, day: number): Weighing {
  const view = viewOf(sheet, day);
  const readings = card.measures.map((measure) => fresh(signals[measure.signal](view), measure));
  const known = card.measures.map((measure, index) => ('missing' in readings[index]! ? 0 : measure.weight));
  const sum = known.reduce((total, weight) => total + weight, 0);
  const all = card.measures.reduce((total, measure) => total + measure.weight, 0);
  const quality = readings.map((reading, index) => ('missing' in reading ? 0 : qualityOf(reading.value, card.measures[index]!.curve)));
  const limits = apportion(known.map((weight) => (sum ? (FULL * weight) / sum : 0)), sum ? FULL : 0);
  const parts = known.map((weight, index) => (sum ? (FULL * weight * quality[index]!) / sum : 0));
  // The only place where a score is rounded.
  const score = Math.round(parts.reduce((total, part) => total + part, 0));
  const points = apportion(parts, score, limits);
  const ceiling = lowest(card.measures.filter((_, index) => known[index]! > 0), (measure) => quality[card.measures.indexOf(measure)]!);
  const held = ceiling && ceiling.score < score ? { index: card.measures.indexOf(ceiling.measure), at: ceiling.score, cut: score - ceiling.score } : null;
  return {
    score: sum ? held?.at ?? score : null, held,
    coverage: all ? Math.round((FULL * sum) / all) / 100 : 0,
    measures: card.measures.map((measure, index) => ({ measure, reading: readings[index]!, quality: quality[index]!, points: points[index]!, maxPoints: limits[index]! })),
  };
}

/** What is too old counts as unknown. */
export function fresh(reading: Reading | Missing, { staleAfter }: CardMeasure): Reading | Missing {
  if ('missing' in reading || staleAfter === null || reading.age <= staleAfter) return reading;
  return { missing: `its newest figure is ${reading.age} days old` };
}

/** The lowest ceiling that applies, in hundredths, and the first measure that sets it. */
function lowest(measures: readonly CardMeasure[], qualityOfMeasure: (measure: CardMeasure) => number) {
  let found: { measure: CardMeasure; score: number } | undefined;
  for (const measure of measures) {
    for (const { upTo, score } of measure.ceilings ?? []) {
      if (qualityOfMeasure(measure) <= upTo && (!found || score * 100 < found.score)) found = { measure, score: Math.round(score * 100) };
    }
  }
  return found;
}
