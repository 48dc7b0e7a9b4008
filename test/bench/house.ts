import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Append, Database, eventStoreMigrations, migrate, type NewEvent, PostgresEventStore } from '#event-store';
import { startPostgres } from '#infra';
import { readModelMigrations } from '#read-model';

export const STREAMS = 10_000;
/** Streams that are a customer's; the rest are recoveries. */
export const CUSTOMERS = 5_000;
/** Events in our log and in the bare one before anything is measured, a hundred for each customer. */
const STORED = 500_000;

/** A server of its own with durable commits, our log in it, and bare tables to hold ours against. */
export interface House {
  readonly url: string;
  readonly store: PostgresEventStore;
  readonly worker: Database;
  /** Plain connections, for the limits. */
  pool(max: number): pg.Pool;
  /** A log with 500,000 events, of which the bare table has as many; both are filled at the first call. */
  stored(): Promise<PostgresEventStore>;
  /** A log of its own on the same server, with so many events in it. */
  logOf(stored: number): Promise<PostgresEventStore>;
  close(): Promise<void>;
}

export async function openHouse(log: (line: string) => void): Promise<House> {
  const home = mkdtempSync(join(tmpdir(), 'bench-of-touchline-'));
  chmodSync(home, 0o755);
  const server = await startPostgres({ home, log, settings: { shared_buffers: '512MB', max_wal_size: '4GB', shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'all' } });
  await migrate(server.url, [...eventStoreMigrations, ...readModelMigrations]);
  const worker = new Database(server.url, 'touchline_worker', 16);
  const store = new PostgresEventStore(worker);
  const pools: pg.Pool[] = [];
  const pool = (max: number): pg.Pool => {
    const made = new pg.Pool({ connectionString: server.url, max, options: '-c search_path=bare' });
    pools.push(made);
    return made;
  };
  await pool(1).query(BARE);
  const others: { store: PostgresEventStore; worker: Database }[] = [];
  const logOf = async (stored: number): Promise<PostgresEventStore> => {
    const name = `bench_${stored}`;
    await asSuperuser(server.adminUrl, `create database ${name} owner ${new URL(server.url).username}`);
    const url = Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
    await migrate(url, [...eventStoreMigrations, ...readModelMigrations]);
    const other = new Database(url, 'touchline_worker', 16);
    const log = new PostgresEventStore(other);
    others.push({ store: log, worker: other });
    await fill(log, stored);
    await asSuperuser(Object.assign(new URL(server.adminUrl), { pathname: `/${name}` }).href, 'vacuum analyze');
    return log;
  };
  let filled: Promise<PostgresEventStore> | undefined;
  const fillBoth = async (): Promise<PostgresEventStore> => {
    await pool(1).query(SEED, [STORED, CUSTOMERS]);
    await pool(1).query('vacuum analyze log');
    return logOf(STORED);
  };
  return {
    url: server.url, store, worker, pool, logOf,
    stored: () => filled ??= fillBoth(),
    close: async () => {
      await Promise.all([store, ...others.map((other) => other.store)].map((each) => each.close()));
      await Promise.all([worker, ...others.map((other) => other.worker)].map((each) => each.close()));
      await Promise.all(pools.map((made) => made.end()));
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

// The least that still is an event log: an order, a stream, a type, a body. One index.
const BARE = `
  create schema bare;
  create table bare.log (position bigint generated always as identity primary key, stream text not null, type text not null, data json not null, recorded_at timestamptz not null default clock_timestamp());`;

// The same streams, types and bodies of as many bytes as `fill` has.
const SEED = `
  insert into log (stream, type, data) select 'c-' || n % $2, 'ticket.opened', json_build_object('ticket', 'T-' || n, 'priority', 'high', 'text', repeat('x', 250 - length(n::text)))
  from generate_series(0, $1::int - 1) as n`;

/** Facts of every customer in turn. */
async function fill(store: PostgresEventStore, count: number): Promise<void> {
  for (let done = 0; done < count;) {
    const chunks = Array.from({ length: 2 }, () => Array.from({ length: Math.min(5_000, count - done) }, (): Append => ({ stream: streamOf(done++ % CUSTOMERS), expected: 'any', events: [fact()] })));
    await Promise.all(chunks.map((chunk) => store.append(chunk)));
  }
}

async function asSuperuser(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

let made = 0;

/** A fact whose body has 300 bytes. */
export function fact(): NewEvent {
  made += 1;
  const data = { ticket: `T-${made}`, priority: 'high', text: '' };
  return {
    source: 'bench', id: `e-${made}`, type: 'ticket.opened', version: 1, occurredAt: '2026-01-05T10:00:00.000Z',
    actor: { kind: 'system', id: 'bench' }, data: { ...data, text: 'x'.repeat(300 - JSON.stringify(data).length) }, bodyHash: `hash-of-the-body-${made}`,
  };
}

export function streamOf(number: number): Append['stream'] {
  const place = number % STREAMS;
  return place < CUSTOMERS ? { tenant: 'bench', category: 'customer', id: `c-${place}` } : { tenant: 'bench', category: 'recovery', id: `r-${place}` };
}
