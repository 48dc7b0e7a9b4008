import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database, ensureTenant, eventStoreMigrations, migrate } from '#event-store';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { outboundMigrations } from '../migrations/index.js';
import { webhookFigures } from './webhook-figures.js';

let database: TestDatabase;
let worker: Database;
beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...outboundMigrations]));
  worker = new Database(database.url, 'touchline_worker', 1);
  for (const tenant of ['acme', 'globex']) await ensureTenant(worker, tenant, 'UTC');
});
afterAll(async () => {
  await worker.close();
  await database.drop();
});

const run = (text: string) => worker.transaction((sql) => sql.query(text));
const endpoint = (tenant: string, id: string, { failures = 0, because = null as string | null } = {}) => run(
  `insert into webhook_endpoint (tenant, id, url, filter, ordered, signature, unseal, enabled, disabled_because, failures, created_by)
   values ('${tenant}', '${id}', 'https://x.example', '{}', true, 'v1', false, ${because === null}, ${because === null ? 'null' : `'${because}'`}, ${failures}, 'anna')`);
const ago = (seconds: number) => `now() - interval '${seconds} seconds'`;
const delivery = (tenant: string, id: string, name: string, seconds: number, { state = 'waiting', nextAt = ago(seconds), heldUntil = 'null' } = {}) => run(
  `insert into webhook_delivery (tenant, endpoint, id, customer, source, event, type, state, since, next_at, held_until) values ('${tenant}', '${id}', '${name}', 'c', 's', '${name}', 't', '${state}', ${ago(seconds)}, ${nextAt}, ${heldUntil})`);

it('tells how many endpoints there are and fail, over all tenants, and what waits for those that do well', async () => {
  expect(await webhookFigures(worker)).toEqual({ endpoints: 0, failing: 0, gone: 0, waiting: 0, oldestSeconds: 0 });
  await endpoint('acme', 'well');
  await endpoint('globex', 'also-well');
  await endpoint('acme', 'failing', { failures: 3 });
  await endpoint('acme', 'gone', { because: 'the receiver answered 410' });
  await endpoint('acme', 'off');
  await run(`update webhook_endpoint set enabled = false where id = 'off'`);
  for (const [tenant, id, seconds] of [['acme', 'well', 40], ['globex', 'also-well', 90], ['acme', 'failing', 9_000], ['acme', 'gone', 9_000], ['acme', 'off', 9_000]] as const) await delivery(tenant, id, 'one', seconds);
  await delivery('acme', 'well', 'done', 9_000, { state: 'delivered' });
  const { oldestSeconds, ...others } = await webhookFigures(worker);
  expect(others).toEqual({ endpoints: 5, failing: 1, gone: 1, waiting: 2 });
  expect(oldestSeconds).toBeGreaterThanOrEqual(90);
  expect(oldestSeconds).toBeLessThan(120);
});

it('takes for late what is due and in no hands: not what was refused and is tried again later, what waits behind it, or what is being sent', async () => {
  const late = async () => Math.floor((await webhookFigures(worker)).oldestSeconds / 10);
  await run('delete from webhook_delivery');
  await delivery('acme', 'well', 'refused', 9_000, { nextAt: ago(-3_600) });
  await delivery('acme', 'well', 'behind', 8_000, { nextAt: 'null' });
  await delivery('acme', 'well', 'in hand', 7_000, { heldUntil: ago(-30) });
  expect(await late()).toBe(0);
  await delivery('acme', 'well', 'given back', 6_000, { nextAt: ago(200), heldUntil: ago(100) });
  expect(await late()).toBe(20);
});
