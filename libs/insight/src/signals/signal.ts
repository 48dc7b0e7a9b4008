import type { View } from '../view.js';

/** What a signal reads off a view. */
export interface Reading {
  readonly value: number;
  /** Position numbers of the events that set the value, ascending, at most the 25 latest. */
  readonly refs: readonly number[];
  /** Days since the newest event or figure that counted. */
  readonly age: number;
  /** The day since when it is so, where there is one. It does not depend on the day asked for while it stays so. */
  readonly since?: number;
  /** In place of `since` where the card says what is bad: the first day of the unbroken run of bad values up to today. */
  readonly sinceWhile?: (isBad: (value: number) => boolean) => number | undefined;
  /** The value as a noun phrase that can stand before "cost 3 points": "3 tickets reopened in 30 days (usual: 0)". */
  readonly what: () => string;
}

/** Why a signal cannot be read, as words that can stand after "because". */
export interface Missing {
  readonly missing: string;
}

export type Signal = (view: View) => Reading | Missing;

export function refs(...positions: (number | undefined)[]): number[] {
  const known: number[] = [];
  let isAscending = true;
  for (const n of positions) {
    if (n === undefined) continue;
    if (known.length > 0 && n <= known[known.length - 1]!) isAscending = false;
    known.push(n);
  }
  // Most come in order, and every signal of every day asks.
  return (isAscending ? known : [...new Set(known)].sort((a, b) => a - b)).slice(-25);
}

/** Whether a day is one of the `length` days that end with `today`. */
export function within(day: number, today: number, length: number): boolean {
  return day <= today && day > today - length;
}

/** Days since the newest fact of a family, with its event; nothing where there is none. */
export function newestOf({ sheet, day }: View, ...families: string[]): { age: number; ref: number; day: number } | null {
  const known = families.map((family) => sheet.touch.newest[family]).filter((register) => register !== undefined);
  known.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  return known[0] ? { age: Math.max(0, day - known[0][2]), ref: known[0][1], day: known[0][2] } : null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
