import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Append, Database, ensureTenant, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, PostgresEventStore } from '#event-store';
import { parsePosition } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { appendInTransaction } from '../../../event-store/src/postgres/append.js';
import { Feed, FeedEnded } from './feed.js';
import { passingOf } from './passing.js';
import { PostgresFeedLog } from './postgres-feed-log.js';

let fresh: TestDatabase;
let worker: Database;
let reader: Database;
let store: PostgresEventStore;
let log: PostgresFeedLog;
let feed: Feed;
let told = 0;

beforeAll(async () => {
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 8);
  reader = new Database(fresh.url, 'touchline_reader', 8);
  store = new PostgresEventStore(worker);
  for (const tenant of ['acme', 'globex']) await ensureTenant(worker, tenant, 'UTC');
  log = new PostgresFeedLog({ worker, reader, keys: new KeyRing(worker, parseMasterKey(generateMasterKey())) });
  feed = new Feed(log, (listener) => store.onGrowth(listener), () => undefined);
});
afterAll(async () => {
  feed.close();
  await store.close();
  await Promise.all([worker.close(), reader.close()]);
  await fresh.drop();
});

const fact = (id: string, { tenant = 'acme', category = 'customer', type = 'ticket.opened' } = {}): Append => ({ stream: { tenant, category, id: `c${told += 1}` }, expected: 'any', events: [
  { source: 'test', id, type, version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: { ticket: id, priority: 'high' }, bodyHash: id }] });
const open = async (types?: readonly string[]) => feed.open({ view: { tenant: 'acme', unseal: false }, from: parsePosition(await store.head()), ...passingOf(types ? { types } : {}) });
const soon = (ms = 5_000) => ({ until: performance.now() + ms, signal: new AbortController().signal });

describe('The feed of the log in PostgreSQL', () => {
  it('shows nothing behind an append that is still open, and then all in order', async () => {
    const listener = await open();
    let commit = () => {};
    const held = new Promise<void>((resolve) => { commit = resolve; });
    let drawn = () => {};
    const begun = new Promise<void>((resolve) => { drawn = resolve; });
    const slow = worker.transaction(async (sql) => {
      await appendInTransaction(sql, [fact('slow')]);
      drawn();
      await held;
    });
    await begun;
    await store.append([fact('quick')]);
    expect((await listener.next(soon(1_300))).events).toEqual([]);
    commit();
    await slow;
    expect((await listener.next(soon())).events.map(({ text }) => (JSON.parse(text) as { id: string }).id)).toEqual(['slow', 'quick']);
  });

  it('shows facts of customers and what follows from them, and nothing of other streams or tenants', async () => {
    const listener = await open();
    await store.append([fact('card', { category: 'scorecard' }), fact('other', { tenant: 'globex' }), fact('own', { type: 'x-own.noted' }), fact('derived', { category: 'insight', type: 'insight.health-band-changed' })]);
    expect((await listener.next(soon())).events.map(({ placed }) => placed.event.id)).toEqual(['own', 'derived']);
    expect([...await log.news(0, (await log.end()).n)].sort()).toEqual(['acme', 'globex']);
  });

  it('looks at a bounded part of the log at a time, and says how far', async () => {
    const from = (await log.end()).n;
    const [rare, all] = [await open(['survey.sent']), await open()];
    await store.append(Array.from({ length: 10_400 }, (_, index) => fact(`many-${index}`, index === 10_399 ? { type: 'survey.sent' } : {})));
    expect((await log.page({ tenant: 'acme', unseal: false }, { after: from, upTo: from + 10_400, limit: 20_000, segments: false })).upTo).toBe(from + 10_000);
    expect(await rare.page(10)).toMatchObject({ events: [], upTo: from + 10_000, atEnd: false });
    expect(await rare.page(10)).toMatchObject({ events: [{ n: from + 10_400 }], atEnd: true });
    let count = 0;
    while (count < 10_400) count += (await all.next(soon())).events.length;
    expect([count, all.position]).toEqual([10_400, await store.head()]);
  }, 30_000);

  it('ends when the log begins another life', async () => {
    const listener = await open();
    const waiting = listener.next(soon());
    await store.beginEpoch('a copy was put back');
    await waiting;
    await expect(listener.next(soon())).rejects.toThrow(FeedEnded);
  });
});
