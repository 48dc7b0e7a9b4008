import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../test/support/database.js';
import { checkDatabase } from './check-database.js';

let database: TestDatabase;
const role = `login_${process.pid}`;

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client(database.adminUrl);
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
});
afterAll(async () => {
  await asAdmin(`drop role if exists ${role}`);
  await database.drop();
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

  it('is refused for a worker until the schema is there', async () => {
    await expect(checkDatabase(database.url, { migrated: true })).rejects.toThrow(/no Touchline in it yet[^]*Start the API/);
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
