import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { parsePosition } from '#journey';
import { examine } from '../doctor/examine.js';
import type { AppendVerdict } from '../event-store.js';
import { LogNotWhole } from './compared.js';
import { propose } from './envelope.js';
import { Mirror } from './mirror.js';
import { Reservations } from './reservations.js';
import { Server } from './server.js';
import { fact, Mirrored } from './testing/mirrored.js';

describe('The mirror of EventStoreDB, when something is wrong', () => {
  const on = new Mirrored();

  it('is let go without a word by who has lost it to another, whatever its subscription says of being ended', async () => {
    const to = new Server(on.server.url);
    const ended = async function* (__: unknown, { signal }: { signal: AbortSignal }): AsyncGenerator<never> {
      yield await new Promise<never>((_, reject) => { signal.addEventListener('abort', () => reject(new Error('Premature close')), { once: true }); });
    };
    const mirror = new Mirror({ server: Object.assign(to, { follow: ended }), store: on.log, worker: on.worker, owner: 'one', warn: on.warn });
    mirror.start();
    on.ending.unshift(() => mirror.stop());
    const owners = () => on.worker.statements((sql) => sql.query<{ owner: string | null }>('select owner from log_mirror'));
    while ((await owners())[0]!.owner !== 'one') await new Promise((wake) => setTimeout(wake, 25));
    await on.worker.statements((sql) => sql.query(`update log_mirror set fence = fence + 1, owner = 'another', expires_at = clock_timestamp() + interval '1 minute'`));
    await new Promise((wake) => setTimeout(wake, 800));
    expect(on.warnings).toEqual([]);
  });

  it('stands still when the server has lost events that it has, however much comes after them, and nothing is appended until a new epoch begins', async () => {
    const first = await on.follow('one');
    await on.append('a', ['a']);
    await on.caughtUp();
    await first.stop();
    const before = await on.everything();
    on.server.log.lose(parsePosition(before[0]!.position).n);
    for (const note of ['b', 'c', 'd']) await on.append('a', [note]);
    on.warnings.splice(0);
    const second = await on.follow('two');
    await new Promise((wake) => setTimeout(wake, 600));
    expect(on.warnings.join()).toMatch(/has lost events/);
    expect(await on.everything()).toEqual(before);
    await expect(on.append('a', ['e'])).rejects.toThrow(LogNotWhole);
    // What is lost is not called a duplicate when it is sent again.
    await expect(on.store.append([{ stream: before[0]!.stream, expected: 'any', events: [{ ...fact('a'), id: before[0]!.id }] }])).rejects.toThrow(LogNotWhole);
    expect((await examine(on.worker)).find(({ check }) => check === 'mirror')).toMatchObject({ status: 'fails', says: expect.stringContaining('has lost events') });
    await second.stop();
    await on.store.beginEpoch('put back');
    await expect(on.append('a', ['e'])).rejects.toThrow(/has not reached the end/);
    // Nothing was put back, though.
    await on.follow('three');
    await new Promise((wake) => setTimeout(wake, 600));
    await expect(on.append('a', ['e'])).rejects.toThrow(/has lost events/);
    expect(await on.everything()).toMatchObject([{ id: before[0]!.id }]);
  });

  it('is at the end again before anything is appended in a new epoch: until then not all ids are known', async () => {
    const first = await on.follow('one');
    await on.append('a', ['a']);
    await on.caughtUp();
    await first.stop();
    const event = fact('only on the server');
    const sent = { stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any' as const, events: [event] };
    const [there] = await on.log.append([sent]);
    // As after a restore of PostgreSQL from before that.
    const owner = new pg.Client(on.fresh.url);
    await owner.connect();
    await owner.query('delete from touchline.reserved_id');
    await owner.end();
    await on.store.beginEpoch('restored');
    await expect(on.store.append([sent])).rejects.toThrow(LogNotWhole);
    await on.follow('two');
    let again: AppendVerdict[] | undefined;
    for (let waits = 0; !again && waits < 100; waits++) again = await on.store.append([sent]).catch(() => new Promise<undefined>((wake) => { setTimeout(wake, 50, undefined); }));
    expect(again).toMatchObject([{ status: 'duplicate' }]);
    expect(placeOf(again![0])).toBe(placeOf(there));
    expect(await on.everything()).toHaveLength(2);
  });

  it('leaves out an event that PostgreSQL does not take, and says which, and goes on with all others', async () => {
    await on.follow('one');
    const doubled = fact('first');
    await on.store.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [doubled] }]);
    await on.caughtUp();
    const twice = propose('t1', doubled);
    const odd = propose('t1', { ...fact('odd'), version: 1.5 });
    on.server.log.hold();
    for (const [stream, event] of [['t1-customer-a', twice], ['t1-customer-b', odd]] as const) {
      on.server.log.append(stream, 'any', [{ id: randomUUID(), type: event.type, contentType: 'application/json', data: Buffer.from(JSON.stringify(event.data)), metadata: Buffer.from(JSON.stringify(event.metadata)) }]);
    }
    await on.log.append(['a', 'b', 'c'].map((id) => ({ stream: { tenant: 't1', category: 'customer', id }, expected: 'any', events: [fact(`after ${id}`)] })));
    on.server.log.goOn();
    await on.caughtUp();
    expect((await on.everything()).map(({ data }) => data['note']).sort()).toEqual(['after a', 'after b', 'after c', 'first']);
    expect(await on.flaws()).toEqual([]);
    expect((await examine(on.worker)).find(({ check }) => check === 'refused')).toMatchObject({ status: 'warns', says: expect.stringMatching(/^2 events .* test\/m\d+ at \d+: error: /) });
    expect(on.warnings.filter((warning) => /leaves out/.test(warning))).toHaveLength(2);
    // What stands twice is known as it stood first, and what is left out is known too.
    expect(await on.store.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [doubled] }])).toMatchObject([{ status: 'duplicate' }]);
    expect(await on.store.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('more')] }])).toMatchObject([{ status: 'appended' }]);
  });

  it('is followed anew when the server has forgotten that it is followed', async () => {
    await on.follow('one');
    await on.append('a', ['a']);
    await on.caughtUp();
    on.server.log.hold();
    await on.log.append([{ stream: { tenant: 't1', category: 'customer', id: 'a' }, expected: 'any', events: [fact('b')] }]);
    await on.caughtUp(800);
    expect(on.warnings.join()).toMatch(/has told nothing for 10 s/);
  }, 60_000);

  it('is kept, and goes on, while what was left waits for a slow server; the doctor names it', async () => {
    await new Reservations(on.worker).reserve([{ batch: randomUUID(), stream: { tenant: 't1', category: 'customer', id: 'left' }, firm: false, revision: -1, events: [propose('t1', fact('left'))], hashes: ['left'] }]);
    await on.worker.statements((sql) => sql.query(`update append_intent set made_at = made_at - interval '3 minutes'`));
    on.server.failNext('silent');
    await on.follow('one');
    const kept = async () => (await on.worker.statements((sql) => sql.query<{ kept: boolean }>('select expires_at > clock_timestamp() as kept from log_mirror')))[0]!.kept;
    while (!await kept()) await new Promise((wake) => setTimeout(wake, 25));
    for (let looks = 0; looks < 50; looks++) {
      expect(await kept()).toBe(true);
      await new Promise((wake) => setTimeout(wake, 100));
    }
    await on.append('a', ['a']);
    await on.caughtUp();
    expect(await on.everything()).toHaveLength(1);
    expect((await examine(on.worker)).find(({ check }) => check === 'appends')).toMatchObject({ status: 'warns', says: expect.stringMatching(/^1 append.* t1\/customer\/left, batch/) });
  }, 60_000);
});

const placeOf = (verdict: AppendVerdict | undefined) => verdict && 'positions' in verdict && parsePosition(verdict.positions[0]!).n;
