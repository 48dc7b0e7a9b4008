import { Writable } from 'node:stream';
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
