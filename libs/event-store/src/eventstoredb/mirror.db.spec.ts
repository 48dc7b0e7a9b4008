import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type JourneyEvent, parsePosition } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { EventStoreDbStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { examine } from '../doctor/examine.js';
import type { AppendVerdict, EventStore, NewEvent } from '../event-store.js';
import { openEventStore, openEventStoreDb, type OpenedStore, prepareLog, startMirror } from '../open-event-store.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { readTold } from '../postgres/read.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { LogNotWhole } from './compared.js';
import { propose } from './envelope.js';
import type { EventStoreDbStore } from './eventstoredb-store.js';
import { Mirror } from './mirror.js';
import { Reservations } from './reservations.js';
import { Server } from './server.js';
import { PAGES } from '../verify/pages.js';
import { verifyLog } from '../verify/verify-log.js';

describe('The mirror of EventStoreDB in PostgreSQL', () => {
  let server: EventStoreDbStandIn;
  let fresh: TestDatabase;
  let worker: Database;
  let store: OpenedStore;
  let log: EventStoreDbStore;
  const warnings: string[] = [];
  const ending: (() => Promise<unknown>)[] = [];
  const where = () => ({ eventStore: 'eventstoredb', eventStoreUrl: server.url } as const);

  beforeEach(async () => {
    warnings.splice(0);
    server = await new EventStoreDbStandIn().start();
    fresh = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    worker = new Database(fresh.url, 'touchline_worker');
    await prepareLog(worker, where());
    store = openEventStore(worker, where());
    log = openEventStoreDb(server.url, worker);
    ending.push(() => store.close(), () => log.close());
  });
  afterEach(async () => {
    for (const end of ending.splice(0)) await end();
    await worker.close();
    await fresh.drop();
    server.stop();
  });

  const follow = async (owner: string) => {
    const mirror = (await startMirror(where(), { worker, owner, warn: (message, error) => warnings.push(`${message}: ${String(error)}`) }))!;
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= mirror.stop());
    ending.unshift(stop);
    return { stop };
  };
  const append = (id: string, facts: readonly string[]) => store.append([{ stream: { tenant: 't1', category: 'customer', id }, expected: 'any', events: facts.map((note) => fact(note)) }]);
  const everything = async (of: EventStore): Promise<JourneyEvent[]> => {
    const events: JourneyEvent[] = [];
    for await (const batch of of.read(null, { batchSize: 100 })) events.push(...batch.events);
    return events;
  };
  const caughtUp = async (looks = 400) => {
    const head = await log.head();
    for (let waits = 0; await store.head() !== head; waits++) {
      if (waits > looks) throw new Error(`The mirror stands at ${await store.head()}, the server at ${head}.\n${warnings.join('\n')}`);
      await new Promise((wake) => setTimeout(wake, 25));
    }
  };
  const verified = async () => {
    let flaws: unknown[] = [];
    for await (const found of verifyLog(worker, PAGES)) flaws = [...found.flaws];
    return flaws;
  };

  it('holds the same events at the same positions in the same order, and what was reserved is let go', async () => {
    await append('before', ['a', 'b']);
    server.log.system('$stats');
    await follow('one');
    await append('a', ['c']);
    await append('before', ['d', 'e']);
    await caughtUp();
    expect(await everything(store)).toEqual(await everything(log));
    expect((await everything(store)).map(({ data }) => data['note'])).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await worker.statements((sql) => sql.query('select from reserved_id union all select from append_intent'))).toEqual([]);
    expect(await verified()).toEqual([]);
    expect((await append('a', ['c']))[0]).toMatchObject({ status: 'appended' });
  });

  it('shows what was appended by the time the append answers', async () => {
    await follow('one');
    await append('warm', ['up']);
    const [verdict] = await append('a', ['now']);
    expect(await store.head()).toBe(verdict!.status === 'appended' && verdict!.positions[0]);
  });

  it('knows an id for ever, in the mirror as on its way', async () => {
    const event = fact('once');
    const once = { stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any' as const, events: [event] };
    const [first] = await store.append([once]);
    await follow('one');
    await caughtUp();
    server.stop();
    await server.start();
    expect(await store.append([once])).toEqual([{ ...first, status: 'duplicate' }]);
    expect(await store.append([{ ...once, events: [{ ...event, bodyHash: 'other' }] }])).toMatchObject([{ status: 'conflict' }]);
    // Who looked before it was there, and reserves after it has moved from the reservations to the mirror.
    expect(await new Reservations(worker).reserve([{ batch: randomUUID(), stream: once.stream, firm: false, revision: 0, events: [propose('t1', event)], hashes: [event.bodyHash] }])).toBe(false);
  });

  it('goes on where it was after the server was away, and after another process has taken over', async () => {
    const one = await follow('one');
    await append('a', ['a']);
    await caughtUp();
    server.stop();
    await server.start();
    await append('a', ['b']);
    await caughtUp();
    await follow('two');
    await one.stop();
    await append('a', ['c']);
    await caughtUp();
    expect((await everything(store)).map(({ data }) => data['note'])).toEqual(['a', 'b', 'c']);
  }, 60_000);

  it('is kept by one process: what another writes under an older number is rolled back', async () => {
    const { stop } = await follow('one');
    await append('a', ['a']);
    await caughtUp();
    await worker.statements((sql) => sql.query(`update log_mirror set fence = fence + 1, owner = 'thief', expires_at = clock_timestamp() + interval '1 second'`));
    await log.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('b')] }]);
    await new Promise((wake) => setTimeout(wake, 500));
    expect(await everything(store)).toHaveLength(1);
    await caughtUp();
    expect(await everything(store)).toHaveLength(2);
    await stop();
  }, 60_000);

  it('is let go without a word by who has lost it to another, whatever its subscription says of being ended', async () => {
    const to = new Server(server.url);
    const ended = async function* (_: unknown, { signal }: { signal: AbortSignal }): AsyncGenerator<never> {
      await new Promise((wake) => { signal.addEventListener('abort', wake, { once: true }); });
      throw new Error('Premature close');
    };
    const mirror = new Mirror({ server: Object.assign(to, { follow: ended }), store: log, worker, owner: 'one', warn: (message, error) => warnings.push(`${message}: ${String(error)}`) });
    mirror.start();
    ending.unshift(() => mirror.stop());
    const owners = () => worker.statements((sql) => sql.query<{ owner: string | null }>('select owner from log_mirror'));
    while ((await owners())[0]!.owner !== 'one') await new Promise((wake) => setTimeout(wake, 25));
    await worker.statements((sql) => sql.query(`update log_mirror set fence = fence + 1, owner = 'another', expires_at = clock_timestamp() + interval '1 minute'`));
    await new Promise((wake) => setTimeout(wake, 800));
    expect(warnings).toEqual([]);
  });

  it('stands still when the server has lost events that it has, however much comes after them, and nothing is appended until a new epoch begins', async () => {
    const first = await follow('one');
    await append('a', ['a']);
    await caughtUp();
    await first.stop();
    const before = await everything(store);
    server.log.lose(parsePosition(before[0]!.position).n);
    for (const note of ['b', 'c', 'd']) await append('a', [note]);
    warnings.splice(0);
    const second = await follow('two');
    await new Promise((wake) => setTimeout(wake, 600));
    expect(warnings.join()).toMatch(/has lost events/);
    expect(await everything(store)).toEqual(before);
    await expect(append('a', ['e'])).rejects.toThrow(LogNotWhole);
    // What is lost is not called a duplicate when it is sent again.
    await expect(store.append([{ stream: before[0]!.stream, expected: 'any', events: [{ ...fact('a'), id: before[0]!.id }] }])).rejects.toThrow(LogNotWhole);
    expect((await examine(worker)).find(({ check }) => check === 'mirror')).toMatchObject({ status: 'fails', says: expect.stringContaining('has lost events') });
    await second.stop();
    await store.beginEpoch('put back');
    await expect(append('a', ['e'])).rejects.toThrow(/has not reached the end/);
    // Nothing was put back, though.
    await follow('three');
    await new Promise((wake) => setTimeout(wake, 600));
    await expect(append('a', ['e'])).rejects.toThrow(/has lost events/);
    expect(await everything(store)).toMatchObject([{ id: before[0]!.id }]);
  });

  it('is at the end again before anything is appended in a new epoch: until then not all ids are known', async () => {
    const first = await follow('one');
    await append('a', ['a']);
    await caughtUp();
    await first.stop();
    const event = fact('only on the server');
    const sent = { stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any' as const, events: [event] };
    const [there] = await log.append([sent]);
    // As after a restore of PostgreSQL from before that.
    const owner = new pg.Client(fresh.url);
    await owner.connect();
    await owner.query('delete from touchline.reserved_id');
    await owner.end();
    await store.beginEpoch('restored');
    await expect(store.append([sent])).rejects.toThrow(LogNotWhole);
    await follow('two');
    let again: AppendVerdict[] | undefined;
    for (let waits = 0; !again && waits < 100; waits++) again = await store.append([sent]).catch(() => new Promise<undefined>((wake) => { setTimeout(wake, 50, undefined); }));
    expect(again).toMatchObject([{ status: 'duplicate' }]);
    expect(placeOf(again![0])).toBe(placeOf(there));
    expect(await everything(store)).toHaveLength(2);
  });

  it('leaves out an event that PostgreSQL does not take, and says which, and goes on with all others', async () => {
    await follow('one');
    const doubled = fact('first');
    await store.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [doubled] }]);
    await caughtUp();
    const twice = propose('t1', doubled);
    const odd = propose('t1', { ...fact('odd'), version: 1.5 });
    server.log.hold();
    for (const [stream, event] of [['t1-customer-a', twice], ['t1-customer-b', odd]] as const) {
      server.log.append(stream, 'any', [{ id: randomUUID(), type: event.type, contentType: 'application/json', data: Buffer.from(JSON.stringify(event.data)), metadata: Buffer.from(JSON.stringify(event.metadata)) }]);
    }
    await log.append(['a', 'b', 'c'].map((id) => ({ stream: { tenant: 't1', category: 'customer', id }, expected: 'any', events: [fact(`after ${id}`)] })));
    server.log.goOn();
    await caughtUp();
    expect((await everything(store)).map(({ data }) => data['note']).sort()).toEqual(['after a', 'after b', 'after c', 'first']);
    expect(await verified()).toEqual([]);
    expect((await examine(worker)).find(({ check }) => check === 'refused')).toMatchObject({ status: 'warns', says: expect.stringMatching(/^2 events .* test\/m\d+ at \d+: error: /) });
    expect(warnings.filter((warning) => /leaves out/.test(warning))).toHaveLength(2);
    // What stands twice is known as it stood first, and what is left out is known too.
    expect(await store.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [doubled] }])).toMatchObject([{ status: 'duplicate' }]);
    expect(await store.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('more')] }])).toMatchObject([{ status: 'appended' }]);
  });

  it('is followed anew when the server has forgotten that it is followed', async () => {
    await follow('one');
    await append('a', ['a']);
    await caughtUp();
    server.log.hold();
    await log.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('b')] }]);
    await caughtUp(800);
    expect(warnings.join()).toMatch(/has told nothing for 10 s/);
  }, 60_000);

  it('is kept, and goes on, while what was left waits for a slow server; the doctor names it', async () => {
    await new Reservations(worker).reserve([{ batch: randomUUID(), stream: { tenant: 't1', category: 'customer', id: 'left' }, firm: false, revision: -1, events: [propose('t1', fact('left'))], hashes: ['left'] }]);
    await worker.statements((sql) => sql.query(`update append_intent set made_at = made_at - interval '3 minutes'`));
    server.failNext('silent');
    await follow('one');
    const kept = async () => (await worker.statements((sql) => sql.query<{ kept: boolean }>('select expires_at > clock_timestamp() as kept from log_mirror')))[0]!.kept;
    while (!await kept()) await new Promise((wake) => setTimeout(wake, 25));
    for (let looks = 0; looks < 50; looks++) {
      expect(await kept()).toBe(true);
      await new Promise((wake) => setTimeout(wake, 100));
    }
    await append('a', ['a']);
    await caughtUp();
    expect(await everything(store)).toHaveLength(1);
    expect((await examine(worker)).find(({ check }) => check === 'appends')).toMatchObject({ status: 'warns', says: expect.stringMatching(/^1 append.* t1\/customer\/left, batch/) });
  }, 60_000);

  it('is looked after by the doctor', async () => {
    const findings = async () => (await examine(worker)).filter(({ check }) => check === 'mirror').map(({ status }) => status);
    expect(await findings()).toEqual(['fails']);
    await follow('one');
    for (let waits = 0; waits < 200 && (await findings())[0] !== 'fine'; waits++) await new Promise((wake) => setTimeout(wake, 25));
    expect(await findings()).toEqual(['fine']);
    expect((await examine(worker)).find(({ check }) => check === 'room')).toMatchObject({ status: 'fine' });
  });

  it('lets who asks for what was known by a moment know until when all of it is there', async () => {
    await follow('one');
    await append('a', ['a']);
    const after = Date.now();
    for (let waits = 0; waits < 200 && Date.parse((await worker.statements(readTold)).until) < after; waits++) await new Promise((wake) => setTimeout(wake, 25));
    const { until, drawn, final } = await worker.statements(readTold);
    expect(Date.parse(until)).toBeGreaterThanOrEqual(after);
    expect([drawn, final]).toEqual([parsePosition(await store.head()).n, drawn]);
    // What another program writes to a stream that is named like ours is not waited for.
    server.log.append('order-service-17', 'any', [{ id: randomUUID(), type: 'OrderPlaced', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') }]);
    const then = Date.now();
    for (let waits = 0; waits < 200 && Date.parse((await worker.statements(readTold)).until) < then; waits++) await new Promise((wake) => setTimeout(wake, 25));
    expect(Date.parse((await worker.statements(readTold)).until)).toBeGreaterThanOrEqual(then);
    expect(await everything(store)).toHaveLength(1);
  });

  it('lies in partitions of ten thousand million positions, as these are bytes', async () => {
    await follow('one');
    await append('a', ['a']);
    await caughtUp();
    const bounds = await worker.statements((sql) => sql.query<{ bound: string }>(
      `select pg_get_expr(relpartbound, oid) as bound from pg_class where relname = 'log_1' and relnamespace = 'touchline'::regnamespace`));
    expect(bounds[0]!.bound).toContain(`'10000000000'`);
  });

  it('is appended to by nobody, and a log of one kind is not opened as the other', async () => {
    await expect(new PostgresEventStore(worker).append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('x')] }])).rejects.toThrow(/log_position/);
    await expect(prepareLog(worker, { eventStore: 'postgres' })).rejects.toThrow(/mirror of one on EventStoreDB/);
    const other = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    const own = new Database(other.url, 'touchline_worker');
    await new PostgresEventStore(own).append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('x')] }]);
    await expect(prepareLog(own, where())).rejects.toThrow(/holds a log of its own/);
    await own.close();
    await other.drop();
  });
});

const placeOf = (verdict: AppendVerdict | undefined) => verdict && 'positions' in verdict && parsePosition(verdict.positions[0]!).n;

let facts = 0;

function fact(note: string): NewEvent {
  facts += 1;
  return {
    source: 'test', id: `m${facts}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z',
    actor: { kind: 'system', id: 'test' }, data: { note }, bodyHash: note,
  };
}
