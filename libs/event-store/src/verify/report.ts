/** One thing that does not hold in the log, its ids or its streams, or in the directory of aliases. `tenant` is null where it concerns nobody's data. */
export interface Flaw {
  readonly check: 'ids' | 'keys' | 'streams' | 'parked' | 'checkpoints' | 'aliases';
  readonly tenant: string | null;
  readonly says: string;
}

/** The directory of aliases against the log, so far. */
export interface DirectoryFound {
  readonly aliases: number;
  /** Known at the end. */
  readonly flaws: readonly Flaw[];
}

/** A row that is not what the log says. */
export interface RowDifference {
  readonly projection: string;
  readonly generation: number;
  readonly table: string;
  readonly tenant: string;
  /** Null in a table that speaks of no customer. */
  readonly customer: string | null;
  /** What identifies the row besides tenant and customer. */
  readonly row: Readonly<Record<string, unknown>>;
  /** Columns that differ; empty when the row is missing on one side. */
  readonly columns: readonly string[];
  /** Of the columns that differ; null when there is no such row. */
  readonly stored: Readonly<Record<string, unknown>> | null;
  readonly folded: Readonly<Record<string, unknown>> | null;
  /** Why the fold from the log could not be done, though the customer is not held; null when it could. */
  readonly failure: string | null;
}

/** One generation of one projection against the log. */
export interface Verified {
  readonly projection: string;
  readonly generation: number;
  readonly live: boolean;
  /** Customers who were looked at; the other figures are parts of it. */
  readonly customers: number;
  readonly different: number;
  /** Held back by a bad fact; their rows were held against the fold of what came before it. */
  readonly held: number;
  /** Rows that say themselves that they wait to be computed anew, and still did at the end. They are not judged. */
  readonly waiting: number;
}

export interface VerifyReport {
  readonly equal: boolean;
  readonly seconds: number;
  readonly log: { readonly events: number; readonly ids: number; readonly streams: number; readonly flaws: number };
  readonly directory: { readonly aliases: number; readonly flaws: number };
  readonly projections: readonly Verified[];
  /** The first twenty of each. */
  readonly flaws: readonly Flaw[];
  readonly differences: readonly RowDifference[];
}

/** What is said on the way: how far it is, and the report as the last line. */
export type VerifyLine = { readonly progress: { readonly of: string; readonly done: number } } | { readonly report: VerifyReport };

export const SHOWN = 20;
