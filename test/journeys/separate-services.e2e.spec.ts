import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database, migrate } from '#event-store';
import { issueKey } from '../../apps/api/src/access/api-keys.js';
import { allMigrations } from '../../apps/api/src/all-migrations.js';
import { type Child, killChildren, killHard, nextLine, spawnTypescript } from '../support/child.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/read-models.js';

/** A process of its own, with the address of its pages where it has some, and of its operations port. */
interface Service { readonly child: Child; readonly url: string; readonly operations: string }

let database: TestDatabase;
let key: string;
let facts = 0;
beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, allMigrations));
  const worker = new Database(database.url, 'touchline_worker', 1);
  await worker.transaction((sql) => sql.query(`insert into tenant (id, time_zone) values ('acme', 'UTC')`));
  key = (await issueKey(worker, { tenant: 'acme', name: 'k', role: 'operator', actor: { kind: 'person', id: 'op' } })).key;
  await worker.close();
});
afterAll(async () => {
  await killChildren();
  await database.drop();
});

/** With nothing in its environment but what a container would have. */
async function start(app: 'api' | 'worker', roles?: string): Promise<Service> {
  const child = spawnTypescript(`apps/${app}/src/main.ts`, [], {
    PATH: process.env['PATH'], DATABASE_URL: database.url, TOUCHLINE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), PORT: '0', LOG_LEVEL: 'silent',
    TOUCHLINE_OPERATIONS_PORT: '0', ...(roles === undefined ? {} : { TOUCHLINE_ROLES: roles }),
  });
  const said = await nextLine(child);
  const [, url = ''] = /listens on (\S+);/.exec(said) ?? [];
  return { child, url, operations: /(http:\S+)\/metrics/.exec(said)![1]! };
}

const api = async (service: Service, path: string, body?: unknown) => {
  const response = await fetch(`${service.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Bearer ${key}`, prefer: 'wait=20', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return await response.json() as any;
};

/** A new customer with a bad answer: the read models show it, and a reaction opens a recovery because of it. */
async function everythingGoesOn(front: Service): Promise<void> {
  const customer = `c-${++facts}`;
  const { results } = await api(front, '/v1/events', [
    { id: `${customer}/1`, source: 'crm', type: 'customer.registered', customer, data: { name: customer } },
    { id: `${customer}/2`, source: 'survey', type: 'survey.responded', customer, data: { survey: customer, instrument: { kind: 'csat', min: 1, max: 5 }, score: 1 } },
  ]);
  expect(results.map(({ status }: any) => status)).toEqual(['appended', 'appended']);
  expect(await api(front, `/v1/customers/${customer}/health`)).toMatchObject({ customer });
  await eventually(async () => (await api(front, `/v1/recoveries?owner=all&state=all&customer=${customer}`)).recoveries.length === 1);
}

const health = async ({ operations }: Service, what = 'ready') => (await fetch(`${operations}/health/${what}`)).status;
/** Workers by projection, as any process tells it. */
const workersOf = async ({ operations }: Service) => {
  const text = await (await fetch(`${operations}/metrics`)).text();
  return new Set([...text.matchAll(/^touchline_projection_workers\{.*\} (\d+)$/gm)].map(([, count]) => Number(count)));
};

it('API and workers are processes that share nothing but the database: one is killed, another told to stop, roles move, and everything goes on', async () => {
  const [front, one, two] = await Promise.all([start('api'), start('worker'), start('worker', 'projections,reactions')]);
  expect(await Promise.all([front, one, two].map((each) => health(each)))).toEqual([200, 200, 200]);
  await everythingGoesOn(front);
  await eventually(async () => [...await workersOf(front)].join() === '2');

  await killHard(one.child);
  await everythingGoesOn(front);
  await eventually(async () => [...await workersOf(front)].join() === '1');

  const [three, four] = await Promise.all([start('worker', 'projections'), start('worker', 'reactions')]);
  const gone = once(two.child, 'exit');
  two.child.kill('SIGTERM');
  expect(await gone).toEqual([0, null]);
  await everythingGoesOn(front);
  expect(await Promise.all([front, three, four].map((each) => health(each)))).toEqual([200, 200, 200]);

  // Each does what its role says and nothing else: with the one for read models away, facts are taken and stand still.
  await killHard(three.child);
  const customer = `c-${++facts}`;
  await api(front, '/v1/events', { id: customer, source: 'crm', type: 'customer.registered', customer, data: { name: customer } });
  await eventually(async () => /^touchline_projection_lag_seconds\{projection="customers"\} [1-9]/m.test(await (await fetch(`${four.operations}/metrics`)).text()));
  expect((await fetch(`${front.url}/v1/customers/${customer}/health`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(404);
  await start('worker', 'projections');
  await eventually(async () => (await fetch(`${front.url}/v1/customers/${customer}/health`, { headers: { authorization: `Bearer ${key}` } })).status === 200);

  const last = once(front.child, 'exit');
  front.child.kill('SIGTERM');
  await last;
}, 240_000);

it('a worker that is given a role that there is not says so and ends', async () => {
  const child = spawnTypescript('apps/worker/src/main.ts', [], { PATH: process.env['PATH'], DATABASE_URL: database.url, TOUCHLINE_ROLES: 'projections,juggling' });
  expect(await once(child, 'exit')).toEqual([1, null]);
}, 30_000);
