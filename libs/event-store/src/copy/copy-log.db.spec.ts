import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parsePosition } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import { EventStoreDbStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import type { NewEvent } from '../event-store.js';
import { openEventStoreDb } from '../open-event-store.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { PAGES } from '../verify/pages.js';
import { verifyLog } from '../verify/verify-log.js';
import { type CopyEnd, copyLog } from './copy-log.js';

const EVENTS = 1_300;

describe('A copy of a log', () => {
  const server = new EventStoreDbStandIn();
  const ends: (() => Promise<unknown>)[] = [];
  let source: Database;

  beforeAll(async () => {
    await server.start();
    source = await database();
    const store = new PostgresEventStore(source);
    for (let start = 0; start < EVENTS; start += 100) {
      await store.append(Array.from({ length: 100 }, (_, index) => ({ stream: { tenant: 't1', category: 'customer', id: `c-${(start + index) % 7}` }, expected: 'any', events: [fact(start + index)] })));
    }
    await store.close();
  }, 60_000);
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    server.stop();
  });

  const database = async () => {
    const fresh = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    const worker = new Database(fresh.url, 'touchline_worker');
    ends.push(() => fresh.drop(), () => worker.close());
    return worker;
  };
  const flawsOf = async (worker: Database) => {
    let flaws: unknown[] = [];
    for await (const found of verifyLog(worker, PAGES)) flaws = [...found.flaws];
    return flaws;
  };
  const foreign = () => { server.log.append('order-service-17', 'any', [{ id: randomUUID(), type: 'OrderPlaced', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') }]); };
  /** Killed after so many events, by what it tells. */
  const killed = (from: CopyEnd, to: CopyEnd, after: number) => expect(copyLog(from, to, (events) => { if (events >= after) throw new Error('killed'); })).rejects.toThrow('killed');

  it('onto EventStoreDB and back keeps everything but the positions, which are kept beside; killed on the way it goes on where it was', async () => {
    const there = { worker: await database(), eventStore: 'eventstoredb', eventStoreUrl: server.url } as const;
    // Another program has streams that are named like ours.
    foreign();
    await killed({ worker: source }, there, 500);
    foreign();
    // Somewhere within a page, as a kill does: what was written then is passed over.
    await there.worker.statements((sql) => sql.query(`update log_copy set position = ''`));
    server.failNext('answer-lost');
    expect(await copyLog({ worker: source }, there, foreign)).toEqual({ events: EVENTS, streams: 7, differing: [] });
    expect(await flawsOf(there.worker)).toEqual([]);

    const back = { worker: await database() };
    await killed(there, back, 900);
    expect(await copyLog(there, back)).toEqual({ events: EVENTS, streams: 7, differing: [] });
    expect(await flawsOf(back.worker)).toEqual([]);

    const [first, last] = [await all(source), await all(back.worker)];
    expect(last.map(({ position: _, ...event }) => event)).toEqual(first.map(({ position: _, ...event }) => event));
    const log = openEventStoreDb(server.url, there.worker);
    const [middle] = await log.find('t1', [first[9]!]);
    await log.close();
    const originOf = async (worker: Database, position: string) => (await worker.statements((sql) => sql.query('select origin, recorded_at as "recordedAt" from event_origin where position = $1', [parsePosition(position).n])))[0];
    expect(await originOf(there.worker, middle!.position)).toEqual({ origin: first[9]!.position, recordedAt: new Date(first[9]!.recordedAt) });
    expect(await originOf(back.worker, last[9]!.position)).toMatchObject({ origin: middle!.position });
    // An id that was copied is taken.
    const again = new PostgresEventStore(back.worker);
    expect(await again.append([{ stream: { tenant: 't1', category: 'customer', id: 'c-0' }, expected: 'any', events: [fact(0)] }])).toMatchObject([{ status: 'duplicate', positions: [last[0]!.position] }]);
    await again.close();
  }, 120_000);

  it('says which streams differ, and is not made into a log that holds something else', async () => {
    const other = { worker: await database() };
    const store = new PostgresEventStore(other.worker);
    await store.append([{ stream: { tenant: 't1', category: 'customer', id: 'x' }, expected: 'any', events: [fact(1)] }]);
    await store.close();
    await expect(copyLog({ worker: source }, other)).rejects.toThrow(/not empty/);
    const good = { worker: await database() };
    await copyLog({ worker: source }, good);
    const late = new PostgresEventStore(good.worker);
    await late.append([{ stream: { tenant: 't1', category: 'customer', id: 'c-3' }, expected: 'any', events: [fact(EVENTS + 1)] }]);
    await late.close();
    expect((await copyLog({ worker: source }, good)).differing).toEqual(['t1/customer/c-3']);
  }, 60_000);
});

async function all(worker: Database) {
  const store = new PostgresEventStore(worker);
  const { events } = await store.readAll(null, EVENTS + 10);
  await store.close();
  return events;
}

function fact(count: number): NewEvent {
  return {
    source: 'test', id: `c${count}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' },
    ...(count % 3 === 0 ? { observedAt: '2026-01-06T10:00:00.000Z', importId: 'old' } : {}), data: { note: `n${count}`, odd: ['ü', null, 1.5] }, bodyHash: `h${count}`,
  };
}
