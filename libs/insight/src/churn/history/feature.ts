import type { Missing } from '../../signals/signal.js';
import type { View } from '../../view.js';
import type { Horizon } from './horizon.js';

/** Units of which a word is made otherwise than of a number: what is so or not, and how bad a measure of the scorecard is. */
export const YES_NO = '1 yes, 0 no';
export const BADNESS = 'badness, 0 to 1';

/** What a feature reads off a view. */
export interface FeatureReading {
  /** The number that models see. */
  readonly x: number;
  /** Position numbers of the events that set it, ascending. */
  readonly refs: readonly number[];
  /** It as a noun phrase: "usage 40 % below its usual level". */
  readonly what: () => string;
}

/** A number that may tell who leaves. */
export interface Feature {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** What the number is, for people who look at coefficients. */
  readonly unit: string;
  /** The only horizon whose models look at it; every one where left out. */
  readonly of?: Horizon;
  /** The feature with which it is told: both are about one thing. */
  readonly with?: string;
  /** Where it could be otherwise: the number when all is well, and words for that which can stand after "14 %": "had usage stayed at its usual level". */
  readonly well?: { readonly x: number; readonly had: string };
  read(view: View): FeatureReading | Missing;
}

/** Words that may tell who leaves: of a customer none, one or several, each with the fact that says so. */
export interface CategoryFeature {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  read(view: View): readonly { readonly value: string; readonly ref: number }[];
}
