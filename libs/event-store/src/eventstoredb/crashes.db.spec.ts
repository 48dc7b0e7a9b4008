import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parsePosition } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { EventStoreDbStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import type { Append, AppendVerdict, ExpectedRevision, NewEvent } from '../event-store.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { EventStoreDbStore } from './eventstoredb-store.js';
import { mirrorRows } from './mirror-rows.js';
import { Reservations } from './reservations.js';
import { Server } from './server.js';

class Killed extends Error {}

/** The object, but that a process dies at the first call of a method: before it is done, or after, without hearing of it. */
function dying<T extends object>(target: T, method: keyof T, when: 'before' | 'after'): T {
  let alive = true;
  return new Proxy(target, {
    get: (_, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      const work = value.bind(target) as (...values: unknown[]) => unknown;
      if (name !== method) return work;
      return async (...values: unknown[]) => {
        if (!alive) return work(...values);
        if (when === 'after') await work(...values);
        alive = false;
        throw new Killed();
      };
    },
  });
}

describe('A process that dies while it appends to EventStoreDB (a stand-in, no real server)', () => {
  const server = new EventStoreDbStandIn();
  let fresh: TestDatabase;
  let worker: Database;
  let healthy: EventStoreDbStore;
  let stream: { tenant: string; category: string; id: string };
  let [streams, facts] = [0, 0];
  const opened: EventStoreDbStore[] = [];

  beforeAll(async () => {
    await server.start();
    fresh = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    worker = new Database(fresh.url, 'touchline_worker');
    healthy = open();
  });
  beforeEach(() => { stream = { tenant: 't1', category: 'customer', id: `s${++streams}` }; });
  afterAll(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await worker.close();
    await fresh.drop();
    server.stop();
  });

  const open = (ofServer = (one: Server) => one, ofIds = (one: Reservations) => one) => {
    const store = new EventStoreDbStore(ofServer(new Server(server.url)), ofIds(new Reservations(worker)), worker);
    opened.push(store);
    return store;
  };
  const fact = (note: string): NewEvent => ({
    source: 'test', id: `k${++facts}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: { note }, bodyHash: note });
  const of = (events: readonly NewEvent[], expected: ExpectedRevision = 'any'): Append[] => [{ stream, expected, events }];
  const notes = async () => (await healthy.readStream(stream)).map(({ data }) => data['note']);
  const positionsOf = (verdict: AppendVerdict | undefined) => (verdict && 'positions' in verdict ? verdict.positions : []);
  const pending = () => worker.statements((sql) => sql.query('select from append_intent'));

  const deaths: [string, () => EventStoreDbStore][] = [
    ['before it has reserved', () => open(undefined, (ids) => dying(ids, 'reserve', 'before'))],
    ['after it has reserved', () => open(undefined, (ids) => dying(ids, 'reserve', 'after'))],
    ['before it sends', () => open((one) => dying(one, 'append', 'before'))],
    ['after the server has stored', () => open((one) => dying(one, 'append', 'after'))],
    ['before it looks where the events stand', () => open((one) => dying(one, 'part', 'before'))],
    ['after it has looked', () => open((one) => dying(one, 'part', 'after'))],
    ['before it confirms', () => open(undefined, (ids) => dying(ids, 'confirm', 'before'))],
    ['after it has confirmed', () => open(undefined, (ids) => dying(ids, 'confirm', 'after'))],
  ];

  describe.each(deaths)('%s', (_, dies) => {
    it.each([false, true])('leaves nothing doubled, nor half of an append, when it is sent again; another has written meanwhile: %p', async (meanwhile) => {
      await healthy.append(of([fact('first')]));
      const events = [fact('a'), fact('b')];
      await expect(dies().append(of(events))).rejects.toThrow(Killed);
      if (meanwhile) await healthy.append(of([fact('between')]));
      server.stop();
      await server.start();
      const [verdict] = await open().append(of(events));
      const [again] = await open().append(of(events));
      expect(again).toEqual({ status: 'duplicate', positions: positionsOf(verdict) });
      expect((await notes()).filter((note) => note !== 'between')).toEqual(['first', 'a', 'b']);
      expect((await healthy.readStream(stream)).map(({ revision }) => revision)).toEqual((await notes()).map((__, index) => index));
      expect(await healthy.find('t1', events)).toHaveLength(2);
      expect(await pending()).toEqual([]);
    });

    it('answers what is sent of it in another way as of one append: a part, to another stream, with another body', async () => {
      const events = [fact('a'), fact('b')];
      await expect(dies().append(of(events))).rejects.toThrow(Killed);
      const elsewhere = { ...stream, id: `${stream.id}-other` };
      const [verdict] = await healthy.append([{ stream: elsewhere, expected: 'any', events: [events[1]!] }]);
      const there = await healthy.readStream(elsewhere);
      // Nothing was reserved: then it is new wherever it comes. Else it is where it was first sent to.
      expect([there.length, await notes()]).toEqual(verdict!.status === 'appended' ? [1, []] : [0, ['a', 'b']]);
      expect(await healthy.append(of([{ ...events[1]!, bodyHash: 'other' }]))).toMatchObject([{ status: 'conflict', position: positionsOf(verdict)[0] }]);
      expect(await pending()).toEqual([]);
    });
  });

  it('lets go an append whose expectation came to fail: its id is free, and what is sent later is stored', async () => {
    const event = fact('late');
    await expect(open(undefined, (ids) => dying(ids, 'reserve', 'after')).append(of([event], 'none'))).rejects.toThrow(Killed);
    const rival = open();
    await rival.append(of([fact('rival')]));
    expect(await rival.append(of([event], 'none'))).toEqual([{ status: 'wrong-revision', actual: 0 }]);
    expect(await rival.append(of([event]))).toMatchObject([{ status: 'appended' }]);
    expect(await notes()).toEqual(['rival', 'late']);
  });

  it('is slow, not dead: who is overtaken finds its events where the other has put them', async () => {
    const event = fact('slow');
    let goOn!: () => void;
    const gate = new Promise<void>((resolve) => { goOn = resolve; });
    let reached!: () => void;
    const waiting = new Promise<void>((resolve) => { reached = resolve; });
    const slow = open((one) => new Proxy(one, { get: (_, name) => {
      const value = Reflect.get(one, name) as unknown;
      if (name === 'append') return async (...values: Parameters<Server['append']>) => { reached(); await gate; return one.append(...values); };
      return typeof value === 'function' ? value.bind(one) : value;
    } }));
    const late = slow.append(of([event]));
    await waiting;
    await healthy.append(of([fact('first')]));
    const [verdict] = await healthy.append(of([event]));
    goOn();
    expect(positionsOf((await late)[0])).toEqual(positionsOf(verdict));
    expect(await notes()).toEqual(['first', 'slow']);
  });

  it('leaves nothing doubled of what is too much for one append, when two others meet the later part of it', async () => {
    await healthy.append(of([fact('first')]));
    const large = () => ({ ...fact('large'), data: { note: 'large', text: 'x'.repeat(200_000) } });
    const [before, after] = [large(), large()];
    await expect(open(undefined, (ids) => dying(ids, 'reserve', 'after')).append([...of([before]), ...of([after])])).rejects.toThrow(Killed);
    let [goOn, reached] = [() => {}, () => {}];
    const gate = new Promise<void>((resolve) => { goOn = resolve; });
    const waiting = new Promise<void>((resolve) => { reached = resolve; });
    const slow = open((one) => new Proxy(one, { get: (_, name) => {
      const value = Reflect.get(one, name) as unknown;
      if (name === 'append') return async (...values: Parameters<Server['append']>) => { reached(); await gate; return one.append(...values); };
      return typeof value === 'function' ? value.bind(one) : value;
    } }));
    const late = slow.append(of([after]));
    await waiting;
    await healthy.append(of([after]));
    await healthy.finishStale(0);
    goOn();
    await late;
    expect((await healthy.readStream(stream)).map(({ id }) => id).slice(1).sort()).toEqual([before.id, after.id].sort());
    expect(await pending()).toEqual([]);
  });

  it('knows where all of an append stands of which the mirror has only a part yet', async () => {
    const events = [fact('a'), fact('b')];
    await expect(open(undefined, (ids) => dying(ids, 'confirm', 'before')).append(of(events))).rejects.toThrow(Killed);
    // As the mirror does whose page ended after the first, and which then died.
    const [stored] = await healthy.readStream(stream);
    const { n } = parsePosition(stored!.position);
    await worker.transaction((sql) => mirrorRows(sql, [{ event: stored!, n, bodyHash: 'a', origin: undefined }], 10_000_000));
    expect(await healthy.append(of(events))).toMatchObject([{ status: 'duplicate' }]);
    expect(await notes()).toEqual(['a', 'b']);
    expect(await pending()).toEqual([]);
  });

  it('stores all others of a call of which one is too large for the server, says which setting that is, and lets its ids go', async () => {
    const other = { ...stream, id: `${stream.id}-large` };
    const large = { ...fact('large'), data: { note: 'large', text: 'x'.repeat(1_100_000) } };
    const rest = Array.from({ length: 100 }, (_, index) => ({ stream: { ...stream, id: `${stream.id}-${index}` }, expected: 'any' as const, events: [fact('rest')] }));
    await expect(healthy.append([{ stream: other, expected: 'any', events: [large] }, ...rest])).rejects.toThrow(/MaxAppendSize \(1048576 bytes\)/);
    expect(await pending()).toEqual([]);
    expect((await healthy.append(rest)).map(({ status }) => status)).toEqual(rest.map(() => 'duplicate'));
    expect(await healthy.append([{ stream: other, expected: 'any', events: [{ ...large, data: { note: 'smaller' } }] }])).toMatchObject([{ status: 'appended' }]);
  });

  it.each(['denied', 'deleted'] as const)('keeps what the server does not take now (%s), and finishes it when it does', async (fault) => {
    const event = fact('later');
    server.failNext(fault);
    await expect(healthy.append(of([event]))).rejects.toMatchObject({ type: fault === 'denied' ? 'access-denied' : 'stream-deleted' });
    expect(await pending()).toHaveLength(1);
    server.failNext(fault);
    await expect(healthy.finishStale(0)).rejects.toThrow(`In the stream t1-customer-${stream.id} (batch `);
    await healthy.finishStale(0);
    expect(await notes()).toEqual(['later']);
    expect(await pending()).toEqual([]);
  });

  it('tries again by itself while the server is away or its answer is lost', async () => {
    server.failNext('answer-lost', 'refused', 'answer-lost');
    expect(await healthy.append(of([fact('a'), fact('b')]))).toMatchObject([{ status: 'appended' }]);
    expect(await notes()).toEqual(['a', 'b']);
  });

  it('tries again what the server never answers, after the time that the connection string gives it', async () => {
    const impatient = new EventStoreDbStore(new Server(`${server.url}&defaultDeadline=200`), new Reservations(worker), worker);
    opened.push(impatient);
    server.failNext('silent', 'silent');
    const began = Date.now();
    expect(await impatient.append(of([fact('a')]))).toMatchObject([{ status: 'appended' }]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(400);
    expect(await notes()).toEqual(['a']);
  });

  it('is finished by who looks after what was left, without being sent again', async () => {
    await expect(open(undefined, (ids) => dying(ids, 'reserve', 'after')).append(of([fact('left')]))).rejects.toThrow(Killed);
    expect(await notes()).toEqual([]);
    await healthy.finishStale(0);
    expect(await notes()).toEqual(['left']);
    expect(await pending()).toEqual([]);
  });

  it('leaves no call with the client', async () => {
    for (let count = 0; count < 30; count++) await healthy.append(of([fact('x')]));
    for await (const { events } of healthy.read(null, { batchSize: 1 })) if (events.length > 0) break;
    await new Promise((wake) => setTimeout(wake, 100));
    const client = await (healthy as unknown as { server: { client(): Promise<{ disposableStreams: Set<unknown> }> } }).server.client();
    // The one in which appends go.
    expect(client.disposableStreams.size).toBeLessThanOrEqual(1);
  });
});
