import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, listTenants } from '#event-store';
import { connectionsTo, freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { ApiKeys } from './access/api-keys.js';
import { serveApi } from './serve-api.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const FLAGS = ['--no-warnings', '--conditions=app-source', '--import', './test/support/typescript.mjs', 'apps/api/src/main.ts'];
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...FLAGS, ...args], { env: { PATH: process.env['PATH'], DATABASE_URL: database.url }, encoding: 'utf8', timeout: 60_000 });
  return { status, stdout, stderr };
};

describe('Who has a database and no key', () => {
  it('is told how to make the schema, which nothing makes unasked', () => {
    expect(run('--first-key', 'acme', 'Europe/Berlin')).toMatchObject({ status: 1, stderr: expect.stringContaining('main.js --migrate') });
    expect(run('--migrate')).toMatchObject({ status: 0, stdout: expect.stringContaining('up to date (') });
    expect(run('--migrate')).toEqual({ status: 0, stderr: '', stdout: 'The schema is up to date.\n' });
  }, 60_000);

  it('gets the first one of a tenant with its time zone, which may do everything', async () => {
    const { status, stdout, stderr } = run('--first-key', 'acme', 'Europe/Berlin');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const worker = new Database(database.url, 'touchline_worker', 1);
    try {
      expect(await new ApiKeys(worker).authenticate(stdout.trim(), new Date())).toMatchObject({ tenant: 'acme', role: 'operator' });
      expect(await listTenants(worker)).toEqual([{ id: 'acme', timeZone: 'Europe/Berlin', pinnedDay: null }]);
    } finally {
      await worker.close();
    }
  }, 60_000);

  it('is told what is wrong with what they ask for, and nothing is made', () => {
    expect(run('--first-key', 'acme', 'UTC')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('lives in Europe/Berlin') });
    expect(run('--first-key', 'Acme Ltd', 'UTC')).toMatchObject({ status: 1, stderr: expect.stringContaining('no name of a tenant') });
    expect(run('--first-key', 'globex', 'Mars/Olympus')).toMatchObject({ status: 1, stderr: expect.stringContaining('no time zone') });
    expect(run('--frist-key')).toMatchObject({ status: 1, stderr: expect.stringContaining('--first-key <tenant> <time zone>') });
  }, 60_000);
});

describe('An API that cannot listen', () => {
  it('leaves no connection open', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    try {
      await expect(serveApi({ databaseUrl: database.url, masterKey: Buffer.alloc(32, 7).toString('base64'), logLevel: 'silent' }, port, '127.0.0.1')).rejects.toThrow(/EADDRINUSE/);
      expect(await connectionsTo(database)).toBe(0);
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
  });
});
