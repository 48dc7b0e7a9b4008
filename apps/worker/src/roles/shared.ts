import type { Database, KeyRing, OpenedStore, SubscriptionKind, WhereTheLogIs } from '#event-store';
import type { Outside } from '../reactions.js';

/** What all roles of one process share. */
export interface Shared extends Outside {
  readonly worker: Database;
  readonly reader: Database;
  readonly store: OpenedStore;
  readonly where: WhereTheLogIs;
  /** Null without a master key: nobody's address can be read. */
  readonly keys: KeyRing | null;
  /** Names this process in leases. */
  readonly owner: string;
  /** Told of what went wrong and is tried again. */
  readonly warn: (message: string, error: unknown) => void;
}

/** Something that runs until it is stopped. */
export interface Running {
  /** Finishes what is in hand and gives the leases back. */
  stop(): Promise<void>;
}

/** A role that tells other systems of the log: it supplies a way to do so, and the process follows the log once for all of them; null where settings for it are missing. */
export type TellingRole = (shared: Shared) => Telling | null | Promise<Telling | null>;

/** A way to tell others, with what runs beside it, if anything does. */
export type Telling = SubscriptionKind & Partial<Running>;
