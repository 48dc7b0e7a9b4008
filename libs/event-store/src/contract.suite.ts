import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent, Position, StreamKey } from '#journey';
import { comparePositions, formatPosition, parsePosition } from '#journey';
import { type Append, type AppendVerdict, type EventStore, type ExpectedRevision, ForeignEpoch, type NewEvent } from './event-store.js';

/** One suite for every store: what an event store must do, whatever it is made of. */
export function eventStoreContract(name: string, open: () => Promise<EventStore>): void {
  describe(`${name} keeps the contract of an event store`, () => {
    let store: EventStore;
    let streams = 0;
    const newStream = (): StreamKey => ({ tenant: 't1', category: 'customer', id: `${RUN}-s${++streams}` });

    beforeAll(async () => { store = await open(); });
    afterAll(() => store.close());

    const append = async (stream: StreamKey, events: NewEvent[], expected: ExpectedRevision = 'any'): Promise<AppendVerdict> => (
      (await store.append([{ stream, expected, events }]))[0]!);

    it('gives back what was appended, in order, with revisions from 0', async () => {
      const stream = newStream();
      await append(stream, [fact('a'), fact('b')]);
      await append(stream, [fact('c')]);
      const events = await store.readStream(stream);
      expect(events.map(({ revision, data }) => [revision, data['note']])).toEqual([[0, 'a'], [1, 'b'], [2, 'c']]);
      expect(events.map(({ position }) => position)).toEqual([...events].map(({ position }) => position).sort(comparePositions));
      expect(events[0]).toMatchObject({ stream, type: 'x-test.noted', version: 1, source: 'test', occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, witnessed: true });
      expect(events[0]!.observedAt).toBe(events[0]!.recordedAt);
    });

    it('reads a stream backward and from a revision', async () => {
      const stream = newStream();
      await append(stream, ['a', 'b', 'c', 'd'].map((note) => fact(note)));
      const notes = async (options: Parameters<EventStore['readStream']>[1]) => (await store.readStream(stream, options)).map(({ data }) => data['note']);
      expect(await notes({ direction: 'backward' })).toEqual(['d', 'c', 'b', 'a']);
      expect(await notes({ direction: 'backward', from: 2, limit: 2 })).toEqual(['c', 'b']);
      expect(await notes({ from: 1, limit: 2 })).toEqual(['b', 'c']);
      expect(await store.readStream(newStream())).toEqual([]);
    });

    it('answers a repeated event with its first position, for ever, in any stream', async () => {
      const stream = newStream();
      const event = fact('once');
      const first = await append(stream, [event]);
      await append(stream, [fact('between')]);
      expect(await append(stream, [event])).toEqual({ ...first, status: 'duplicate' });
      expect(await append(newStream(), [event])).toEqual({ ...first, status: 'duplicate' });
      expect(await store.readStream(stream)).toHaveLength(2);
    });

    it('reports the same id with another body as a conflict and stores nothing of that append', async () => {
      const stream = newStream();
      const event = fact('said');
      const first = await append(stream, [event]);
      const verdict = await append(stream, [fact('new'), { ...event, bodyHash: 'other' }]);
      expect(verdict).toEqual({ status: 'conflict', event: { source: 'test', id: event.id }, position: first.status === 'appended' && first.positions[0] });
      expect(await store.readStream(stream)).toHaveLength(1);
    });

    it('gives each append of a call its own verdict, and later ones see earlier ones', async () => {
      const stream = newStream();
      const event = fact('twice');
      const verdicts = await store.append([
        { stream, expected: 'none', events: [event] },
        { stream, expected: 'none', events: [fact('refused')] },
        { stream: newStream(), expected: 'any', events: [event] },
        { stream, expected: 0, events: [fact('second')] },
      ]);
      expect(verdicts.map(({ status }) => status)).toEqual(['appended', 'wrong-revision', 'duplicate', 'appended']);
      expect(await store.readStream(stream)).toHaveLength(2);
    });

    it.each<[ExpectedRevision, number, boolean]>([
      ['none', 0, true], ['none', 1, false], ['exists', 0, false], ['exists', 1, true], [0, 1, true], [1, 1, false], [0, 0, false], ['any', 0, true],
    ])('holds an append that expects %p against a stream of %p events: accepted %p', async (expected, length, accepted) => {
      const stream = newStream();
      if (length > 0) await append(stream, [fact('first')]);
      const verdict = await append(stream, [fact('next')], expected);
      expect(verdict).toEqual(accepted ? expect.objectContaining({ status: 'appended' }) : { status: 'wrong-revision', actual: length === 0 ? null : length - 1 });
    });

    it('answers a repeated append as a duplicate even when the stream has moved on since', async () => {
      const stream = newStream();
      const event = fact('first');
      await append(stream, [event], 'none');
      expect(await append(stream, [event], 'none')).toMatchObject({ status: 'duplicate' });
    });

    it('lets an import say when a fact was known, but never later than it was recorded', async () => {
      const stream = newStream();
      await append(stream, [fact('old', { observedAt: '2026-01-06T08:00:00.000Z' }), fact('future', { observedAt: '2999-01-01T00:00:00.000Z' })]);
      const [old, future] = await store.readStream(stream);
      expect(old).toMatchObject({ observedAt: '2026-01-06T08:00:00.000Z', witnessed: false });
      expect(future!.observedAt).toBe(future!.recordedAt);
    });

    it.each([1, 200])('keeps every character, and what is said of knowing, with %i appends at once', async (count) => {
      const odd = 'unit\u001f, tab\t, line\nbreak\r, back\\slash \\n \\N \\., "quotes", {braces}, ü, 😀, \u2028';
      const streams = Array.from({ length: count }, newStream);
      const saying = (observedAt?: string): Append[] => streams.map((stream) => (
        { stream: { ...stream, id: `${stream.id} ${odd.slice(0, 40).replace(/[\t\n\r]/g, ' ')}` }, expected: 'any', events: [fact(odd, { data: { note: odd, [odd]: [null, 1.5, true, { deep: odd }] }, ...(observedAt ? { observedAt } : {}) })] }));
      const rounds = [saying(), saying('2026-01-06T08:00:00.123Z'), saying('2999-01-01T00:00:00.000Z')];
      for (const appends of rounds) expect((await store.append(appends)).every(({ status }) => status === 'appended')).toBe(true);
      for (const { stream } of rounds[0]!) {
        const events = await store.readStream(stream);
        expect(events.map(({ data }) => data)).toEqual(Array(3).fill({ note: odd, [odd]: [null, 1.5, true, { deep: odd }] }));
        expect(events.map(({ witnessed }) => witnessed)).toEqual([true, false, false]);
        expect(events.map(({ observedAt, recordedAt }) => (observedAt === recordedAt ? 'then' : observedAt))).toEqual(['then', '2026-01-06T08:00:00.123Z', 'then']);
      }
    });

    it.each([1, 3, 100])('keeps what facts belong together with, of %i at once and among those that say nothing of it; the same fact may say it otherwise', async (count) => {
      const all = { correlationId: `order 1 \u001f\u001d\u001e " \\ \t ]=x`, causationId: 'crm/7', traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
      const says: Partial<NewEvent>[] = [all, {}, { causationId: 'crm/8', importId: '=[' }, { ...all, importId: 'i' }, { importId: '["a"]\u001dx' }, { correlationId: '' }];
      const stream = newStream();
      const events = Array.from({ length: count }, (_, place) => fact('linked', says[place % says.length]));
      const links = ({ correlationId, causationId, traceParent, importId }: Partial<NewEvent>) => ({ correlationId, causationId, traceParent, importId });
      await append(stream, events);
      expect((await store.readStream(stream)).map(links)).toEqual(events.map(links));
      expect(await append(stream, [{ ...events[0]!, correlationId: 'another' }])).toMatchObject({ status: 'duplicate' });
      await append(stream, [events[0]!, ...says.map((each) => fact('beside a known one', each))]);
      expect((await store.readStream(stream, { from: count })).map(links)).toEqual(says.map(links));
      expect('correlationId' in (await store.readStream(stream, { from: count + 1 }))[0]!).toBe(false);
    });

    it('keeps tenants apart, also where ids are the same', async () => {
      const event = fact('mine');
      const stream = newStream();
      await append(stream, [event]);
      expect(await append({ ...stream, tenant: 't2' }, [{ ...event, bodyHash: 'other' }])).toMatchObject({ status: 'appended' });
      expect(await store.readStream({ ...stream, tenant: 't2' })).toHaveLength(1);
      expect(await store.find('t3', [event])).toEqual([]);
      expect(await store.find('t2', [event])).toHaveLength(1);
    });

    it('says beforehand which ids are taken, by which body and where', async () => {
      const [event, stream] = [fact('taken'), newStream()];
      const verdict = await append(stream, [event]);
      const position = verdict.status === 'appended' && verdict.positions[0];
      expect(await store.taken('t1', [event, fact('free')])).toEqual([{ source: event.source, id: event.id, bodyHash: event.bodyHash, position }]);
      expect(await store.taken('t2', [event])).toEqual([]);
    });

    it('reads the whole log in order, filtered by tenant, category, type and text, with a position to go on from', async () => {
      const before = await store.head();
      await append(newStream(), [fact('a'), fact('b', { type: 'x-test.other' })]);
      await append({ tenant: 't1', category: 'clock', id: 'days' }, [fact('c')]);
      const notes = (events: readonly JourneyEvent[]) => events.map(({ data }) => data['note']);
      expect(notes((await store.readAll(before, 10)).events)).toEqual(['a', 'b', 'c']);
      expect(notes((await store.readAll(before, 10, { types: ['x-test.noted'] })).events)).toEqual(['a', 'c']);
      expect(notes((await store.readAll(before, 10, { categories: ['clock'] })).events)).toEqual(['c']);
      expect(notes((await store.readAll(before, 10, { containing: ['"b"', '"c"'] })).events)).toEqual(['b', 'c']);
      expect(notes((await store.readAll(before, 10, { tenant: 't9' })).events)).toEqual([]);
      const first = await store.readAll(before, 2);
      expect(notes((await store.readAll(first.position, 10)).events)).toEqual(['c']);
      expect((await store.readAll(before, 10, { tenant: 't9' })).position).toBe(await store.head());
    });

    it('reads on from a position, batch by batch, up to what is final, and stops when it is left', async () => {
      const before = await store.head();
      await append(newStream(), ['a', 'b', 'c', 'd'].map((note) => fact(note)));
      await append({ tenant: 't1', category: 'clock', id: 'days' }, [fact('e')]);
      const pages: unknown[] = [];
      let position = before;
      for await (const batch of store.read(before, { batchSize: 2, filter: { categories: ['customer'] } })) {
        pages.push(batch.events.map(({ data }) => data['note']));
        position = batch.position;
      }
      expect(pages).toEqual([['a', 'b'], ['c', 'd'], []]);
      expect(position).toBe(await store.head());
      for await (const { events } of store.read(before, { batchSize: 1 })) {
        expect(events).toHaveLength(1);
        break;
      }
      await expect(store.read('99.1', { batchSize: 1 })[Symbol.asyncIterator]().next()).rejects.toThrow(ForeignEpoch);
    });

    it('refuses a position of another epoch', async () => {
      await expect(store.readAll('99.1', 1)).rejects.toThrow(ForeignEpoch);
      await expect(store.checkPosition('99.1')).rejects.toMatchObject({ common: expect.stringMatching(/^\d+\.0$/), lived: false });
      await expect(store.checkPosition(await store.head())).resolves.toBeUndefined();
    });

    it('refuses a position beyond its end, which only a log that was put back can be asked for', async () => {
      const head = await store.head();
      const { epoch, n } = parsePosition(head);
      await expect(store.readAll(formatPosition(epoch, n + 1_000), 1)).rejects.toMatchObject({ common: head });
    });

    it('leaves to the next reading what comes while it reads, and tells of it', async () => {
      const [start, stream, grown] = [await store.head(), newStream(), jest.fn()];
      await append(stream, ['there', 'too'].map((note) => fact(note)));
      const letGo = store.onGrowth(grown);
      const seen: unknown[] = [];
      const readOn = async (after: Position, meanwhile?: () => Promise<unknown>): Promise<Position> => {
        let last = after;
        for await (const { events, position } of store.read(after, { batchSize: 1, filter: { tenant: 't1' } })) {
          await meanwhile?.();
          meanwhile = undefined;
          seen.push(...events.map(({ data }) => data['note']));
          last = position;
        }
        return last;
      };
      const position = await readOn(start, () => append(stream, [fact('later')]));
      expect(seen).toEqual(['there', 'too']);
      for (let wait = 0; wait < 200 && grown.mock.calls.length === 0; wait++) await new Promise((wake) => setTimeout(wake, 25));
      expect(grown).toHaveBeenCalled();
      letGo();
      await readOn(position);
      expect(seen).toEqual(['there', 'too', 'later']);
    });

    it('holds for any mix of appends: each id once, revisions without gaps, positions rising', async () => {
      await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), fc.nat(12)), { minLength: 1, maxLength: 40 }), fc.uuid(), async (writes, run) => {
        const appends: Append[] = writes.map(([stream, id]) => (
          { stream: { tenant: 't4', category: 'customer', id: `${run}-${stream}` }, expected: 'any', events: [fact('any', { id: `${run}-${id}` })] }));
        const half = Math.floor(appends.length / 2);
        await Promise.all([store.append(appends.slice(0, half)), store.append(appends.slice(half))]);
        const events = (await Promise.all([0, 1, 2, 3].map((id) => store.readStream({ tenant: 't4', category: 'customer', id: `${run}-${id}` })))).flat();
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
        expect(events.map(({ id }) => id).sort()).toEqual([...new Set(writes.map(([, id]) => `${run}-${id}`))].sort());
        for (const id of [0, 1, 2, 3]) {
          const own = events.filter(({ stream }) => stream.id === `${run}-${id}`);
          expect(own.map(({ revision }) => revision)).toEqual(own.map((_, index) => index));
        }
      }), { numRuns: 25 });
    });
  });
}

/** So that the suite can be run again on a server that keeps what was written. */
const RUN = randomUUID().slice(0, 8);

let facts = 0;

function fact(note: string, rest: Partial<NewEvent> = {}): NewEvent {
  facts += 1;
  return {
    source: 'test', id: `${RUN}-e${facts}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z',
    actor: { kind: 'system', id: 'test' }, data: { note }, bodyHash: note, ...rest,
  };
}
