import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database, ensureTenant, generateMasterKey, migrate, PostgresEventStore } from '#event-store';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { allMigrations } from '../../api/src/all-migrations.js';
import { type DemoTarget, loadDemo } from './load-demo.js';

let fresh: TestDatabase;
let database: Database;
let target: DemoTarget;

beforeAll(async () => {
  fresh = await freshDatabase(async (url) => void await migrate(url, allMigrations));
  database = new Database(fresh.url, 'touchline_worker', 2);
  await ensureTenant(database, 'demo', 'UTC');
  await ensureTenant(database, 'own', 'UTC');
  target = { databaseUrl: fresh.url, masterKey: generateMasterKey(), tenant: 'demo', timeZone: 'UTC' };
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const told = async (tenant: string): Promise<number> =>
  Number((await database.transaction((sql) => sql.query<{ n: string }>(`select count(*) as n from log where tenant = $1 and import_id = 'demo'`, [tenant])))[0]!.n);

it('tells the rest of the story after a start that was cut short, and nothing more after that', async () => {
  const stopped = new AbortController();
  const loading = loadDemo(target, stopped.signal);
  while (await told('demo') === 0) await new Promise((wake) => setTimeout(wake, 10));
  stopped.abort();
  await loading;
  const before = await told('demo');
  const all = await loadDemo(target, new AbortController().signal);
  expect(before).toBeLessThan(all);
  expect(await told('demo')).toBe(all);
  expect(await loadDemo(target, new AbortController().signal)).toBe(0);
}, 60_000);

it('tells nothing to a tenant that has facts of its own', async () => {
  const store = new PostgresEventStore(database);
  await store.append([{
    stream: { tenant: 'own', category: 'customer', id: 'c1' }, expected: 'any',
    events: [{ source: 'crm', id: '1', type: 'customer.registered', version: 1, occurredAt: '2026-01-01T00:00:00.000Z', actor: { kind: 'system', id: 'crm' }, data: {}, bodyHash: '1' }],
  }]);
  await store.close();
  expect(await loadDemo({ ...target, tenant: 'own' }, new AbortController().signal)).toBe(0);
  expect(await told('own')).toBe(0);
});
