import type { JourneyEvent } from '#journey';
import type { Sql } from '../postgres/database.js';

/** Whose rows: customers are parked, refolded and compared one by one. */
export interface CustomerKey {
  readonly tenant: string;
  readonly customer: string;
}

/** The key as one text. Partitions are made from it, so it never changes. */
export const keyText = ({ tenant, customer }: CustomerKey): string => `${tenant}/${customer}`;

/** What a projection may touch while it works off one batch: rows and checkpoint commit together. */
export interface Work {
  readonly sql: Sql;
  readonly generation: number;
  /** The partitions this worker holds; rows of others are somebody else's. */
  readonly partitions: readonly number[];
  /** The number of the log position that the rows will stand at after this work. */
  readonly upTo: number;
  /** True while the log goes on behind this batch: what `settle` will do once need not be done now. */
  readonly catchingUp: boolean;
  /** True for a customer that waits for a fact to be mended: nothing of it may be touched. */
  isHeld(key: CustomerKey): boolean;
  /** To be awaited between the computations of one customer and the next: lets the heartbeat out, and keeps the server from taking us for a worker that stands still. */
  breathe(): Promise<void>;
  /** Parks a customer from a position on: that fact and all later ones wait. Failures of the database are never a fact's fault: throw those on. */
  hold(key: CustomerKey, position: number, error: unknown): Promise<void>;
}

/** A table of a projection, so that two generations can be compared. */
export interface ComparedTable {
  readonly name: (generation: number) => string;
  /** Columns that identify a row; `tenant` and `customer` are among them. */
  readonly key: readonly string[];
  /** A column with the number of the log position whose fact the row still waits for, to be settled; null in a row that is final at its position. */
  readonly unsettled?: string;
  /** A column that says whether the customer is held. */
  readonly held?: string;
}

/** Whether work is left to settle: at once, in a moment (what it waits for still goes on), or none. */
export type Settled = 'more' | 'later' | 'all';

/** A read model in the making: tables of its own per generation, filled from the log alone, disposable at any time. */
export interface Projection {
  readonly name: string;
  /** Rises whenever the same facts give other rows. Workers follow only generations of the version that they carry. */
  readonly version: string;
  /** Facts of another category than `customer` concern every customer of a tenant; the newest of a stream stands for those before it. */
  readonly categories: readonly string[];
  readonly compared: readonly ComparedTable[];
  /** Tables that speak of whole tenants; each partition keeps rows of its own, and `customer` is no part of their key. */
  readonly tenantTables?: readonly ComparedTable[];
  /** DDL for the tables of one generation, in schema `touchline_read`. */
  createTables(generation: number): string;
  dropTables(generation: number): string;
  /** Folds facts of customers, in log order, into rows. What cannot be computed for one customer is given to `work.hold`, not thrown. */
  apply(work: Work, events: readonly JourneyEvent[]): Promise<void>;
  /** Computes the rows of these customers anew from the log up to `work.upTo`, whatever they are now; holds those that fail. */
  refold(work: Work, customers: readonly CustomerKey[]): Promise<void>;
  /**
   * Works off a fact that concerns all customers of a tenant, in slices of a transaction each: called until it returns false. It must
   * see for itself what is left, also after another worker has begun. One fact of a stream stands for all before it.
   */
  tick?(work: Work, event: JourneyEvent): Promise<boolean>;
  /** Called at the log's end: work that is done once and not per batch, a slice at a time, so that new facts come in between. */
  settle?(work: Work): Promise<Settled>;
}

export const PARTITIONS = 8;

/** Which partition a customer's rows belong to: FNV-1a over tenant and customer. */
export function partitionOf(tenant: string, customer: string): number {
  let hash = 0x811c9dc5;
  for (const char of keyText({ tenant, customer })) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return (hash >>> 0) % PARTITIONS;
}
