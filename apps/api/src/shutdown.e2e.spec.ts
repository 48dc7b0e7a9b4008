import { request as send } from 'node:http';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { type Database, migrate } from '#event-store';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { issueKey } from './access/api-keys.js';
import { allMigrations } from './all-migrations.js';
import { Connections } from './connections.js';
import { createApi } from './create-api.js';

let database: TestDatabase;
let connections: Connections;
let key: string;
const masterKey = Buffer.alloc(32, 7).toString('base64');

const adminKey = async (worker: Database) =>
  (await issueKey(worker, { tenant: 'acme', name: 'k', role: 'admin', actor: { kind: 'system', id: 'test' } })).key;

beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, allMigrations));
  connections = new Connections(database.url);
  key = await adminKey(connections.worker);
}, 60_000);
afterAll(async () => {
  await connections.onApplicationShutdown();
  await database.drop();
});

describe('The API', () => {
  it('answers what is in flight when it is told to stop, and every acknowledged event is in the log', async () => {
    const app = await createApi({ databaseUrl: database.url, masterKey, logLevel: 'silent' });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const sent = Array.from({ length: 20 }, (_, index) => fetch(`${url}/v1/events`, {
      method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: `s-${index}`, source: 'crm', type: 'customer.registered', customer: `c-${index}`, data: { name: 'N' } }),
    }).then(({ status }) => status, () => 0));
    await Promise.race(sent);
    await app.close();
    const answers = await Promise.all(sent);
    const stored = await connections.store.find('acme', answers.map((_, index) => ({ source: 'crm', id: `s-${index}` })));
    const acknowledged = answers.flatMap((status, index) => (status === 201 ? [`s-${index}`] : []));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    expect(answers.every((status) => [201, 503, 0].includes(status))).toBe(true);
  });

  it('brings an import to an end when it is told to stop: what had come is recorded, and the last line says so', async () => {
    const app = await createApi({ databaseUrl: database.url, masterKey, logLevel: 'silent' });
    await app.listen(0, '127.0.0.1');
    const request = send(`${await app.getUrl()}/v1/events/import`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' } });
    const answer = new Promise<string>((resolve, reject) => request.on('error', reject).on('response', (response) => void text(response).then(resolve, reject)));
    request.write(`${JSON.stringify({ id: 'open', source: 'crm', type: 'customer.registered', customer: 'open', data: { name: 'N' } })}\n`);
    await new Promise((wake) => setTimeout(wake, 300));
    await app.close();
    expect(JSON.parse((await answer).trim().split('\n').at(-1)!)).toMatchObject({ problem: { code: 'not-ready', detail: expect.stringContaining('What came before is recorded') } });
    expect(await connections.store.find('acme', [{ source: 'crm', id: 'open' }])).toHaveLength(1);
  });

  it('does not start with another master key', async () => {
    await expect(createApi({ databaseUrl: database.url, masterKey: Buffer.alloc(32, 8).toString('base64'), logLevel: 'silent' })).rejects.toThrow(/master key does not open/);
  });

  it('logs the route and the outcome, but no query, body, key or name', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'debug' }, new Writable({ write: (chunk, _, done) => { lines.push(String(chunk)); done(); } }));
    const app = await createApi({ databaseUrl: database.url, masterKey, logger });
    await app.listen(0, '127.0.0.1');
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-request-id': 'trace-4711' };
    await fetch(`${await app.getUrl()}/v1/customers/secret-id?asOf=hidden-query`, { headers });
    await fetch(`${await app.getUrl()}/v1/events`, { method: 'POST', headers, body: JSON.stringify({ id: 'x', source: 'y', type: 'z', name: 'Jane Doe' }) });
    await app.close();
    const log = lines.join('');
    expect(log).toContain('"requestId":"trace-4711","method":"GET","route":"/v1/customers/:id","status":400');
    for (const secret of ['secret-id', 'hidden-query', 'Jane', key.slice(20)]) expect(log).not.toContain(secret);
  });
});
