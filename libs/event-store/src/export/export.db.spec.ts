import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import type { Append } from '../event-store.js';
import { appendInTransaction } from '../postgres/append.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { exportRange } from './export-range.js';
import { readExport } from './read-export.js';

let drop: () => Promise<void>;
let worker: Database;
let reader: Database;
let store: PostgresEventStore;
beforeAll(async () => {
  const database = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
  drop = database.drop;
  [worker, reader] = [new Database(database.url, 'touchline_worker'), new Database(database.url, 'touchline_reader')];
  store = new PostgresEventStore(worker);
});
afterAll(async () => {
  await store.close();
  await Promise.all([worker.close(), reader.close()]);
  await drop();
});

const append = (id: string, tenant = 'acme'): Append => ({
  stream: { tenant, category: 'customer', id: `c-${id}` }, expected: 'any',
  events: [{ source: 'test', id, type: 'ticket.opened', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: { ticket: id }, bodyHash: id }],
});
async function idsOf(range: Parameters<typeof readExport>[1], size?: number): Promise<string[]> {
  let text = '';
  for await (const slice of readExport(reader, range, size)) text += slice.text;
  return text.split('\n').slice(0, -1).map((line) => (JSON.parse(line) as { id: string }).id);
}

describe('An export of the log', () => {
  it('ends before an append that is still open, though a later one is there already, and both are in the next', async () => {
    await store.append([append('before')]);
    let [drawn, finish] = [(): void => undefined, (): void => undefined];
    const standing = new Promise<void>((resolve) => { drawn = resolve; });
    const going = new Promise<void>((resolve) => { finish = resolve; });
    const slow = worker.transaction(async (sql) => {
      await appendInTransaction(sql, [append('slow')]);
      drawn();
      await going;
    });
    await standing;
    await store.append([append('quick')]);
    const first = await exportRange(worker, { tenant: 'acme' });
    expect(await idsOf(first)).toEqual(['before']);
    await expect(exportRange(worker, { tenant: 'acme', to: `${first.epoch}.${first.upTo + 2}` })).rejects.toMatchObject({ parameter: 'to', early: true });
    finish();
    await slow;
    const second = await exportRange(worker, { tenant: 'acme', from: `${first.epoch}.${first.upTo}` });
    expect(await idsOf(second)).toEqual(['slow', 'quick']);
  });

  it('has every event of the tenant once, however large its pages are, and none of another', async () => {
    await store.append(Array.from({ length: 12 }, (_, n) => append(`n-${n}`, n % 3 === 0 ? 'globex' : 'acme')));
    const range = await exportRange(worker, { tenant: 'acme' });
    const rows = await worker.transaction((sql) => sql.query<{ id: string }>(`select id from log where tenant = 'acme' order by position`));
    for (const size of [1, 2, 5, rows.length, 1_000]) expect(await idsOf(range, size)).toEqual(rows.map(({ id }) => id));
    expect((await idsOf(await exportRange(worker, { tenant: 'globex' })))).toHaveLength(4);
    expect(await idsOf(await exportRange(worker, { tenant: 'nobody' }))).toEqual([]);
  });

  it('stops where the log begins another life meanwhile', async () => {
    const range = await exportRange(worker, { tenant: 'acme' });
    const slices = readExport(reader, range, 2);
    await slices.next();
    await store.beginEpoch('a test');
    await expect((async () => { for (;;) if ((await slices.next()).done) return; })()).rejects.toThrow('another life');
    await expect(exportRange(worker, { tenant: 'acme', from: `${range.epoch + 5}.1` })).rejects.toMatchObject({ name: expect.any(String), common: expect.any(String) });
  });
});
