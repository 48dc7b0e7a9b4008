import type { JourneyEvent, Position } from '#journey';
import type { Sql } from '../postgres/database.js';
import type { Tenant } from '../postgres/tenants.js';
import type { KeyRing } from '../sealing/key-ring.js';

/** Something to be done because of a fact, and when at the earliest (RFC 3339). One fact asks for a subject once, however often it is read. */
export interface Due {
  /** What it is about, as an id of ours: no spaces, no personal data. */
  readonly subject: string;
  readonly at: string;
}

/** An entry of the agenda whose time has come. */
export interface AgendaItem extends Due {
  readonly tenant: string;
  /** Whose stream the cause stands in; empty where it is no customer's. */
  readonly customer: string;
  readonly cause: { readonly position: Position; readonly source: string; readonly id: string; readonly type: string; readonly occurredAt: string };
  /** 1 the first time. More: an earlier attempt may have got half way. */
  readonly attempts: number;
}

/** A fact that answers, without personal fields. */
export interface Answer {
  readonly type: string;
  readonly data: Record<string, unknown>;
  /** Whose stream it goes to; left out: the cause's. */
  readonly customer?: string;
  /** Left out: now. */
  readonly occurredAt?: string;
  /** The revision of that stream as it was read: if it has grown since, nothing is appended and `act` is called again. */
  readonly expected?: number;
  /** Tells apart facts of one type about one subject. */
  readonly key?: string;
}

export interface Outcome {
  readonly facts?: readonly Answer[];
  /** Look at it again then (RFC 3339). Left out: done with. */
  readonly again?: string;
}

/** What is known of a customer and all that are merged with it: facts as they stand, earliest first, personal fields sealed. */
export interface KnownStory {
  readonly root: string;
  /** Of the customer's own stream; -1 where it is empty. */
  readonly revision: number;
  readonly events: readonly JourneyEvent[];
}

export interface ReactionWork {
  readonly now: Date;
  readonly tenant: Tenant;
  /** Opens seals; null where this process has no master key. */
  readonly keys: KeyRing | null;
  read<T>(query: (sql: Sql) => Promise<T>): Promise<T>;
  story(customer: string): Promise<KnownStory>;
  /** A stream that is no customer's, as it stands. */
  stream(category: string, id: string): Promise<readonly JourneyEvent[]>;
}

/**
 * A process that answers facts with facts. It reads the log once, in order, from a checkpoint of its own; what it has to do stands on an agenda until it is done.
 * Rebuilding read models runs none. Facts that happened more than a week before they were recorded are history: they ask for nothing, unless `history` is set.
 */
export interface Reaction {
  /** For ever the same: ids of its facts are made of it. */
  readonly name: string;
  /** Which facts it answers. */
  readonly types: readonly string[];
  /** Also hears of history. */
  readonly history?: boolean;
  /** What a fact asks for. Pure and quick, and for ever the same of the same fact: it may run in any process. */
  due(event: JourneyEvent): readonly Due[];
  /** Does what is due. Called again when the stream has grown meanwhile, and later when it throws; within two minutes another process may try. */
  act(item: AgendaItem, work: ReactionWork): Promise<Outcome>;
}
