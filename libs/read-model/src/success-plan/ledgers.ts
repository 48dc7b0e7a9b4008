import type { Objective, Outcome, Plan } from './plan-of.js';

/** How one side's objectives stand. */
export interface Ledger {
  readonly objectives: number;
  readonly open: number;
  /** Open, and their day is past. */
  readonly overdue: number;
  readonly missed: number;
  /** Attained, as facts or a confirmed outcome show. */
  readonly attained: number;
  /** Attained, as we say, and nothing shows it. */
  readonly declared: number;
}

/** What we say that the customer gained, and what the customer says of it. */
export interface Claims { readonly claimed: number; readonly confirmed: number; readonly disputed: number }

export interface Ledgers { readonly theirs: Ledger; readonly ours: Ledger; readonly outcomes: Claims }

/** The two ledgers of a plan, side by side, and its claims, as of a day (YYYY-MM-DD). */
export function ledgersOf({ objectives, outcomes }: Plan, today: string): Ledgers {
  return {
    theirs: ledgerOf(objectives.filter(({ whose }) => whose === 'customer'), today), ours: ledgerOf(objectives.filter(({ whose }) => whose === 'ours'), today),
    outcomes: claimsOf([...objectives.flatMap((objective) => objective.outcomes), ...outcomes]),
  };
}

const isOverdue = ({ state, dueOn }: Pick<Objective, 'state' | 'dueOn'>, today: string): boolean => state === 'open' && dueOn !== null && dueOn < today;

function ledgerOf(objectives: readonly Objective[], today: string): Ledger {
  const count = (counts: (objective: Objective) => boolean) => objectives.filter(counts).length;
  return {
    objectives: objectives.length, open: count(({ state }) => state === 'open'), overdue: count((objective) => isOverdue(objective, today)), missed: count(({ state }) => state === 'missed'),
    attained: count(({ proof }) => proof === 'evidence'), declared: count(({ proof }) => proof === 'declared'),
  };
}

function claimsOf(outcomes: readonly Outcome[]): Claims {
  const count = (wanted: Outcome['state']) => outcomes.filter(({ state }) => state === wanted).length;
  return { claimed: count('claimed'), confirmed: count('confirmed'), disputed: count('disputed') };
}
