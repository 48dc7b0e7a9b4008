import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventStoreMigrations, migrate } from '#event-store';
import { connectionsTo, freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { startWorker } from './worker.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, eventStoreMigrations.slice(0, 1)));
});
afterAll(() => database.drop());

it('leaves no connection open when it cannot start, here because the schema is too old', async () => {
  await expect(startWorker({ databaseUrl: database.url, warn: () => undefined })).rejects.toThrow(/does not exist/);
  expect(await connectionsTo(database)).toBe(0);
});
