import type { ChurnRows } from '../history/churn-rows.js';
import type { Features } from '../history/features.js';
import type { Horizon } from '../history/horizon.js';
import type { Growing } from '../history/growing.js';
import type { Known } from './known-rows.js';

const { floor, max, min } = Math;
const { isNaN } = Number;

/** One number that a model looks at, made from a feature: its value (`fill` where it is unknown), whether it is unknown, or whether a word applies. */
export type Column =
  | { readonly kind: 'value'; readonly feature: string; readonly fill: number }
  | { readonly kind: 'unknown'; readonly feature: string }
  | { readonly kind: 'word'; readonly feature: string; readonly word: string };

/** "trend", "trend:unknown", "segment=mid-market". */
export const nameOfColumn = (column: Column): string => (column.kind === 'value' ? column.feature : column.kind === 'unknown' ? `${column.feature}:unknown` : `${column.feature}=${column.word}`);

const LEAST_ROWS = 20;
const LEAST_SHARE = 0.01;
const MOST_WORDS = 20;
/** Twenty departures for each thing that is learnt (E. Ogundimu and others, 2016); words, the most common first, get what the numbers leave. */
const DEPARTURES_PER_COLUMN = 20;

/** Which columns these rows can teach a model of a horizon something about: numbers that vary, gaps and words that neither all nor next to none of the rows have. */
export function learnColumns(rows: ChurnRows, { rows: chosen, departures }: Pick<Known, 'rows' | 'departures'>, horizon: Horizon, only?: readonly string[]): Column[] {
  const isSome = (count: number) => count >= max(LEAST_ROWS, LEAST_SHARE * chosen.length) && chosen.length - count >= max(LEAST_ROWS, LEAST_SHARE * chosen.length);
  const numbers = rows.features.numbers.flatMap(({ id, of = horizon }, place): Column[] => {
    if (of !== horizon || !isWanted(id, horizon, only)) return [];
    const column = rows.values[place]!;
    let [known, sum, least, most] = [0, 0, Infinity, -Infinity];
    for (let row = 0; row < chosen.length; row++) {
      const value = column.at(chosen[row]!);
      if (isNaN(value)) continue;
      known += 1;
      sum += value;
      least = min(least, value);
      most = max(most, value);
    }
    return [
      ...(known >= LEAST_ROWS && most > least ? [{ kind: 'value' as const, feature: id, fill: sum / known }] : []),
      ...(isSome(chosen.length - known) ? [{ kind: 'unknown' as const, feature: id }] : []),
    ];
  });
  const apart = withoutTwins(numbers, rows, chosen);
  return [...apart, ...wordsOf(rows, chosen, isSome).filter(({ feature }) => isWanted(feature, horizon, only)).slice(0, max(0, floor(departures / DEPARTURES_PER_COLUMN) - apart.length))];
}

/** A feature of a horizon may be named without its days. */
const isWanted = (id: string, horizon: Horizon, only: readonly string[] | undefined): boolean => only === undefined || only.includes(id) || only.some((name) => `${name}-${horizon}` === id);

/** Of gaps that are the same in all rows one is enough: what is behind them cannot be told apart. */
function withoutTwins(columns: readonly Column[], rows: ChurnRows, chosen: ArrayLike<number>): Column[] {
  const kept: Growing[] = [];
  return columns.filter((column) => {
    if (column.kind !== 'unknown') return true;
    const values = rows.values[rows.features.placeOf(column.feature)]!;
    if (kept.some((other) => haveSameGaps(values, other, chosen))) return false;
    kept.push(values);
    return true;
  });
}

function haveSameGaps(one: Growing, other: Growing, chosen: ArrayLike<number>): boolean {
  for (let row = 0; row < chosen.length; row++) if (isNaN(one.at(chosen[row]!)) !== isNaN(other.at(chosen[row]!))) return false;
  return true;
}

function wordsOf(rows: ChurnRows, chosen: ArrayLike<number>, isSome: (count: number) => boolean): Column[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < chosen.length; row++) for (const word of rows.words[chosen[row]!]!) counts.set(word, (counts.get(word) ?? 0) + 1);
  const perFeature = new Map<string, number>();
  return [...counts].filter(([, count]) => isSome(count)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).flatMap(([word]): Column[] => {
    const at = word.indexOf('=');
    const feature = word.slice(0, at);
    const before = perFeature.get(feature) ?? 0;
    perFeature.set(feature, before + 1);
    return before < MOST_WORDS ? [{ kind: 'word', feature, word: word.slice(at + 1) }] : [];
  });
}

/** What a model sees of one customer. `values` in the order of the features' numbers. */
export function valuesOf(features: Features, columns: readonly Column[], { values, words }: { readonly values: ArrayLike<number>; readonly words: readonly string[] }): Float64Array {
  const known = new Set(words);
  return Float64Array.from(columns, (column) => {
    if (column.kind === 'word') return known.has(`${column.feature}=${column.word}`) ? 1 : 0;
    const value = values[features.placeOf(column.feature)]!;
    return column.kind === 'unknown' ? Number(isNaN(value)) : isNaN(value) ? column.fill : value;
  });
}

/** The same of many rows, column by column. */
export function columnsOf(columns: readonly Column[], rows: ChurnRows, chosen: ArrayLike<number>): Float64Array[] {
  return columns.map((column) => {
    const made = new Float64Array(chosen.length);
    if (column.kind === 'word') {
      const word = `${column.feature}=${column.word}`;
      for (let row = 0; row < chosen.length; row++) made[row] = rows.words[chosen[row]!]!.includes(word) ? 1 : 0;
      return made;
    }
    const values = rows.values[rows.features.placeOf(column.feature)]!;
    for (let row = 0; row < chosen.length; row++) {
      const value = values.at(chosen[row]!);
      made[row] = column.kind === 'unknown' ? Number(isNaN(value)) : isNaN(value) ? column.fill : value;
    }
    return made;
  });
}
