import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Database, eventStoreMigrations, migrate, type NewEvent, PostgresEventStore } from '#event-store';
import { startPostgres } from '#infra';

export const STREAMS = 10_000;

/** A server of its own with durable commits, our log in it, and bare tables to hold ours against. */
export interface House {
  readonly url: string;
  readonly store: PostgresEventStore;
  readonly worker: Database;
  /** Plain connections, for the limits. */
  pool(max: number): pg.Pool;
  close(): Promise<void>;
}

export async function openHouse(log: (line: string) => void): Promise<House> {
  const home = mkdtempSync(join(tmpdir(), 'bench-of-touchline-'));
  chmodSync(home, 0o755);
  const server = await startPostgres({ home, log, settings: { shared_buffers: '512MB', max_wal_size: '4GB', shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'all' } });
  await migrate(server.url, eventStoreMigrations);
  const worker = new Database(server.url, 'touchline_worker', 16);
  const store = new PostgresEventStore(worker);
  const pools: pg.Pool[] = [];
  const pool = (max: number): pg.Pool => {
    const made = new pg.Pool({ connectionString: server.url, max, options: '-c search_path=bare' });
    pools.push(made);
    return made;
  };
  await pool(1).query(BARE);
  return {
    url: server.url, store, worker, pool,
    close: async () => {
      await store.close();
      await Promise.all([worker.close(), ...pools.map((made) => made.end())]);
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

// The least that still is an event log: an order, a stream, a type, a body. One index.
const BARE = `
  create schema bare;
  create table bare.log (position bigint generated always as identity primary key, stream text not null, type text not null, data json not null, recorded_at timestamptz not null default clock_timestamp());`;

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

export const streamOf = (number: number) => ({ tenant: 'bench', category: 'customer', id: `c-${number % STREAMS}` });
