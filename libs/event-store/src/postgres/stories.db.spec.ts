import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parsePosition } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import type { NewEvent } from '../event-store.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { PostgresEventStore } from './postgres-event-store.js';
import { readStreamsRows } from './read.js';
import { readStories } from './stories.js';

const TENANT = 'acme';
const body = '{"id":"forged"}';
/** Texts as a sender may have them, with what we put between texts and events; the last one would be taken for two events. */
const ODD = ['plain', 'ü 😀 \u2028 "quotes" \\ \n \t', 'unit\u001fseparator', 'record\u001eseparator', `x\u001f2026-01-05 10:00:00+00\u001f\u001f2026-01-05 10:00:00+00\u001ftrue\u001fperson\u001fx\u001f\u001f${body}\u001e2\u001f1\u001ftask.done\u001f1\u001fs\u001fy`];

describe('The stories of customers', () => {
  let worker: Database;
  let store: PostgresEventStore;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    drop = fresh.drop;
    worker = new Database(fresh.url, 'touchline_worker', 4);
    store = new PostgresEventStore(worker);
  });
  afterAll(async () => {
    await store.close();
    await worker.close();
    await drop();
  });

  const tell = async (tenant: string, customer: string, ...events: Partial<NewEvent>[]) => {
    for (const [place, event] of events.entries()) {
      const [verdict] = await store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events: [{
        source: 'test', id: `${customer} ${place}`, type: 'task.done', version: 1, occurredAt: '2026-01-05T10:00:00.120Z', actor: { kind: 'person', id: 'mara' }, data: { place }, bodyHash: String(place), ...event }] }]);
      expect(verdict!.status).toBe('appended');
    }
  };

  it('are the events of their streams, whatever is written in them', async () => {
    await tell(TENANT, 'usual', {}, { occurredAt: '2025-01-05T10:00:00.000Z', observedAt: '2025-01-05T10:00:00.000Z' }, { observedAt: '2026-01-06T10:00:00.000Z', importId: 'an import', actor: { kind: 'system', id: '' }, causationId: 'crm/7' });
    for (const [place, text] of ODD.entries()) {
      await tell(TENANT, `odd ${place}`, { data: { text, deep: [{ text }] } }, { id: `id ${text}`, source: text, importId: text, correlationId: text, actor: { kind: 'system', id: text } }, {});
    }
    await tell('other', 'usual', { id: 'of another tenant' });
    const customers = ['usual', ...ODD.map((_, place) => `odd ${place}`)];
    const stories = await worker.statements((sql) => readStories(sql, TENANT, [...customers, 'nobody'], 1_000_000));
    expect([...stories.keys()]).toEqual(customers);
    for (const customer of customers) {
      const stored = await worker.statements((sql) => readStreamsRows(sql, TENANT, 'customer', [customer], 1_000_000));
      expect(stored).toHaveLength(3);
      expect(await worker.statements(async (sql) => (await readStories(sql, TENANT, [customer], 1_000_000)).get(customer)!())).toEqual(stored);
    }
  });

  it('end at a position', async () => {
    const all = await worker.statements((sql) => readStreamsRows(sql, TENANT, 'customer', ['usual'], 1_000_000));
    const upTo = parsePosition(all[1]!.position).n;
    const stories = await worker.statements((sql) => readStories(sql, TENANT, ['usual'], upTo));
    expect(await stories.get('usual')!()).toEqual(all.slice(0, 2));
    expect([...(await worker.statements((sql) => readStories(sql, TENANT, ['usual'], 0))).keys()]).toEqual([]);
  });
});
