import type { SignalName } from '../signals/all.js';

/**
 * How a value becomes a quality from 0 (poor) to 1 (good); in a group that adds up, points of that group, which may be below 0.
 * `line`: straight between the points (ascending), flat beyond the first and the last.
 * `steps`: what the first step says whose `upTo` is not below the value, where the boundary belongs to the lower step, or is above it, where it belongs to the upper; else `above`.
 * `points`: what is said of exactly this value; else `otherwise`.
 */
export type Curve =
  | { readonly kind: 'line'; readonly points: readonly (readonly [value: number, quality: number])[] }
  | { readonly kind: 'steps'; readonly boundary: 'belongs to the lower step' | 'belongs to the upper step'; readonly steps: readonly { readonly upTo: number; readonly quality: number }[]; readonly above: number }
  | { readonly kind: 'points'; readonly points: readonly (readonly [value: number, quality: number])[]; readonly otherwise: number };

/** While a measure's quality is at most `upTo`, the whole score is at most `score` points; what that takes is a line of its own. A measure of weight 0 holds nothing. */
export interface Ceiling {
  readonly upTo: number;
  readonly score: number;
}

/** What a measure counts as while it is unknown. It stays marked as unknown, and counts for nothing in the coverage, whatever it counts as. */
export type WhenUnknown = 'redistribute' | 'neutral' | 'worst';

export interface CardMeasure {
  readonly id: string;
  readonly group: string;
  readonly signal: SignalName;
  /** Share of what its group brings, in the card's own unit. In a group that adds up it counts for the coverage only. */
  readonly weight: number;
  readonly label: string;
  readonly unit: string;
  readonly curve: Curve;
  /** Data older than this many days counts as unknown; null: it never gets too old. */
  readonly staleAfter: number | null;
  readonly ceilings?: readonly Ceiling[];
  /** Left out: its share goes to what is known. `neutral`: quality 0.5, or 0 points where the group adds up. `worst`: the lowest that its curve knows. */
  readonly whenUnknown?: WhenUnknown;
}

/**
 * How a group becomes one quality. `mean`: weighted. `sum`: `start` plus the points of its members, kept between 0 and `max`, as a share of `max`; a group in it
 * brings its quality times its weight. `worst`: that of its worst member.
 */
export type Combine = { readonly kind: 'mean' } | { readonly kind: 'sum'; readonly start: number; readonly max: number } | { readonly kind: 'worst' };

/** The rules of a group, and of the whole card. */
export interface Rules {
  /** Left out: the mean. */
  readonly combine?: Combine;
  /** It brings at most so many of its 100 points. */
  readonly cap?: number;
  /** It is rounded to whole ones of its 100 points; halves up. */
  readonly whole?: boolean;
}

export interface CardGroup extends Rules {
  readonly id: string;
  readonly label: string;
  /** The group it belongs to; left out: the card itself. */
  readonly parent?: string;
  /** Its share of what the group above brings; left out: the weights of its members that count, or the `max` of its sum. A group of a mean without a weight, cap or rounding of its own is a heading only: its members share the score directly. */
  readonly weight?: number;
}

/** Bands of the score in points: healthy from `healthy` on, watch from `watch` on, below that at-risk. A band is left `margin` points beyond its edge. */
export interface Bands {
  readonly healthy: number;
  readonly watch: number;
  readonly margin: number;
  /** Percent of the weight that must be known, or the band is unknown. */
  readonly leastCoverage: number;
  /** A score on an edge belongs to the upper band, unless it is said to belong to the lower. */
  readonly boundary?: 'belongs to the upper band' | 'belongs to the lower band';
}

/** What the health of who has children is, beside its own. `blend`: so much of its own (0 to 1), the rest the mean of its children. */
export type RollUp = { readonly kind: 'own' } | { readonly kind: 'mean-of-children' } | { readonly kind: 'worst-child' } | { readonly kind: 'blend'; readonly own: number };

/** A scorecard is data: it can be stored, compared and changed without touching code. */
export interface Card extends Rules {
  readonly id: string;
  readonly version: number;
  readonly label?: string;
  readonly bands: Bands;
  /** Bands of one measure by its quality: good from `good` on, fair from `fair` on, else poor. */
  readonly measureBands: { readonly good: number; readonly fair: number };
  /** How people read its score: 0 to `max`, with so many decimals, halves up. Left out: 0 to 100 with two. Points and bands are of 100 all the same. */
  readonly scale?: { readonly max: number; readonly decimals: number };
  /** Left out: own. */
  readonly rollUp?: RollUp;
  readonly groups: readonly CardGroup[];
  readonly measures: readonly CardMeasure[];
}
