import type { SignalName } from '../signals/all.js';

/**
 * How a value becomes a quality from 0 (poor) to 1 (good).
 * `line`: straight between the points (ascending), flat beyond the first and the last.
 * `steps`: the quality of the first step whose `upTo` is not below the value (the boundary belongs to the lower step), else `above`.
 */
export type Curve =
  | { readonly kind: 'line'; readonly points: readonly (readonly [value: number, quality: number])[] }
  | { readonly kind: 'steps'; readonly boundary: 'belongs to the lower step'; readonly steps: readonly { readonly upTo: number; readonly quality: number }[]; readonly above: number };

/** While a measure's quality is at most `upTo`, the whole score is at most `score` points; the measure bears what that takes. */
export interface Ceiling {
  readonly upTo: number;
  readonly score: number;
}

export interface CardMeasure {
  readonly id: string;
  readonly group: string;
  readonly signal: SignalName;
  /** Share of the score, in the card's own unit; what is unknown leaves its share to the known ones. */
  readonly weight: number;
  readonly label: string;
  readonly unit: string;
  readonly curve: Curve;
  /** Data older than this many days counts as unknown; null: it never gets too old. */
  readonly staleAfter: number | null;
  readonly ceilings?: readonly Ceiling[];
}

/** A scorecard is data: it can be stored, compared and changed without touching code. */
export interface Card {
  readonly id: string;
  readonly version: number;
  /** Bands of the score in points: healthy from `healthy` on, watch from `watch` on, below that at-risk. A band is left `margin` points beyond its edge. */
  readonly bands: { readonly healthy: number; readonly watch: number; readonly margin: number; readonly leastCoverage: number };
  /** Bands of one measure by its quality: good from `good` on, fair from `fair` on, else poor. */
  readonly measureBands: { readonly good: number; readonly fair: number };
  readonly groups: readonly { readonly id: string; readonly label: string }[];
  readonly measures: readonly CardMeasure[];
}
