import type { Reading } from './signal.js';

type SinceWhile = NonNullable<Reading['sinceWhile']>;

/** Longest look back in days: entries of passing families are kept for two years, and many a value looks at one of them. */
const REACH = 365;

/** The first day of the unbroken stretch up to `day` that spans cover. Spans are days, both included; an endless one ends at Infinity. */
export function unbrokenSince(spans: readonly (readonly [from: number, to: number])[], day: number): number | undefined {
  const sorted = spans.filter(([from, to]) => from <= day && from <= to).sort((a, b) => b[1] - a[1]);
  let since: number | undefined;
  for (const [from, to] of sorted) {
    if (to < (since ?? day + 1) - 1) break;
    since = Math.min(since ?? from, from);
  }
  return since !== undefined && sorted.some(([, to]) => to >= day) ? since : undefined;
}

/** The first day of the run of bad days up to `day`. Nothing where it is longer than we look back. `valueOn`: null where there was none. */
export function sinceDay(day: number, valueOn: (day: number) => number | null): SinceWhile {
  return (isBad) => {
    for (let at = day; at > day - REACH; at--) {
      const value = valueOn(at);
      if (value === null || !isBad(value)) return at === day ? undefined : at + 1;
    }
    return undefined;
  };
}

/** A value as it was when a week's reports had come in. `to`: the last day that they cover. */
export interface WeekValue {
  readonly to: number;
  readonly value: number | null;
}

/** The first of the unbroken run of bad weeks up to the last one. Weeks are in order; `isWhole`: there were none before them. */
export function sinceWeek(weeks: readonly WeekValue[], isWhole: boolean): SinceWhile {
  return (isBad) => {
    const good = weeks.findLastIndex(({ value }) => value === null || !isBad(value));
    return good >= 0 || isWhole ? weeks[good + 1]?.to : undefined;
  };
}
