import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database } from './database.js';
import { idBytes } from './id-bytes.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { PostgresEventStore } from './postgres-event-store.js';

const stream = { tenant: 'acme', category: 'customer', id: 'c1' };
let fresh: TestDatabase;
let worker: Database;
let store: PostgresEventStore;

beforeAll(async () => {
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 2);
  store = new PostgresEventStore(worker);
});
afterAll(async () => {
  await store.close();
  await worker.close();
  await fresh.drop();
});

it('a process of the release before, which knows nothing of what facts belong together with, appends as it did', async () => {
  const parameters = Array.from({ length: 19 }, (_, place) => `$${place + 1}`).join(', ');
  const before = [['acme'], ['customer'], ['c1'], [1], null, [idBytes('acme', { source: 's', id: '1' })], ['hash'], [1], [1], ['ticket.opened'], [1], ['s'], ['1'], ['2026-01-01T00:00:00.000Z'], [null], ['system'], ['s'], [null], '{"ticket":"T"}'];
  await worker.statements((sql) => sql.texts(`select * from log_write(${parameters})`, before, 'write_before'));
  await store.append([{ stream, expected: 0, events: [{ source: 's', id: '2', type: 'ticket.opened', version: 1, occurredAt: '2026-01-01T00:00:00.000Z', actor: { kind: 'system', id: 's' }, data: {}, bodyHash: 'x', correlationId: 'order-1' }] }]);
  expect((await store.readStream(stream)).map(({ id, correlationId }) => [id, correlationId])).toEqual([['1', undefined], ['2', 'order-1']]);
});

it('a fact that belongs to nothing takes no more room than before', async () => {
  const widths = await worker.statements((sql) => sql.query<{ id: string; bytes: number }>('select id, pg_column_size(log.*) - pg_column_size(data) as bytes from log order by position'));
  const without = await worker.statements((sql) => sql.query<{ bytes: number }>(
    `select pg_column_size(row(position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, import_id, data)) - pg_column_size(data) as bytes from log where id = '1'`));
  expect(widths.find(({ id }) => id === '1')!.bytes).toBe(without[0]!.bytes);
});
