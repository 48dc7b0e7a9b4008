import { type BudgetCut, cutParts, type Terminable } from '#insight';

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
  readonly budgetCuts: BudgetCuts;
}

/** Customers who said within a year before `asOf` that their budget is cut, and have not taken it back: ARR that the cut is about, and what of it can be ended so soon. */
export interface BudgetCuts {
  readonly customers: number | null;
  readonly arr: number | null;
  readonly terminable: number | null;
  readonly missing: string | null;
}

/** What one customer could end. `told`: whether it ever said anything of its budget by then. */
export interface Exposed {
  readonly customer: string;
  readonly parts: readonly Terminable[];
  readonly cuts: readonly BudgetCut[];
  readonly told: boolean;
}

const TERMS = 'subscription.started with renewsOn or termMonths, and noticeDays';
/** A cut that was told of longer ago has happened. */
export const CUT_DAYS = 365;

/** `lacks`: why no ARR is measured; null where it is. */
export function exposureOf(all: readonly Exposed[], within: number, lacks: string | null): Exposure {
  const budgetCuts = budgetCutsIn(all, within, lacks);
  if (lacks !== null) return { within, arr: null, terminable: null, share: null, customers: null, unknown: null, missing: lacks, budgetCuts };
  const parts = all.flatMap((each) => each.parts);
  const [arr, unknown] = [sumOf(parts), sumOf(parts.filter(({ days }) => days === null))];
  if (arr > 0 && unknown === arr) return { within, arr, terminable: null, share: null, customers: null, unknown, missing: `of no subscription the terms are known; needs ${TERMS}`, budgetCuts };
  const soon = all.map((each) => soonIn(each.parts, within));
  const ending = sumOf(soon.flat());
  return {
    within, arr, terminable: ending, share: arr === 0 ? null : Math.round((ending / arr) * 1e6) / 1e6, customers: soon.filter((each) => each.length > 0).length, unknown,
    missing: arr === 0 ? `nobody pays anything recurring; needs ${TERMS}` : null, budgetCuts,
  };
}

function budgetCutsIn(all: readonly Exposed[], within: number, lacks: string | null): BudgetCuts {
  const missing = lacks ?? (all.some(({ told }) => told) ? null : 'nobody said anything of a budget; needs budget.changed');
  if (missing !== null) return { customers: null, arr: null, terminable: null, missing };
  const cut = all.filter(({ cuts }) => cuts.length > 0).map(({ parts, cuts }) => cutParts(parts, cuts));
  return { customers: cut.length, arr: sumOf(cut.flat()), terminable: sumOf(soonIn(cut.flat(), within)), missing: null };
}

export const soonIn = (parts: readonly Terminable[], within: number): Terminable[] => parts.filter(({ days }) => days !== null && days <= within);
export const sumOf = (parts: readonly { readonly amount: number | null }[]): number => parts.reduce((total, { amount }) => total + (amount ?? 0), 0);
