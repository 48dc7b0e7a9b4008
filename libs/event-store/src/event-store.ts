import { type Actor, type EventRef, type JourneyEvent, type Links, parsePosition, type Position, type StreamKey } from '#journey';

/** A fact on its way into the log. Position, revision and recordedAt are the store's to give. */
export interface NewEvent extends EventRef, Links {
  readonly type: string;
  readonly version: number;
  readonly occurredAt: string;
  /** Left out: the moment of recording. Never later than that moment. */
  readonly observedAt?: string;
  readonly actor: Actor;
  readonly importId?: string;
  readonly data: Record<string, unknown>;
  /** Keyed hash of the body as sent; the same (tenant, source, id) with another hash is a conflict. */
  readonly bodyHash: string;
}

/** What the caller believes of the stream: anything, that it is new, that it exists, or the revision of its last event. */
export type ExpectedRevision = 'any' | 'none' | 'exists' | number;

/** Events for one stream that are stored together or not at all. */
export interface Append {
  readonly stream: StreamKey;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

/** The outcome of one `Append`. `duplicate` carries the first positions; nothing of a `conflict` or `wrong-revision` is stored. */
export type AppendVerdict =
  | { readonly status: 'appended' | 'duplicate'; readonly positions: readonly Position[] }
  | { readonly status: 'conflict'; readonly event: EventRef; readonly position: Position }
  | { readonly status: 'wrong-revision'; readonly actual: number | null };

/** An id that is taken: by which body, and where its event stands. */
export interface TakenId extends EventRef {
  readonly bodyHash: string;
  readonly position: Position;
}

export interface ReadStream {
  readonly direction?: 'forward' | 'backward';
  /** First revision to return, inclusive. Default: the start, or the end when reading backward. */
  readonly from?: number;
  readonly limit?: number;
}

export interface LogFilter {
  readonly tenant?: string;
  readonly categories?: readonly string[];
  readonly types?: readonly string[];
  /** Whose data, written as JSON, holds one of these texts. No index helps: it looks at every event. */
  readonly containing?: readonly string[];
}

export interface Batch {
  readonly events: readonly JourneyEvent[];
  /** Everything up to here has been looked at; store this as the checkpoint, also when `events` is empty. */
  readonly position: Position;
}

/**
 * The memory of the business. One contract suite (`contract.suite.ts`) holds every implementation to it:
 * an acknowledged event is durable, appended once by (tenant, source, id) for ever, and no reader skips one.
 */
export interface EventStore {
  /** One verdict per append, in the order given; a refusal of one never fails another. */
  append(appends: readonly Append[]): Promise<AppendVerdict[]>;
  /** Events of one stream; an unknown stream is empty. */
  readStream(stream: StreamKey, options?: ReadStream): Promise<JourneyEvent[]>;
  /** Up to `limit` matching events after a position, in log order. @throws ForeignEpoch */
  readAll(after: Position | null, limit: number, filter?: LogFilter): Promise<Batch>;
  /**
   * Batches from a position up to what is final when the first is asked for. While the reader works on one, the next is read; never more than that.
   * Who follows the log reads on from the last position whenever it may have grown (`LogReader` does so for a whole process). @throws ForeignEpoch
   */
  read(after: Position | null, options: { batchSize: number; filter?: LogFilter }): AsyncIterable<Batch>;
  /** Calls back when the log may have grown, soon after an append of any process; a call may be missed. @returns a function that ends it */
  onGrowth(listener: () => void): () => void;
  /** The events with these refs, where known. */
  find(tenant: string, refs: readonly EventRef[]): Promise<JourneyEvent[]>;
  /** Which of these refs are taken: what an append of them would find. */
  taken(tenant: string, refs: readonly EventRef[]): Promise<TakenId[]>;
  /** Everything at or before this position is final and readable. */
  head(): Promise<Position>;
  /** @throws ForeignEpoch for a position that this life of the log has never given out */
  checkPosition(position: Position): Promise<void>;
  /** Waits for nothing that is in flight; releases what the store holds. */
  close(): Promise<void>;
}

/** A position that belongs to another life of this log (before a restore, or after the point that was restored to), or to none that it ever had. */
export class ForeignEpoch extends Error {
  /** `common`: as far as both lives are the same; who read on from `position` goes on from there. `lived`: whether this log ever had that life. */
  constructor(readonly position: Position, readonly current: Position, readonly common: Position, readonly lived: boolean) {
    super(parsePosition(position).epoch === parsePosition(current).epoch ? `Position ${position} is beyond the end of the log, which is ${current}.` : lived
      ? `Position ${position} is from another life of this log, which stands at ${current}. Both are the same up to ${common}: read on from there.`
      : `Position ${position} is from a life that this log never had; it stands at ${current}. It may be of another log: read on from ${common}, the beginning.`);
  }
}
