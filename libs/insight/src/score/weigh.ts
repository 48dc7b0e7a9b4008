import type { Card, CardMeasure } from '../cards/card.js';
import type { FactSheet } from '../fact-sheet.js';
import { signalOf } from '../signals/all.js';
import type { Missing, Reading } from '../signals/signal.js';
import { type View, viewOf } from '../view.js';
import { apportion } from './apportion.js';
import { qualityOf, rangeOf } from './curve.js';
import { type Extra, type Leaf, shareOut, type Shares } from './share-out.js';
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
export interface WeighedExtra extends Pick<Extra, 'kind' | 'group'> {
  readonly id: string;
  readonly points: number;
}

export interface Weighing {
  readonly card: Card;
  /** Hundredths; null where nothing is known. */
  readonly score: number | null;
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
  return weighView(viewOf(sheet, day), card);
}

/** The same of a view. */
export function weighView(view: View, card: Card): Weighing {
  const { adds } = treeOf(card);
  const readings = card.measures.map((measure) => fresh(signalOf(measure.signal)(view), measure));
  const leaves = card.measures.map((measure, place) => leafOf(valueOf(readings[place]!), measure, adds[place]!));
  const { shares, unheld, quality, held, score, coverage } = figuresOf(card, leaves);
  const limits = apportion(shares.most, Math.round(sumOf(shares.most)));
  const { points, extras } = inHundredths(shares, { score: unheld, limits, adds });
  return {
    card, score, held, extras, coverage,
    measures: card.measures.map((measure, place) => ({ measure, reading: readings[place]!, quality: quality[place]!, points: points[place]!, maxPoints: limits[place]! })),
  };
}

/** What a card makes of its leaves, before the points of each measure are made whole. */
export interface Figures extends Pick<Weighing, 'score' | 'coverage' | 'held'> {
  readonly shares: Shares;
  /** Before a ceiling cuts it. */
  readonly unheld: number;
  readonly quality: readonly number[];
}

export function figuresOf(card: Card, leaves: readonly (Leaf | null)[]): Figures {
  const { adds } = treeOf(card);
  const shares = shareOut(card, leaves, FULL);
  // The only place where a score is rounded.
  const unheld = Math.round(sumOf(shares.points) + shares.extras.reduce((sum, { points }) => sum + points, 0));
  const quality = leaves.map((leaf, place) => (!leaf?.known ? 0 : adds[place] ? placeIn(leaf.quality, card.measures[place]!) : leaf.quality));
  const ceiling = lowest(card.measures, (place) => (leaves[place]?.known && card.measures[place]!.weight > 0 ? quality[place]! : null));
  const held = ceiling && ceiling.score < unheld ? { index: ceiling.place, at: ceiling.score, cut: unheld - ceiling.score } : null;
  return {
    shares, unheld, quality, held, score: shares.quality === null ? null : held?.at ?? unheld,
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

function placeIn(points: number, { curve }: CardMeasure): number {
  const { worst, best } = rangeOf(curve);
  return best > worst ? (points - worst) / (best - worst) : 1;
}

/** Whole hundredths that sum to the score: the rest of the rounding goes to the measures, or where they have no room to what belongs to none. */
function inHundredths({ points, extras }: Shares, { score, limits, adds }: { score: number; limits: readonly number[]; adds: readonly boolean[] }) {
  const starts = extras.map(({ points: exact, kind }) => (kind === 'start' ? Math.round(exact) : null));
  const whole = apportion(
    [...points, ...extras.map((extra) => extra.points)], score,
    [...limits, ...starts.map((start) => start ?? Infinity)], [...adds.map((add) => (add ? -Infinity : 0)), ...starts.map((start) => start ?? -Infinity)]);
  const made = extras.map(({ kind, group }, place) => ({ id: group ? `${kind}:${group.id}` : kind, kind, group, points: whole[points.length + place]! }));
  const rest = score - sumOf(whole);
  return { points: whole.slice(0, points.length), extras: rest ? made.map((extra, place) => (place === 0 ? { ...extra, points: extra.points + rest } : extra)) : made };
}

/** The lowest ceiling that applies, in hundredths, and the first measure that sets it. */
function lowest(measures: readonly CardMeasure[], qualityAt: (place: number) => number | null): { place: number; score: number } | undefined {
  let found: { place: number; score: number } | undefined;
  measures.forEach(({ ceilings = [] }, place) => {
    const quality = ceilings.length > 0 ? qualityAt(place) : null;
    if (quality === null) return;
    for (const { upTo, score } of ceilings) if (quality <= upTo && (!found || score * 100 < found.score)) found = { place, score: Math.round(score * 100) };
  });
  return found;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
