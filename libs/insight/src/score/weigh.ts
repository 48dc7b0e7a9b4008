import type { Card, CardMeasure } from '../cards/card.js';
import type { FactSheet } from '../fact-sheet.js';
import { signalOf } from '../signals/all.js';
import type { Missing, Reading } from '../signals/signal.js';
import { viewOf } from '../view.js';
import { qualityOf, rangeOf } from './curve.js';
import { inHundredths, total } from './in-hundredths.js';
import { type Extra, shareOut } from './share-out.js';
import type { Leaf } from './sum-up.js';
import { treeOf } from './tree.js';

/** 100 points are 10,000 hundredths. */
const FULL = 10_000;

export interface Weighed {
  readonly measure: CardMeasure;
  readonly reading: Reading | Missing;
  /** 0 to 1, also where the curve says points: then its place between the lowest and the highest that it knows. 0 while unknown. */
  readonly quality: number;
  readonly points: number;
  readonly maxPoints: number;
}

/** Points that belong to no measure, in hundredths. */
export interface WeighedExtra extends Extra {
  readonly id: string;
}

export interface Weighing {
  readonly card: Card;
  /** Hundredths; null where nothing is known. */
  readonly score: number | null;
  /** The same before it was rounded, for a card that shows it on another scale. */
  readonly exact: number | null;
  /** Percent of the weight that is known, to two decimals. */
  readonly coverage: number;
  readonly measures: readonly Weighed[];
  /** Where a sum starts, and what bounds, caps and rounding of groups change. With the measures, and less the ceiling's cut, they sum to the score. */
  readonly extras: readonly WeighedExtra[];
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
  return weighReadings(card.measures.map((measure) => fresh(signalOf(measure.signal)(view), measure)), card);
}

/** The same of what each measure of the card reads. */
export function weighReadings(readings: readonly (Reading | Missing)[], card: Card): Weighing {
  const { adds } = treeOf(card);
  const leaves = card.measures.map((measure, at) => leafOf(readings[at]!, measure, adds[at]!));
  const shares = shareOut(card, leaves, FULL);
  // The only place where a score is rounded.
  const exact = total(shares.points) + total(shares.extras.map(({ points }) => points));
  const score = Math.round(exact) + 0;
  const { points, most, extras } = inHundredths(shares, score, adds);
  const measures = card.measures.map((measure, at): Weighed => {
    const quality = 'missing' in readings[at]! ? 0 : adds[at] ? placeIn(leaves[at]!.quality, measure) : leaves[at]!.quality;
    return { measure, reading: readings[at]!, quality, points: points[at]!, maxPoints: most[at]! };
  });
  const ceiling = lowestCeiling(measures);
  const held = ceiling && ceiling.at < score ? { ...ceiling, cut: score - ceiling.at } : null;
  return {
    card, measures, held, score: shares.quality === null ? null : held?.at ?? score, exact: shares.quality === null ? null : held?.at ?? exact,
    coverage: shares.all ? Math.round((FULL * shares.known) / shares.all) / 100 : 0,
    extras: extras.map((extra) => ({ ...extra, id: extra.group ? `${extra.kind}:${extra.group.id}` : extra.kind })),
  };
}

/** What is too old counts as unknown. */
export function fresh(reading: Reading | Missing, { staleAfter }: CardMeasure): Reading | Missing {
  if ('missing' in reading || staleAfter === null || reading.age <= staleAfter) return reading;
  return { missing: `its newest figure is ${reading.age} days old` };
}

function leafOf(reading: Reading | Missing, { curve, whenUnknown = 'redistribute' }: CardMeasure, adds: boolean): Leaf | null {
  if (!('missing' in reading)) return { quality: qualityOf(reading.value, curve), known: true };
  if (whenUnknown === 'redistribute') return null;
  return { quality: whenUnknown === 'worst' ? rangeOf(curve).worst : adds ? 0 : 0.5, known: false };
}

function placeIn(points: number, { curve }: CardMeasure): number {
  const { worst, best } = rangeOf(curve);
  return best > worst ? (points - worst) / (best - worst) : 1;
}

/** The lowest ceiling that applies, in hundredths, and the place of the first measure that sets it. */
function lowestCeiling(measures: readonly Weighed[]): { index: number; at: number } | undefined {
  let found: { index: number; at: number } | undefined;
  measures.forEach(({ measure: { ceilings = [], weight }, reading, quality }, index) => {
    if ('missing' in reading || weight <= 0) return;
    for (const { upTo, score } of ceilings) if (quality <= upTo && (!found || score * 100 < found.at)) found = { index, at: Math.round(score * 100) };
  });
  return found;
}
