import { createServer, connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { migrate } from '#event-store';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { issueKey } from './access/api-keys.js';
import { allMigrations } from './all-migrations.js';
import { Connections } from './connections.js';
import { createApi } from './create-api.js';

let database: TestDatabase;
let connections: Connections;
let key: string;
let app: NestFastifyApplication;
const masterKey = Buffer.alloc(32, 7).toString('base64');

beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, allMigrations));
  connections = new Connections(database.url);
  key = (await issueKey(connections.worker, { tenant: 'acme', name: 'k', role: 'operator', actor: { kind: 'system', id: 'test' } })).key;
}, 60_000);
afterEach(() => app.close());
afterAll(async () => {
  await connections.onApplicationShutdown();
  await database.drop();
});

/** A door before the database that can be shut: what is open is cut, nobody else comes in. */
async function doorTo(url: URL) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const beyond = connect(Number(url.port), url.hostname);
    for (const end of [socket, beyond]) open.add(end.on('error', () => undefined).on('close', () => open.delete(end)));
    socket.pipe(beyond).pipe(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as { port: number }).port);
  const shut = () => new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
  return { url: through.href, shut };
}

const answerOf = async (response: Response) => ({ status: response.status, retry: response.headers.get('retry-after'), code: (await response.json() as { code?: string }).code });
const NOT_READY = { status: 503, retry: '2', code: 'not-ready' };

describe('An API that cannot answer now', () => {
  it('says so with a time to come again, while no worker has made the read models', async () => {
    app = await createApi({ databaseUrl: database.url, masterKey, logLevel: 'silent' });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    for (const path of ['/v1/portfolio', '/v1/customers', '/v1/today', '/v1/customers/nobody']) {
      expect({ path, ...await answerOf(await fetch(`${url}${path}`, { headers })) }).toEqual({ path, ...NOT_READY });
    }
    for (const what of ['rebuild', 'drop', 'switch']) {
      const { status } = await fetch(`${url}/v1/admin/projections/customers/${what}`, { method: 'POST', headers });
      expect({ what, fails: status === 500 }).toEqual({ what, fails: false });
    }
  });

  it('says so while what is stored is of a release that it does not understand', async () => {
    await connections.worker.transaction((sql) => sql.query(
      `create table touchline_read.customer_1 (tenant text, customer text); grant select on touchline_read.customer_1 to touchline_reader; insert into projection (name, live) values ('customers', 1)`));
    app = await createApi({ databaseUrl: database.url, masterKey, logLevel: 'silent' });
    await app.listen(0, '127.0.0.1');
    for (const path of ['/v1/portfolio', '/v1/customers', '/v1/today', '/v1/customers/nobody']) {
      expect({ path, ...await answerOf(await fetch(`${await app.getUrl()}${path}`, { headers: { authorization: `Bearer ${key}` } })) }).toEqual({ path, ...NOT_READY });
    }
    await connections.worker.transaction((sql) => sql.query(`delete from projection where name = 'customers'; drop table touchline_read.customer_1`));
  });

  it('says so with a time to come again, while the database is down', async () => {
    const door = await doorTo(new URL(database.url));
    app = await createApi({ databaseUrl: door.url, masterKey, logLevel: 'silent' });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const event = JSON.stringify({ id: 'x-1', source: 'crm', type: 'customer.registered', customer: 'c-1', data: { name: 'N' } });
    expect((await fetch(`${url}/v1/events`, { method: 'POST', headers, body: event })).status).toBe(201);
    await door.shut();
    for (let tries = 0; tries < 3; tries++) {
      expect(await answerOf(await fetch(`${url}/v1/portfolio`, { headers }))).toEqual(NOT_READY);
      expect(await answerOf(await fetch(`${url}/v1/events`, { method: 'POST', headers, body: event }))).toEqual(NOT_READY);
    }
    expect(await answerOf(await fetch(`${url}/health/ready`))).toEqual(NOT_READY);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});
