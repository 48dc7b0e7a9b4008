import type { Card, CardMeasure } from '../cards/card.js';
import type { FactSheet } from '../fact-sheet.js';
import { signalOf } from '../signals/all.js';
import type { Missing, Reading } from '../signals/signal.js';
import { viewOf } from '../view.js';
import { qualityOf, rangeOf } from './curve.js';
import { inHundredths, total } from './in-hundredths.js';
import { type Extra, shareOut, type Shares } from './share-out.js';
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
  const leaves = card.measures.map((measure, at) => leafOf(valueOf(readings[at]!), measure, adds[at]!));
  const { shares, unheld, qualities, held, score, exact, coverage } = figuresOf(card, leaves);
  const { points, most, extras } = inHundredths(shares, unheld, adds);
  return {
    card, held, score, exact, coverage,
    measures: card.measures.map((measure, at): Weighed => ({ measure, reading: readings[at]!, quality: qualities[at]!, points: points[at]!, maxPoints: most[at]! })),
    extras: extras.map((extra) => ({ ...extra, id: extra.group ? `${extra.kind}:${extra.group.id}` : extra.kind })),
  };
}

/** What a card makes of what is known of its measures, before the points of each are made whole. */
export interface Figures extends Pick<Weighing, 'score' | 'exact' | 'coverage' | 'held'> {
  readonly shares: Shares;
  /** The score before a ceiling cuts it. */
  readonly unheld: number;
  readonly qualities: readonly number[];
}

export function figuresOf(card: Card, leaves: readonly (Leaf | null)[]): Figures {
  const { adds } = treeOf(card);
  const shares = shareOut(card, leaves, FULL);
  // Where bounds, cap or rounding hold a group, lines may be far larger than the score that is left of them: it is taken from the quality, not from their sum.
  const isHeld = shares.extras.some(({ kind }) => kind === 'limit');
  const full = isHeld ? FULL * shares.quality! : total(shares.points) + total(shares.extras.map(({ points }) => points));
  // The only place where a score is rounded.
  const unheld = Math.round(full) + 0;
  const qualities = leaves.map((leaf, at) => (!leaf?.known ? 0 : adds[at] ? placeIn(leaf.quality, card.measures[at]!) : leaf.quality));
  const ceiling = lowestCeiling(card.measures, leaves, qualities);
  const held = ceiling && ceiling.at < unheld ? { ...ceiling, cut: unheld - ceiling.at } : null;
  return {
    shares, unheld, qualities, held, score: shares.quality === null ? null : held?.at ?? unheld, exact: shares.quality === null ? null : held?.at ?? full,
    coverage: shares.all ? Math.round((FULL * shares.known) / shares.all) / 100 : 0,
  };
}

/** The value of a reading; null where it is missing. */
const valueOf = (reading: Reading | Missing): number | null => ('missing' in reading ? null : reading.value);

/** What is too old counts as unknown. */
export function fresh(reading: Reading | Missing, { staleAfter }: CardMeasure): Reading | Missing {
  if ('missing' in reading || staleAfter === null || reading.age <= staleAfter) return reading;
  return { missing: `its newest figure is ${reading.age} days old` };
}

/** `value`: null while it is unknown. */
export function leafOf(value: number | null, { curve, whenUnknown = 'redistribute' }: CardMeasure, adds: boolean): Leaf | null {
  if (value !== null) return { quality: qualityOf(value, curve), known: true };
  if (whenUnknown === 'redistribute') return null;
  return { quality: whenUnknown === 'worst' ? rangeOf(curve).worst : adds ? 0 : 0.5, known: false };
}

/** Of points: their place between the lowest and the highest that the curve knows, 0 to 1. */
export function placeIn(points: number, { curve }: CardMeasure): number {
  const { worst, best } = rangeOf(curve);
  return best > worst ? (points - worst) / (best - worst) : 1;
}

/** The lowest ceiling that applies, in hundredths, and the place of the first measure that sets it. */
function lowestCeiling(measures: readonly CardMeasure[], leaves: readonly (Leaf | null)[], qualities: readonly number[]): { index: number; at: number } | undefined {
  let found: { index: number; at: number } | undefined;
  measures.forEach(({ ceilings = [], weight }, index) => {
    if (!leaves[index]?.known || weight <= 0) return;
    for (const { upTo, score } of ceilings) if (qualities[index]! <= upTo && (!found || score * 100 < found.at)) found = { index, at: Math.round(score * 100) };
  });
  return found;
}
