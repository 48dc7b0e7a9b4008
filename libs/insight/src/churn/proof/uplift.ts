import { type Interval, wilson } from './wilson.js';

/** Customers who were to be kept in the same way, and how many of them left. */
export interface Group {
  readonly customers: number;
  readonly left: number;
}

export interface Uplift {
  readonly treatedShare: number;
  readonly heldOutShare: number;
  /** Share of the held out that left, less that of the treated: above 0 it helped. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: 'helps' | 'harms' | 'not shown';
}

/**
 * Whether fewer left where something was done, with a 95 % interval (R. G. Newcombe, 1998, method 10: hybrid score). Compare within a segment,
 * or where all segments hold out the same share. Null where a group is empty.
 */
export function upliftOf(treated: Group, heldOut: Group): Uplift | null {
  if (treated.customers === 0 || heldOut.customers === 0) return null;
  const [treatedShare, heldOutShare] = [treated.left / treated.customers, heldOut.left / heldOut.customers];
  const [low, high] = differenceInterval(heldOut, treated);
  return { treatedShare, heldOutShare, difference: heldOutShare - treatedShare, low, high, verdict: low > 0 ? 'helps' : high < 0 ? 'harms' : 'not shown' };
}

function differenceInterval(one: Group, other: Group): Interval {
  const [p, q] = [one.left / one.customers, other.left / other.customers];
  const [[pLow, pHigh], [qLow, qHigh]] = [wilson(one.left, one.customers), wilson(other.left, other.customers)];
  return [p - q - Math.hypot(p - pLow, qHigh - q), p - q + Math.hypot(pHigh - p, q - qLow)];
}
