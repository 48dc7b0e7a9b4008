import type { Position } from '#journey';
import type { Verdict } from '../record-events/verdict.js';
import type { Problem } from '../refusals.js';
import type { NotOpened } from './not-opened.js';

/**
 * What an import says while it runs: every line that was not plainly appended, now and then how far it is, and a summary at the end.
 * A whole import that is refused says only why.
 */
export type ImportLine = RejectedLine | { readonly progress: ImportProgress } | { readonly summary: ImportSummary } | { readonly problem: Problem };

export interface RejectedLine extends Omit<Verdict, 'index'> {
  /** From 1, as editors count. */
  readonly line: number;
}

export interface ImportProgress {
  readonly lines: number;
  /** Of the last event recorded; null before the first. */
  readonly position: Position | null;
}

export interface ImportSummary {
  readonly import: string;
  /** Lines that are not blank. */
  readonly lines: number;
  readonly appended: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly rejected: number;
  /** Only in a dry run: lines that would be appended. `duplicate`, `conflict` and `rejected` count as they would, too. */
  readonly valid?: number;
  /** Customers that the import touched, in all its runs. */
  readonly customers: number;
  /** Appended facts that were known more than 7 days before. */
  readonly historic: number;
  /** Appended facts that ask for something to be done, but are history: so many recoveries and the like they did not open. */
  readonly notOpened: NotOpened;
  readonly position: Position | null;
  readonly seconds: number;
}
