import { stringify } from 'csv-stringify/sync';
import { formulaGuarded } from '#read-model';
import type { Row } from './rows.js';
import type { Column } from './shape.js';

/** Rows as CSV (RFC 4180), without the header. */
export const csvOf = (rows: readonly Row[], columns: readonly Column[]): string => lines(rows.map((row) => columns.map((column) => cell(row, column))));
export const headerOf = (columns: readonly Column[]): string => lines([columns.map(({ name }) => name)]);

const lines = (records: readonly (readonly string[])[]): string => stringify(records as string[][], { record_delimiter: 'windows' });

function cell(row: Row, { path, of }: Column): string {
  const value = path.reduce<unknown>((inside, name) => (typeof inside === 'object' && inside !== null ? (inside as Row)[name] : undefined), row);
  if (value === undefined || value === null) return '';
  if (of === 'group') return formulaGuarded(pairs(value as Row));
  if (of !== undefined) return joined((value as readonly Row[]).map((amount) => amount[of]));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return formulaGuarded(typeof value === 'string' ? value : JSON.stringify(value));
}

/** One amount is a number; several stand beside each other, in the order of their currencies' column. */
const joined = (values: readonly unknown[]): string => (values.length === 1 ? String(values[0]) : formulaGuarded(values.join('; ')));

/** Names and values as in the query of an address; what is null has a name only. */
const pairs = (group: Row): string => Object.entries(group).map(([name, value]) => (value === null ? name : `${name}=${encoded(value)}`)).join('&');

const encoded = (value: unknown): string => String(value).replace(/[%&=\p{Cc}]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
