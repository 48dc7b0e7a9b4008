import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { Database, eventStoreMigrations, ForeignEpoch, migrate, type NewEvent, PostgresEventStore } from '#event-store';
import { comparePositions, type JourneyEvent } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { type Start, startAt } from './start-at.js';

let fresh: TestDatabase;
let worker: Database;
let store: PostgresEventStore;
let all: readonly JourneyEvent[];
const at = (start: Start) => startAt(store, worker, start);
const MINUTE = 60_000;
const BEGAN = Date.parse('2026-03-01T08:00:00.000Z');

beforeAll(async () => {
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 4);
  store = new PostgresEventStore(worker);
  const event = (n: number): NewEvent => ({ source: 's', id: String(n), type: 'ticket.opened', version: 1, occurredAt: '2026-01-01T00:00:00.000Z', actor: { kind: 'system', id: 's' }, data: {}, bodyHash: '' });
  await store.append(Array.from({ length: 400 }, (_, n) => ({ stream: { tenant: `t${n % 3}`, category: 'customer', id: `c${n % 7}` }, expected: 'any' as const, events: [event(n)] })));
  const admin = new pg.Client(fresh.adminUrl);
  await admin.connect();
  // A minute between two facts, now and then an hour; some positions were never used; and who drew later was recorded up to nine seconds before.
  await admin.query(`
    delete from touchline.log where position % 5 = 0 or position between 100 and 140;
    update touchline.log set recorded_at = '2026-03-01T08:00:00Z'::timestamptz + (position / 2) * interval '1 minute' + (position / 50) * interval '1 hour' + case when position % 2 = 1 then interval '0' else interval '9 seconds' end`);
  await admin.end();
  all = (await store.readAll(null, 1_000)).events;
});
afterAll(async () => {
  await store.close();
  await worker.close();
  await fresh.drop();
});

describe('Where somebody begins', () => {
  it('is the beginning, now, or a position of this life of the log', async () => {
    expect(await at('beginning')).toBeNull();
    expect(await at('now')).toBe(await store.head());
    expect(await at({ position: all[7]!.position })).toBe(all[7]!.position);
    await expect(at({ position: '9.3' })).rejects.toThrow(ForeignEpoch);
  });

  it('by time has all that was recorded then or later behind it, and begins with such a fact', async () => {
    const head = await store.head();
    await fc.assert(fc.asyncProperty(fc.integer({ min: -100, max: 40_000 }), async (seconds) => {
      const time = new Date(BEGAN + seconds * 1_000).toISOString();
      const start = await at({ time });
      const first = all.findIndex(({ recordedAt }) => recordedAt >= time);
      const read = all.filter(({ position }) => start === null || comparePositions(position, start) > 0);
      expect(read.map(({ id }) => id)).toEqual(first < 0 ? [] : all.slice(first).map(({ id }) => id));
      if (first < 0) expect(start).toBe(head);
    }), { numRuns: 150 });
  });

  it('by a time to come is now', async () => {
    expect(await at({ time: new Date(Date.now() + 60 * MINUTE).toISOString() })).toBe(await store.head());
  });

  it('looks at no more than a few rows', async () => {
    const statements: string[] = [];
    const heard: Pick<Database, 'statements'> = { statements: (work) => worker.statements((sql) => work({ ...sql, query: (text, values, name) => { statements.push(text); return sql.query(text, values, name); } })) };
    await startAt(store, heard, { time: new Date(BEGAN + 90 * MINUTE).toISOString() });
    expect(statements.length).toBeLessThan(14);
    expect(statements.every((text) => text.endsWith('limit 1'))).toBe(true);
  });

  it('passes over nothing that is still being recorded', async () => {
    const slow = await worker.connect();
    try {
      await slow.query('begin');
      await slow.query('select log_floor_lock()');
      await slow.query(`select nextval('log_position')`);
      const before = await store.head();
      await store.append([{ stream: { tenant: 't1', category: 'customer', id: 'c1' }, expected: 'any', events: [{ source: 's', id: 'later', type: 'ticket.opened', version: 1, occurredAt: '2026-01-01T00:00:00.000Z', actor: { kind: 'system', id: 's' }, data: {}, bodyHash: '' }] }]);
      expect(await at({ time: new Date(Date.now() - MINUTE).toISOString() })).toBe(before);
    } finally {
      await slow.query('rollback');
      slow.release();
    }
  });
});
