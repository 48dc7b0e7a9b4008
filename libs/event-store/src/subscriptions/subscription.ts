import type { JourneyEvent, Position } from '#journey';
import type { Sql } from '../postgres/database.js';

/** One reader of a tenant's log that has a place of its own. */
export interface Followed {
  readonly tenant: string;
  readonly id: string;
  /** Where it begins when it is new; null: at the beginning of the log. */
  readonly start: Position | null;
  /** Nobody follows it now, and it keeps its checkpoint. */
  readonly resting?: boolean;
}

/** The events of one tenant between two places, in log order. */
export interface TenantPage {
  readonly events: readonly JourneyEvent[];
  readonly upTo: Position;
}

/**
 * Moves the checkpoint to the page's end, together with what `write` writes, in one transaction.
 * @throws Fenced when the subscription is somebody else's by now: nothing was written
 */
export type Commit = (write?: (sql: Sql) => Promise<void>) => Promise<void>;

/** Work on one subscription, from winning it until it is lost or something fails. */
export interface Session {
  /** After which place to read: the checkpoint, or what the other side knows better; null: from the beginning. */
  readonly from: Position | null;
  /** Called with one page after the other, never with an empty one. What was not committed is given again after the next `open`, unless `from` says better. */
  handle(page: TenantPage, commit: Commit): Promise<void>;
  close(): Promise<void>;
}

export interface Place {
  readonly tenant: string;
  readonly id: string;
  /** The checkpoint. */
  readonly position: Position;
  /** Aborts when the subscription is lost, or this worker stops. */
  readonly signal: AbortSignal;
}

/** A way to tell other systems what the log says. A subscription of it is followed by one worker at a time; workers share them evenly. */
export interface SubscriptionKind {
  /** For ever the same: checkpoints are kept under it. */
  readonly kind: string;
  /** Of which categories of streams it is told. */
  readonly categories: readonly string[];
  /** What there is to follow now; one cheap statement. What is not named any more loses its checkpoint. */
  list(sql: Sql): Promise<readonly Followed[]>;
  /** When this or the session fails, it is opened again after a growing pause. */
  open(place: Place): Promise<Session>;
}
