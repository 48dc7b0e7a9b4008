import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database, type Sql } from './database.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { mergesOf } from './merges.js';
import { readAllMerges } from './read.js';

let fresh: TestDatabase;
let worker: Database;
let reader: Database;
beforeAll(async () => {
  fresh = await freshDatabase(async (url) => void await migrate(url, eventStoreMigrations));
  worker = new Database(fresh.url, 'touchline_worker', 2);
  reader = new Database(fresh.url, 'touchline_reader', 2);
  for (const [type, every, count] of [['ticket.opened', 1, 300_000], ['customer.merged', 60_000, 150]] as const) {
    await worker.transaction((sql) => sql.query(
      `insert into log (position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, data)
       select n * $2::int + 300000 * ($2 > 1)::int, 'acme', 'customer', $1 || n, 0, $1, 1, 's', $1 || n, now(), now(), now(), true, 'system', 'x', json_build_object('into', 'root') from generate_series(1, $3::int) n`, [type, every, count]));
  }
});
afterAll(async () => {
  await Promise.all([worker.close(), reader.close()]);
  await fresh.drop();
});

/** Instead of the rows, how they would be found. */
const explaining = (sql: Sql, lines: string[]): Sql => ({
  ...sql,
  texts: async (text, values) => {
    lines.push(...(await sql.query(`explain ${text}`, values)).map((row) => String(Object.values(row)[0])));
    return [];
  },
});

it.each([
  ['for an answer about a tenant', async (lines: string[]) => { await reader.inTenant('acme', (sql) => mergesOf(explaining(sql, lines), 'acme')); }],
  ['of all tenants', async (lines: string[]) => { await worker.transaction((sql) => readAllMerges(explaining(sql, lines), 9_000_000)); }],
])('the few facts that merge customers are found without looking at others, also on a server that has not counted yet: %s', async (_title, ask) => {
  const lines: string[] = [];
  await ask(lines);
  const scans = lines.filter((line) => / Scan /.test(line) && !/ on epoch/.test(line));
  expect(scans.length).toBeGreaterThan(0);
  expect(scans.filter((line) => !/tenant_position_idx/.test(line) && !/Bitmap Heap Scan/.test(line))).toEqual([]);
});

it('they are read in full', async () => {
  expect((await reader.inTenant('acme', (sql) => mergesOf(sql, 'acme'))).facts).toHaveLength(150);
  expect(await worker.transaction((sql) => readAllMerges(sql, 300_000 + 60_000 * 20))).toHaveLength(20);
});
