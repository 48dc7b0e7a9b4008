import { dayOfDate, type DayOf } from '../day.js';

/** An event as the families read it: when (ms), position number, day, family and what happened, and its data. */
export interface Fact {
  readonly at: number;
  readonly n: number;
  readonly day: number;
  readonly family: string;
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly dayOf: DayOf;
  /** Told of a customer that is merged into this one. */
  readonly absorbed: boolean;
}

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

export const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

export function money(value: unknown): Money | undefined {
  const { amount, currency } = (value ?? {}) as Partial<Money>;
  return typeof amount === 'number' && typeof currency === 'string' ? { amount, currency } : undefined;
}

/** The day that a date or an instant in the data names; nothing where it names none. */
export function dayIn(value: unknown, dayOf: DayOf): number | undefined {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return undefined;
  return value.length === 10 ? dayOfDate(value) : dayOf(value);
}
