import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, migrate, type Sql } from '../index.js';

let worker: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 6);
  close = async () => { await worker.close(); await fresh.drop(); };
});
afterAll(() => close());

const numberOf = async (sql: Sql, query: string): Promise<number> => Number((await sql.query<{ n: string }>(`select ${query} as n`))[0]!.n);
const waitingForALock = () => worker.transaction((sql) => numberOf(sql, `(select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))`));

it('the position up to which may be read does not go back because an appender was slow to take its lock', async () => {
  const gate = await worker.connect();
  const last = await worker.transaction((sql) => numberOf(sql, `nextval('log_position')`));
  // The appender has looked at the sequence and is held up at the lock, as a busy machine would do for a moment.
  await gate.query('select pg_advisory_lock(log_floor_key($1))', [last]);
  let locked!: () => void;
  let finish!: () => void;
  const hasLocked = new Promise<void>((resolve) => { locked = resolve; });
  const mayFinish = new Promise<void>((resolve) => { finish = resolve; });
  const appender = worker.transaction(async (sql) => {
    await sql.query('select log_floor_lock()');
    locked();
    await mayFinish;
  });
  while (await waitingForALock() === 0) await new Promise((wake) => setTimeout(wake, 10));
  await worker.transaction((sql) => sql.query(`select nextval('log_position') from generate_series(1, 3)`));
  await gate.query('select pg_advisory_unlock(log_floor_key($1))', [last]);
  gate.release();
  await hasLocked;
  try {
    expect(await worker.transaction((sql) => numberOf(sql, 'log_horizon()'))).toBe(last + 3);
    // And the lock does its work: what others draw from now on is not yet for readers.
    await worker.transaction((sql) => sql.query(`select nextval('log_position')`));
    expect(await worker.transaction((sql) => numberOf(sql, 'log_horizon()'))).toBe(last + 3);
  } finally {
    finish();
    await appender;
  }
  expect(await worker.transaction((sql) => numberOf(sql, 'log_horizon()'))).toBe(last + 4);
});
