import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventStoreMigrations, migrate } from '#event-store';
import { freshDatabase, type TestDatabase } from '../../test/support/database.js';
import { checkDatabase } from './check-database.js';

let database: TestDatabase;
/** Another installation on the same server: the roles are there. */
let elsewhere: TestDatabase;
const role = `login_${process.pid}`;

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client(database.adminUrl);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** The database itself is gone by then. */
async function asAdminOfServer(statement: string): Promise<void> {
  const url = new URL(database.adminUrl);
  url.pathname = '/postgres';
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

const urlWith = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

beforeAll(async () => {
  database = await freshDatabase();
  elsewhere = await freshDatabase(async (url) => void await migrate(url, eventStoreMigrations));
});
afterAll(async () => {
  await database.drop();
  await elsewhere.drop();
  await asAdminOfServer(`drop role if exists ${role}`);
});

describe('The PostgreSQL that DATABASE_URL names', () => {
  it('is good when its owner logs in', async () => {
    await expect(checkDatabase(database.url)).resolves.toBeUndefined();
  });

  it('is refused for a superuser, whom row-level security does not bind, with the statements that make an owner', async () => {
    await expect(checkDatabase(database.adminUrl)).rejects.toThrow(/row-level security[^]*superuser[^]*create role touchline_owner/);
  });

  it('is refused for a login that may not create what we need', async () => {
    await asAdmin(`create role ${role} login`);
    await expect(checkDatabase(urlWith((url) => (url.username = role)))).rejects.toThrow(`grant create on database`);
  });

  it('is refused for a login that could not make the roles, though it may act as them', async () => {
    await asAdmin(`grant create on database "${new URL(database.url).pathname.slice(1)}" to ${role}; grant touchline_worker, touchline_reader to ${role}`);
    await expect(checkDatabase(urlWith((url) => (url.username = role)))).rejects.toThrow(`alter role "${role}" createrole`);
  });

  it('is refused for a login that does not inherit from its roles: the functions that it owns would see an empty log', async () => {
    await asAdmin(`alter role ${role} createrole noinherit; revoke touchline_worker, touchline_reader from ${role}`);
    await expect(checkDatabase(urlWith((url) => (url.username = role)))).rejects.toThrow(`alter role "${role}" inherit`);
  });

  it('is refused for a login to which the roles of another installation on the server were not given', async () => {
    await asAdmin(`alter role ${role} inherit`);
    await expect(checkDatabase(urlWith((url) => (url.username = role)))).rejects.toThrow('grant touchline_worker, touchline_reader');
    await asAdmin(`grant touchline_worker, touchline_reader to ${role} with inherit true, set true`);
    await expect(checkDatabase(urlWith((url) => (url.username = role)))).resolves.toBeUndefined();
  });

  it('is refused for a worker until the schema is there', async () => {
    await expect(checkDatabase(database.url, { migrated: true })).rejects.toThrow(/no Touchline in it yet[^]*--migrate/);
  });

  it('is refused when there is no such database or no such user', async () => {
    await expect(checkDatabase(urlWith((url) => (url.pathname = '/nowhere')))).rejects.toThrow(/no such database[^]*create database/);
    await expect(checkDatabase(urlWith((url) => (url.username = 'nobody_here')))).rejects.toThrow(/nobody_here at .*does not exist/);
  });

  it('is refused when nothing listens there, without repeating the password', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const refused = checkDatabase(`postgres://app:hidden@127.0.0.1:${port}/touchline`);
    await expect(refused).rejects.toThrow(/app at 127\.0\.0\.1:\d+, database touchline.*nothing listens there\. Start PostgreSQL/);
    await expect(refused).rejects.not.toThrow('hidden');
  });

  it('is refused when the address is none', async () => {
    await expect(checkDatabase('postgres://app:a/b#c@host:5432/x')).rejects.toThrow(/not a URL.*percent-encoded/);
  });
});
