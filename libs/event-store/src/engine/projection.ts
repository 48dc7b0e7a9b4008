import type { JourneyEvent } from '#journey';
import type { Sql } from '../postgres/database.js';

/** What a projection may touch while it works off one batch: rows and checkpoint commit together. */
export interface Work {
  readonly sql: Sql;
  readonly generation: number;
  /** The partitions this worker holds; rows of others are somebody else's. */
  readonly partitions: readonly number[];
  /** The number of the log position that the rows will stand at after this work. */
  readonly upTo: number;
}

/** A read model in the making: tables of its own per generation, filled from the log alone, disposable at any time. */
export interface Projection {
  readonly name: string;
  readonly categories: readonly string[];
  /** DDL for the tables of one generation, in schema `touchline_read`. */
  createTables(generation: number): string;
  dropTables(generation: number): string;
  /** Folds events, in log order, into rows. */
  apply(work: Work, events: readonly JourneyEvent[]): Promise<void>;
  /** Called when the log's end is reached, until it returns false: work that is done once and not per batch. */
  settle?(work: Work): Promise<boolean>;
}

export const PARTITIONS = 8;

/** Which partition a customer's rows belong to: FNV-1a over tenant and customer. */
export function partitionOf(tenant: string, customer: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${tenant}/${customer}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return (hash >>> 0) % PARTITIONS;
}
