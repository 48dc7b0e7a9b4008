import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parsePosition } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import { examine } from '../doctor/examine.js';
import { prepareLog } from '../open-event-store.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { readTold } from '../postgres/read.js';
import { propose } from './envelope.js';
import { Reservations } from './reservations.js';
import { fact, Mirrored } from './testing/mirrored.js';

describe('The mirror of EventStoreDB in PostgreSQL', () => {
  const on = new Mirrored();

  it('holds the same events at the same positions in the same order, and what was reserved is let go', async () => {
    await on.append('before', ['a', 'b']);
    on.server.log.system('$stats');
    await on.follow('one');
    await on.append('a', ['c']);
    await on.append('before', ['d', 'e']);
    await on.caughtUp();
    expect(await on.everything()).toEqual(await on.everything(on.log));
    expect((await on.everything()).map(({ data }) => data['note'])).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await on.worker.statements((sql) => sql.query('select from reserved_id union all select from append_intent'))).toEqual([]);
    expect(await on.flaws()).toEqual([]);
    expect((await on.append('a', ['c']))[0]).toMatchObject({ status: 'appended' });
  });

  it('shows what was appended by the time the append answers', async () => {
    await on.follow('one');
    await on.append('warm', ['up']);
    const [verdict] = await on.append('a', ['now']);
    expect(await on.store.head()).toBe(verdict!.status === 'appended' && verdict!.positions[0]);
  });

  it('is not waited for longer than a while: what the server has stored is acknowledged though nobody shows it yet', async () => {
    await on.follow('one');
    await on.append('a', ['shown']);
    await on.caughtUp();
    on.server.log.hold();
    expect(await on.append('a', ['later'])).toMatchObject([{ status: 'appended' }]);
    expect(await on.everything()).toHaveLength(1);
    on.server.log.goOn();
    await on.caughtUp();
    expect((await on.everything()).map(({ data }) => data['note'])).toEqual(['shown', 'later']);
  });

  it('knows an id for ever, in the mirror as on its way', async () => {
    const event = fact('once');
    const once = { stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any' as const, events: [event] };
    const [first] = await on.store.append([once]);
    await on.follow('one');
    await on.caughtUp();
    on.server.stop();
    await on.server.start();
    expect(await on.store.append([once])).toEqual([{ ...first, status: 'duplicate' }]);
    expect(await on.store.append([{ ...once, events: [{ ...event, bodyHash: 'other' }] }])).toMatchObject([{ status: 'conflict' }]);
    // Who looked before it was there, and reserves after it has moved from the reservations to the mirror.
    expect(await new Reservations(on.worker).reserve([{ batch: randomUUID(), stream: once.stream, firm: false, revision: 0, events: [propose('t1', event)], hashes: [event.bodyHash] }])).toBe(false);
  });

  it('goes on where it was after the server was away, and after another process has taken over', async () => {
    const one = await on.follow('one');
    await on.append('a', ['a']);
    await on.caughtUp();
    on.server.stop();
    await on.server.start();
    await on.append('a', ['b']);
    await on.caughtUp();
    await on.follow('two');
    await one.stop();
    await on.append('a', ['c']);
    await on.caughtUp();
    expect((await on.everything()).map(({ data }) => data['note'])).toEqual(['a', 'b', 'c']);
  }, 60_000);

  it('is kept by one process: what another writes under an older number is rolled back', async () => {
    const { stop } = await on.follow('one');
    await on.append('a', ['a']);
    await on.caughtUp();
    await on.worker.statements((sql) => sql.query(`update log_mirror set fence = fence + 1, owner = 'thief', expires_at = clock_timestamp() + interval '1 second'`));
    await on.log.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('b')] }]);
    await new Promise((wake) => setTimeout(wake, 500));
    expect(await on.everything()).toHaveLength(1);
    await on.caughtUp();
    expect(await on.everything()).toHaveLength(2);
    await stop();
  }, 60_000);

  it('is looked after by the doctor', async () => {
    const findings = async () => (await examine(on.worker)).filter(({ check }) => check === 'mirror').map(({ status }) => status);
    expect(await findings()).toEqual(['fails']);
    await on.follow('one');
    for (let waits = 0; waits < 200 && (await findings())[0] !== 'fine'; waits++) await new Promise((wake) => setTimeout(wake, 25));
    expect(await findings()).toEqual(['fine']);
    expect((await examine(on.worker)).find(({ check }) => check === 'room')).toMatchObject({ status: 'fine' });
  });

  it('lets who asks for what was known by a moment know until when all of it is there', async () => {
    await on.follow('one');
    await on.append('a', ['a']);
    const after = Date.now();
    for (let waits = 0; waits < 200 && Date.parse((await on.worker.statements(readTold)).until) < after; waits++) await new Promise((wake) => setTimeout(wake, 25));
    const { until, drawn, final } = await on.worker.statements(readTold);
    expect(Date.parse(until)).toBeGreaterThanOrEqual(after);
    expect([drawn, final]).toEqual([parsePosition(await on.store.head()).n, drawn]);
    // What another program writes to a stream that is named like ours is not waited for.
    on.server.log.append('order-service-17', 'any', [{ id: randomUUID(), type: 'OrderPlaced', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') }]);
    const then = Date.now();
    for (let waits = 0; waits < 200 && Date.parse((await on.worker.statements(readTold)).until) < then; waits++) await new Promise((wake) => setTimeout(wake, 25));
    expect(Date.parse((await on.worker.statements(readTold)).until)).toBeGreaterThanOrEqual(then);
    expect(await on.everything()).toHaveLength(1);
  });

  it('lies in partitions of ten thousand million positions, as these are bytes', async () => {
    await on.follow('one');
    await on.append('a', ['a']);
    await on.caughtUp();
    const bounds = await on.worker.statements((sql) => sql.query<{ bound: string }>(
      `select pg_get_expr(relpartbound, oid) as bound from pg_class where relname = 'log_1' and relnamespace = 'touchline'::regnamespace`));
    expect(bounds[0]!.bound).toContain(`'10000000000'`);
  });

  it('is appended to by nobody, and a log of one kind is not opened as the other', async () => {
    await expect(new PostgresEventStore(on.worker).append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('x')] }])).rejects.toThrow(/log_position/);
    await expect(prepareLog(on.worker, { eventStore: 'postgres' })).rejects.toThrow(/mirror of one on EventStoreDB/);
    const other = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    const own = new Database(other.url, 'touchline_worker');
    await new PostgresEventStore(own).append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('x')] }]);
    await expect(prepareLog(own, on.where)).rejects.toThrow(/holds a log of its own/);
    await own.close();
    await other.drop();
  });
});
