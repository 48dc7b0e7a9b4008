import type { RowView } from '../row-view.js';
import { Moment } from './moment.js';

/** What an expression gives for a row; undefined is missing. */
export type Value = undefined | null | string | number | boolean | Moment | readonly Value[] | { readonly [field: string]: Value };
export type Evaluate = (row: RowView) => Value;
/** Turns a value that is there into another one; undefined makes it missing. */
export type Step = (value: Exclude<Value, undefined>, row: RowView) => Value;

/** As it goes into an event: times as text, missing fields and items left out. */
export function written(value: Value): unknown {
  if (value instanceof Moment) return value.toText();
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined).map(([field, item]) => [field, written(item)]));
}

/** As text, for comparisons, translations and templates. */
export function textOf(value: Value): string {
  const plain = written(value);
  return typeof plain === 'object' && plain !== null ? JSON.stringify(plain) : String(plain);
}
