import type { Terminable } from '#insight';

/** ARR that customers could end so soon, were they to say so at `asOf`. */
export interface Exposure {
  readonly within: number;
  /** Null: not measured, as all amounts then are; `missing` says what it would take. */
  readonly arr: number | null;
  /** Null also where of no subscription the terms are known. */
  readonly terminable: number | null;
  /** Of `arr`; null where there is none. */
  readonly share: number | null;
  readonly customers: number | null;
  /** ARR whose terms nobody told. */
  readonly unknown: number | null;
  readonly missing: string | null;
}

const TERMS = 'subscription.started with renewsOn or termMonths, and noticeDays';

/** `lacks`: why no ARR is measured; null where it is. */
export function exposureOf(all: readonly (readonly Terminable[])[], within: number, lacks: string | null): Exposure {
  if (lacks !== null) return { within, arr: null, terminable: null, share: null, customers: null, unknown: null, missing: lacks };
  const arr = sumOf(all.flat());
  const unknown = sumOf(all.flat().filter(({ days }) => days === null));
  if (arr > 0 && unknown === arr) return { within, arr, terminable: null, share: null, customers: null, unknown, missing: `of no subscription the terms are known; needs ${TERMS}` };
  const soon = all.map((parts) => parts.filter(({ days }) => days !== null && days <= within));
  const ending = sumOf(soon.flat());
  return {
    within, arr, terminable: ending, share: arr === 0 ? null : Math.round((ending / arr) * 1e6) / 1e6, customers: soon.filter((parts) => parts.length > 0).length, unknown,
    missing: arr === 0 ? `nobody pays anything recurring; needs ${TERMS}` : null,
  };
}

export const sumOf = (parts: readonly { readonly amount: number | null }[]): number => parts.reduce((total, { amount }) => total + (amount ?? 0), 0);
