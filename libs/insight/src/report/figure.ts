import type { EventRef } from '#journey';
import type { RevenuePolicy } from '../revenue/policy.js';
import type { ReportBook } from './book.js';
import { once } from './once.js';

export type FigureUnit = 'money' | 'share' | 'net' | 'count' | 'months' | 'days';

/** Amounts that a figure is made of: what is paid recurring, and what was earned and cost. */
export type MoneyKind = 'recurring' | 'ledger';

/** A figure of one span, and what it stands on. */
export interface Measured {
  readonly value: number | null;
  /** 95 % interval, where the figure has one. */
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** Why there is none, in words, where facts are there and do not tell it. */
  readonly why?: string;
}

/** What one customer adds: of a sum its part; of a share its part of the whole, both of which are added up. */
export interface FigurePart {
  /** Null: facts of the company itself, such as a decision; `name` then says which. */
  readonly customer: string | null;
  readonly name: string | null;
  readonly part: number;
  readonly of: number;
  readonly events: readonly EventRef[];
}

/** A sum, a share or a list of waits that a figure is worked out of; money in minor units. */
export interface FigureInput {
  readonly what: string;
  readonly unit: FigureUnit;
  /** Null: waits, which have no sum. */
  readonly value: number | null;
  readonly parts: readonly FigurePart[];
}

/** The one definition of a figure. */
export interface FigureDefinition {
  readonly id: string;
  readonly label: string;
  readonly unit: FigureUnit;
  readonly better: 'more' | 'less';
  /** How it is worked out, in words. */
  readonly definition: string;
  /** What a policy of revenue changes of it, in words; empty for the usual one. */
  readonly under?: (policy: RevenuePolicy) => string;
  /** What n counts: one, and many. */
  readonly counts: readonly [one: string, many: string];
  /** Which amounts go into it: a customer of whom one is left out for want of a rate is not covered. */
  readonly money?: readonly MoneyKind[];
  /** Types of facts without any of which it is not measured: one of each list. */
  readonly needs: readonly (readonly string[])[];
  /** From so much on a change is told; in the unit of the figure, of money as a share of what it was. */
  readonly step: number;
  readonly measure: (book: ReportBook, span: number) => Measured;
  /** What each customer adds: sums of `part`, or `part` over `of`, come to the value; null where a figure is not a sum over customers. */
  readonly parts: ((book: ReportBook, span: number) => readonly FigurePart[]) | null;
  /** Of a figure that is no sum over customers: what it is worked out of. */
  readonly inputs?: (book: ReportBook, span: number) => readonly FigureInput[];
}

/** A figure as a report tells it. */
export interface ReportFigure extends Omit<Measured, 'why'> {
  readonly id: string;
  readonly label: string;
  readonly unit: FigureUnit;
  readonly better: 'more' | 'less';
  /** Of money. */
  readonly currency: string | null;
  readonly definition: string;
  readonly counts: string;
  readonly coverage: { readonly measured: number; readonly of: number };
  /** Null where it is measured; else "not measured; needs ...", or why facts do not tell it. */
  readonly missing: string | null;
  readonly target: number | null;
  readonly last: number | null;
  readonly lastMissing: string | null;
  /** Whether one can ask which customers and facts made it. */
  readonly opens: boolean;
}

const DECIMALS: Readonly<Record<FigureUnit, number>> = { money: 0, count: 0, share: 6, net: 4, months: 4, days: 4 };

/** Rounded once, to what is declared: money and counts whole, shares to six decimals, all others to four. */
export const roundedFor = (unit: FigureUnit, value: number | null): number | null => (value === null ? null : Math.round(value * 10 ** DECIMALS[unit]) / 10 ** DECIMALS[unit] + 0);

export function missingOf({ needs }: Pick<FigureDefinition, 'needs'>, types: ReadonlySet<string>): string | null {
  const missing = needs.filter((any) => !any.some((type) => types.has(type)));
  return missing.length === 0 ? null : `not measured; needs ${missing.map((any) => any.join(' or ')).join(', and ')}`;
}

/** How it is worked out by the policy of the book. */
export const definedIn = ({ policy }: Pick<ReportBook, 'policy'>, { definition, under }: FigureDefinition): string => [definition, under?.(policy) ?? ''].filter((words) => words !== '').join(' ');

/** The figure of the quarter reported, beside that of the one before and its target. */
export const figureOf = (definition: FigureDefinition, book: ReportBook): ReportFigure => figures(book, definition);

/** Targets are set for the whole company; a segment is held against none. */
const targetOf = ({ segment, company, quarter }: ReportBook, id: string): number | null => (segment !== null ? null : company.targets.findLast(({ figure, period }) => figure === id && period === quarter.name)?.value ?? null);

const figures = once((book, definition: FigureDefinition): ReportFigure => {
  const { id, label, unit, better, counts, needs, money = [], parts, inputs } = definition;
  const told = (at: number) => {
    const missing = missingOf(definition, book.types);
    const { value, low, high, n, why } = missing === null && book.spans[at] ? definition.measure(book, at) : { value: null, low: null, high: null, n: 0, why: undefined };
    const round = (each: number | null) => roundedFor(unit, each);
    return { value: round(value), low: round(low), high: round(high), n, missing: value !== null ? null : missing ?? why ?? `not measured; needs ${needs.flat().join(', ')} in the quarter` };
  };
  const [{ value, low, high, n, missing }, before] = [told(0), told(1)];
  const isLeft = (customer: string) => money.some((kind) => book.left[kind].has(customer));
  const covered = book.accounts.filter(({ customer, types }) => !isLeft(customer) && needs.every((any) => any.some((type) => types.has(type) || type.startsWith('company.')))).length;
  return {
    id, label, unit, better, currency: unit === 'money' ? book.currency : null, definition: definedIn(book, definition), counts: counts[n === 1 ? 0 : 1], value, low, high, n, missing,
    coverage: { measured: covered, of: book.accounts.length }, target: targetOf(book, id),
    last: before.value, lastMissing: before.missing, opens: parts !== null || inputs !== undefined,
  };
});

export const NOT_SPREAD = { low: null, high: null } as const;
