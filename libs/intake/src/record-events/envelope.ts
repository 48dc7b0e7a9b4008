import { eventIdPattern, type Links } from '#journey';
import type { Ref } from '../identity/customer-ref.js';
import { Problem } from '../refusals.js';

/** What both forms say, in one shape; times and customer still as sent. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly customer: Ref;
  readonly data: Record<string, unknown>;
  readonly time?: string;
  readonly version?: number;
  readonly observedAt?: string;
  /** Events of one group, in one request or one after the other in an import, are refused together. No part of the fact. */
  readonly group?: string;
  /** What it belongs together with, where the item says so. No part of its body. */
  readonly links?: Links;
  /** Where the form keeps what the two forms name differently. */
  readonly pointers: EnvelopePointers;
}

export interface EnvelopePointers {
  readonly customer: string;
  readonly version: string;
  readonly observedAt: string;
}

/** The source of facts that the way in writes itself. */
export const OWN_SOURCE = 'touchline:intake';
const RESERVED = /^touchline:/i;
const NAME = new RegExp(eventIdPattern, 'u');

/** A text field that must be there: 1 to 200 characters without spaces and "@", as events are named in `record` facts. */
export function readName(item: Record<string, unknown>, field: string): string | Problem {
  const value = Object.hasOwn(item, field) ? item[field] : undefined;
  if (value === undefined) return new Problem('field-missing', `/${field}`, `\`${field}\` is missing.`);
  if (typeof value !== 'string' || value.length > 200 || !NAME.test(value)) {
    return new Problem('field-invalid', `/${field}`, `\`${field}\` must be a text of 1 to 200 characters, without spaces and "@".`);
  }
  if (field === 'source' && RESERVED.test(value)) return new Problem('reserved-source', '/source', `\`${value.slice(0, 40)}\` is kept for our own facts.`);
  return value;
}

/** A text field that may be left out. */
export function readOptionalText(item: Record<string, unknown>, field: string): string | undefined | Problem {
  const value = Object.hasOwn(item, field) ? item[field] : undefined;
  return value === undefined || typeof value === 'string' ? value : new Problem('field-invalid', `/${field}`, `\`${field}\` must be a text.`);
}

export function readVersion(item: Record<string, unknown>, field: string): number | undefined | Problem {
  const value = Object.hasOwn(item, field) ? item[field] : undefined;
  if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 32_767)) return value;
  return new Problem('field-invalid', `/${field}`, `\`${field}\` must be a whole number from 1, the version of the type's data.`);
}

export function readData(item: Record<string, unknown>): Record<string, unknown> | Problem {
  const value = Object.hasOwn(item, 'data') ? item.data : undefined;
  if (value === undefined) return new Problem('field-missing', '/data', '`data` is missing.');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return new Problem('field-invalid', '/data', '`data` must be an object.');
}

/** The values in the order of the readers; when some refuse, the problem of the first with all that is wrong. */
export function readAll<Values extends readonly unknown[]>(...values: { [Index in keyof Values]: Values[Index] | Problem }): Values | Problem {
  const problems = values.filter((value) => value instanceof Problem) as Problem[];
  const [first] = problems;
  if (!first) return values as unknown as Values;
  return new Problem(first.code, first.pointer, first.detail, problems.flatMap(({ pointer, detail, errors }) => errors ?? [{ pointer, detail }]));
}
