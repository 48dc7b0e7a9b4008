import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import type { Append } from '../event-store.js';
import { appendInTransaction } from './append.js';
import { Database } from './database.js';
import { floorHolders } from './floor.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { PostgresEventStore } from './postgres-event-store.js';

describe('An appender that does not get on', () => {
  let drop: () => Promise<void>;
  let worker: Database;
  let store: PostgresEventStore;

  beforeAll(async () => {
    let url: string;
    ({ url, drop } = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined)));
    worker = new Database(url, 'touchline_worker');
    store = new PostgresEventStore(worker);
  });

  afterAll(async () => {
    await store.close();
    await worker.close();
    await drop();
  });

  it('is named with its session, then cut off, and readers go on without its events', async () => {
    const start = await store.head();
    let wake = (): void => undefined;
    const stuck = new Promise<void>((resolve) => { wake = resolve; });
    let appended = (): void => undefined;
    const standing = new Promise<void>((resolve) => { appended = resolve; });
    const slow = worker.transaction(async (sql) => {
      await appendInTransaction(sql, [append('slow')]);
      appended();
      await stuck;
    }).then(() => 'committed', () => 'rolled back');
    await standing;
    await store.append([append('quick')]);
    expect((await store.readAll(start, 10)).events).toEqual([]);

    const [holder, ...others] = await floorHolders(worker);
    expect(others).toEqual([]);
    expect(holder).toMatchObject({ pid: expect.any(Number), application: 'touchline-worker', state: 'idle in transaction', query: expect.stringContaining('copy log_0') });

    for (let wait = 0; wait < 100 && (await store.readAll(start, 10)).events.length === 0; wait++) await sleep(100);
    wake();
    expect(await slow).toBe('rolled back');
    expect((await store.readAll(start, 10)).events.map(({ id }) => id)).toEqual(['quick']);
    expect(await floorHolders(worker)).toEqual([]);
  });
});

const append = (id: string): Append => ({
  stream: { tenant: 't1', category: 'customer', id }, expected: 'any',
  events: [{ source: 'test', id, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id }],
});
