import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventStoreMigrations, migrate } from '#event-store';
import { connectionsTo, freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { startWorker } from './worker.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, eventStoreMigrations));
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  await admin.query('alter table touchline.tenant rename to tenants_gone').finally(() => admin.end());
});
afterAll(() => database.drop());

it('leaves no connection open when it cannot start, here because a table is not what it was', async () => {
  await expect(startWorker({ databaseUrl: database.url, warn: () => undefined })).rejects.toThrow(/does not exist/);
  expect(await connectionsTo(database)).toBe(0);
});
