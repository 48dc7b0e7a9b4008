import type { Position } from '#journey';
import type { EventStore } from './event-store.js';
import { EventStoreDbStore } from './eventstoredb/eventstoredb-store.js';
import { Mirror, type MirrorOptions } from './eventstoredb/mirror.js';
import { MirroredEventStore } from './eventstoredb/mirrored-event-store.js';
import { Reservations } from './eventstoredb/reservations.js';
import { Server } from './eventstoredb/server.js';
import type { Database } from './postgres/database.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';

/** Where the log is: in PostgreSQL, or on EventStoreDB at `eventStoreUrl`, with a mirror of it in PostgreSQL. */
export interface WhereTheLogIs {
  readonly eventStore?: 'postgres' | 'eventstoredb';
  readonly eventStoreUrl?: string | undefined;
}

/** The store of a process, whatever it is made of. */
export interface OpenedStore extends EventStore {
  /** For who has put back a copy of the data: positions given out since then are refused from now on. @returns the new epoch's end */
  beginEpoch(reason: string): Promise<Position>;
  /** Wakes who listens for growth, in every process: for what they look at beside the log. */
  announce(): void;
}

/** The one way to the store of an app. Nothing is connected before it is used. @throws Error when it is on EventStoreDB and nobody says where that is */
export function openEventStore(worker: Database, where: WhereTheLogIs = {}): OpenedStore {
  const mirror = new PostgresEventStore(worker);
  return where.eventStore === 'eventstoredb' ? new MirroredEventStore(openEventStoreDb(urlOf(where), worker), mirror, worker) : mirror;
}

/** The log on EventStoreDB alone, its ids in this database, without a mirror. */
export function openEventStoreDb(url: string, worker: Database): EventStoreDbStore {
  return new EventStoreDbStore(new Server(url), new Reservations(worker), worker);
}

/** The server that has the log, for who asks whether it answers; null where the log is in PostgreSQL. */
export function logServer(where: WhereTheLogIs): Pick<Server, 'answers' | 'close'> | null {
  return where.eventStore === 'eventstoredb' ? new Server(urlOf(where)) : null;
}

/** To be called at the start of every process. @throws Error when this database holds a log of the other kind */
export async function prepareLog(worker: Database, { eventStore }: WhereTheLogIs): Promise<void> {
  if (eventStore === 'eventstoredb') return worker.statements(async (sql) => void await sql.query('select log_become_mirror()'));
  const mirrors = await worker.statements((sql) => sql.query('select from log_mirror'));
  if (mirrors.length > 0) throw new Error('The log of this database is a mirror of one on EventStoreDB. Start it with EVENT_STORE=eventstoredb and EVENTSTORE_URL, or copy the log into an empty database: npx touchline events copy.');
}

/** Keeps the mirror in this process, or stands by while another does; null when the log is no mirror. */
export async function startMirror(where: WhereTheLogIs, { worker, owner, warn }: Pick<MirrorOptions, 'worker' | 'owner' | 'warn'>): Promise<{ stop(): Promise<void> } | null> {
  if (where.eventStore !== 'eventstoredb') return null;
  await prepareLog(worker, where);
  const server = new Server(urlOf(where));
  const store = new EventStoreDbStore(server, new Reservations(worker), worker);
  const mirror = new Mirror({ server, store, worker, owner, warn });
  mirror.start();
  return { stop: async () => { await mirror.stop(); await store.close(); } };
}

function urlOf({ eventStoreUrl }: WhereTheLogIs): string {
  if (!eventStoreUrl) throw new Error('EVENT_STORE is eventstoredb, and EVENTSTORE_URL is not set: it must be an address such as esdb://127.0.0.1:2113?tls=false');
  return eventStoreUrl;
}
