import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { type AgendaItem, Database, ensureTenant, type EventStore, eventStoreMigrations, examine, migrate, type NewEvent, type Outcome, pendingOf, PostgresEventStore, type Reaction, type ReactionWork, Reactor } from '../index.js';

const DAY_MS = 86_400_000;
let told = 0;

const fact = (type: string, data: Record<string, unknown>, occurredAt = new Date(), observedAt = occurredAt): NewEvent => {
  const id = `f${++told}`;
  return { source: 'test', id, type, version: 1, occurredAt: occurredAt.toISOString(), observedAt: observedAt.toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: id };
};

describe('A reaction', () => {
  let fresh: TestDatabase;
  let worker: Database;
  let store: PostgresEventStore;
  let clock: number;
  const warnings: string[] = [];
  const running: Reactor[] = [];

  beforeEach(async () => {
    fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    worker = new Database(fresh.url, 'touchline_worker', 8);
    store = new PostgresEventStore(worker);
    await ensureTenant(worker, 'acme', 'Europe/Berlin');
    clock = Date.now();
    warnings.length = 0;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((reactor) => reactor.stop()));
    await store.close();
    await worker.close();
    await fresh.drop();
  });

  const tell = (customer: string, ...events: NewEvent[]) => store.append([{ stream: { tenant: 'acme', category: 'customer', id: customer }, expected: 'any', events }]);
  const answers = async (customer = 'c1'): Promise<JourneyEvent[]> => (await store.readStream({ tenant: 'acme', category: 'customer', id: customer })).filter(({ source }) => source.startsWith('touchline:'));
  const pending = (name = 'calls') => worker.statements((sql) => pendingOf(sql, 'acme', name));
  /** Answers every opened ticket with a note that it was dealt with, a day later. */
  const calls = (act: (item: AgendaItem, work: ReactionWork) => Outcome | Promise<Outcome> = ({ subject }) => ({ facts: [{ type: 'task.done', data: { list: 'calls', outcome: subject } }] }), more: Partial<Reaction> = {}): Reaction => ({
    name: 'calls', types: ['ticket.opened'],
    due: ({ data, occurredAt }) => [{ subject: String(data['ticket']), at: new Date(Date.parse(occurredAt) + DAY_MS).toISOString() }],
    act: async (item, work) => act(item, work), ...more,
  });
  const start = async (reaction: Reaction, eventStore: EventStore = store): Promise<Reactor> => {
    const reactor = new Reactor({ worker, store: eventStore, reactions: [reaction], check: () => undefined, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`), now: () => new Date(clock) });
    running.push(reactor);
    await reactor.start();
    await reactor.look();
    return reactor;
  };

  /** Looks only when it is told to. */
  const deaf = (): EventStore => new Proxy(store, { get: (target, name) => (name === 'onGrowth' ? () => () => undefined : Reflect.get(target, name).bind(target)) });
  /** All have heard what was told, which is due only now: nobody has begun with it. */
  const quietUntilDue = async (...all: Reactor[]) => {
    await Promise.all(all.map((each) => each.look()));
    clock += DAY_MS + 1_000;
  };
  /** Appends, and dies before anybody hears of it. */
  const dyingOnce = (): EventStore => {
    let died = false;
    return new Proxy(store, {
      get: (target, name) => (name !== 'append' ? Reflect.get(target, name).bind(target) : async (appends: Parameters<EventStore['append']>[0]) => {
        const verdicts = await target.append(appends);
        if (!died) { died = true; throw new Error('pulled the plug'); }
        return verdicts;
      }),
    });
  };

  it('does what is due when its time has come and not before, once, and says what made it', async () => {
    const reactor = await start(calls());
    await tell('c1', fact('ticket.opened', { ticket: 'T-1' }), fact('ticket.opened', { ticket: 'T-2' }));
    await reactor.look();
    expect(await answers()).toEqual([]);
    expect((await pending()).map(({ subject, attempts }) => [subject, attempts])).toEqual([['T-1', 0], ['T-2', 0]]);
    clock += DAY_MS + 1_000;
    await reactor.look();
    await reactor.look();
    expect((await answers()).map(({ source, id, data }) => [source, id.replace(/\d+$/, 'P'), data['outcome']])).toEqual([['touchline:calls', 'task.done:T-1:P', 'T-1'], ['touchline:calls', 'task.done:T-2:P', 'T-2']]);
    expect(await pending()).toEqual([]);
  });

  it('names the fact that it answers, and keeps what that belongs to', async () => {
    const reactor = await start(calls());
    const traceParent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const alone = fact('ticket.opened', { ticket: 'T-1' });
    await tell('c1', alone, { ...fact('ticket.opened', { ticket: 'T-2' }), correlationId: 'order-7', causationId: 'crm/6', traceParent });
    await reactor.look();
    clock += DAY_MS + 1_000;
    await reactor.look();
    const [of, to] = await answers();
    expect([of!.correlationId, of!.causationId, of!.traceParent]).toEqual([`test/${alone.id}`, `test/${alone.id}`, undefined]);
    expect([to!.correlationId, to!.causationId, to!.traceParent]).toEqual(['order-7', `test/f${told}`, traceParent]);
  });

  it('is run once by any number of processes at the same time', async () => {
    const acted: string[] = [];
    const counting = calls(({ subject }) => { acted.push(subject); return { facts: [{ type: 'task.done', data: { list: 'calls', outcome: subject } }] }; });
    const many = [await start(counting), await start(counting), await start(counting)];
    for (let n = 0; n < 40; n++) await tell(`c${n % 4}`, fact('ticket.opened', { ticket: `T-${n}` }, new Date(clock - DAY_MS)));
    await Promise.all(many.map((reactor) => reactor.look()));
    await Promise.all(many.map((reactor) => reactor.look()));
    expect(acted.sort()).toEqual(Array.from({ length: 40 }, (_, n) => `T-${n}`).sort());
    expect((await Promise.all(['c0', 'c1', 'c2', 'c3'].map(answers))).flat()).toHaveLength(40);
  });

  it('that died between its answer and striking the entry out answers once all the same, whatever it would say now', async () => {
    const dying = dyingOnce();
    const reactor = await start(calls(({ attempts }) => ({ facts: [{ type: 'task.done', data: { list: 'calls', outcome: `attempt-${attempts}` } }] })), dying);
    await tell('c1', fact('ticket.opened', { ticket: 'T-1' }, new Date(clock - DAY_MS)));
    await reactor.look();
    expect(warnings).toEqual([expect.stringContaining('pulled the plug')]);
    expect((await pending())[0]).toMatchObject({ attempts: 1, failure: 'pulled the plug' });
    clock += 10_000;
    await reactor.look();
    expect((await answers()).map(({ data }) => data['outcome'])).toEqual(['attempt-1']);
    expect(await pending()).toEqual([]);
  });

  it('answers once, too, where a standby took over between its answer and striking the entry out', async () => {
    const dying = dyingOnce();
    const reactor = await start(calls(), dying);
    await tell('c1', fact('ticket.opened', { ticket: 'T-1' }, new Date(clock - DAY_MS)));
    await reactor.look();
    await store.beginEpoch('promoted');
    clock += 10_000;
    await reactor.look();
    expect([warnings.filter((warning) => warning.includes('pulled the plug')).length, (await answers()).length, await pending()]).toEqual([1, 1, []]);
  });

  it('has an entry for two minutes; then whoever looks takes it over, and what the first says of it then counts no more', async () => {
    const doors: { open: (outcome: Outcome) => void; fail: () => void }[] = [];
    const slow = calls(() => new Promise((resolve, reject) => { doors.push({ open: resolve, fail: () => reject(new Error('cut off')) }); }));
    const [first, second, third] = [await start(slow, deaf()), await start(slow, deaf()), await start(slow, deaf())];
    const begun = async (count: number) => { while (doors.length < count) await new Promise((wait) => setTimeout(wait, 10)); };
    const entry = () => worker.statements((sql) => sql.query<{ at: Date; attempts: number; failure: string | null }>('select at, attempts, failure from agenda'));
    await tell('c1', fact('ticket.opened', { ticket: 'T-1' }));
    await quietUntilDue(first, second, third);
    const looks = [first.look()];
    await begun(1);
    clock += 100_000;
    await second.look();
    expect(doors).toHaveLength(1);
    for (const next of [second, third]) {
      clock += 121_000;
      looks.push(next.look());
      await begun(looks.length);
    }
    const inHand = await entry();
    expect(inHand).toEqual([{ at: new Date(clock + 120_000), attempts: 3, failure: null }]);
    doors[0]!.open({});
    await looks[0];
    expect(await entry()).toEqual(inHand);
    doors[1]!.fail();
    await looks[1];
    expect([warnings.length, await entry()]).toEqual([1, inHand]);
    doors[2]!.open({});
    await looks[2];
    expect(await entry()).toEqual([]);
  });

  it('has not attempted what waits behind another of the same customer', async () => {
    const tried: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((open) => { release = open; });
    const acting = (name: string) => calls(async ({ subject, attempts }) => {
      tried.push(`${name} ${subject} ${attempts}`);
      if (name === 'slow') await gate;
      return {};
    });
    const [slow, quick] = [await start(acting('slow'), deaf()), await start(acting('quick'), deaf())];
    await tell('c1', ...['T-1', 'T-2', 'T-3'].map((ticket) => fact('ticket.opened', { ticket })));
    await quietUntilDue(slow, quick);
    const looking = slow.look();
    while (tried.length === 0) await new Promise((wait) => setTimeout(wait, 10));
    clock += 130_000;
    await quick.look();
    release();
    await looking;
    expect(tried.sort()).toEqual(['quick T-1 2', 'quick T-2 1', 'quick T-3 1', 'slow T-1 1']);
  });

  it('goes by the clock of the database, whatever that of its own process says', async () => {
    const reactor = new Reactor({ worker, store, reactions: [calls()], check: () => undefined, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
    running.push(reactor);
    await reactor.start();
    await tell('c1', fact('ticket.opened', { ticket: 'soon' }, new Date(clock - DAY_MS + 130_000)), fact('ticket.opened', { ticket: 'now' }, new Date(clock - DAY_MS)));
    jest.useFakeTimers({ now: Date.now() + 3_600_000, doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    try {
      await reactor.look();
      await reactor.look();
    } finally {
      jest.useRealTimers();
    }
    const [answer, ...others] = await answers();
    expect([answer!.data['outcome'], others, Date.parse(answer!.occurredAt) < Date.now() + 60_000]).toEqual(['now', [], true]);
  });

  it('takes from every tenant in turn: a long list of one holds back no other', async () => {
    await ensureTenant(worker, 'zeta', 'Europe/Berlin');
    const order: string[] = [];
    let open: () => void = () => undefined;
    const allTold = new Promise<void>((resolve) => { open = resolve; });
    const reactor = await start(calls(async ({ tenant }) => {
      await allTold;
      order.push(tenant);
      return {};
    }));
    const sent = (tenant: string, id: string, at: number) => ({ stream: { tenant, category: 'customer', id }, expected: 'any' as const, events: [fact('ticket.opened', { ticket: id }, new Date(at))] });
    await store.append(Array.from({ length: 60 }, (_, n) => sent('acme', `c${n}`, clock - 2 * DAY_MS)));
    await store.append([sent('zeta', 'z', clock - DAY_MS)]);
    open();
    await reactor.look();
    await reactor.look();
    expect([order.length, order.indexOf('zeta') < 24]).toEqual([61, true]);
  });

  it('hears nothing of history, nor of what was recorded before it was there, unless it asks for history', async () => {
    await tell('c1', fact('ticket.opened', { ticket: 'before' }, new Date(clock - DAY_MS)));
    const [reactor, historian] = [await start(calls()), await start(calls(undefined, { name: 'historian', history: true }))];
    await tell('c1',
      fact('ticket.opened', { ticket: 'long-ago' }, new Date(clock - 8 * DAY_MS), new Date(clock)),
      fact('ticket.opened', { ticket: 'known-long-ago' }, new Date(clock - 8 * DAY_MS), new Date(clock - 7.5 * DAY_MS)),
      fact('ticket.opened', { ticket: 'foretold-long-ago' }, new Date(clock - DAY_MS), new Date(clock - 7.5 * DAY_MS)),
      fact('ticket.opened', { ticket: 'last-week' }, new Date(clock - 6 * DAY_MS)));
    await reactor.look();
    await historian.look();
    const said = async (source: string) => (await answers()).filter((answer) => answer.source === source).map(({ data }) => data['outcome']);
    expect(await said('touchline:calls')).toEqual(['last-week']);
    expect(await said('touchline:historian')).toEqual(['long-ago', 'known-long-ago', 'last-week', 'foretold-long-ago']);
  });

  it('looks again as often as it asks to, and decides anew where the stream has grown meanwhile', async () => {
    let looks = 0;
    const reactor = await start(calls(async (_, work) => {
      const { revision, events } = await work.story('c1');
      looks += 1;
      if (looks === 1) return { again: new Date(clock + DAY_MS).toISOString() };
      if (looks === 2) await tell('c1', fact('ticket.closed', { ticket: 'T-1' }));
      return { facts: [{ type: 'task.done', data: { list: 'calls', outcome: events.at(-1)!.type }, expected: revision }] };
    }));
    await tell('c1', fact('ticket.opened', { ticket: 'T-1' }, new Date(clock - DAY_MS)));
    await reactor.look();
    expect([looks, await answers()]).toEqual([1, []]);
    clock += DAY_MS + 1_000;
    await reactor.look();
    expect([looks, (await answers()).map(({ data }) => data['outcome'])]).toEqual([3, ['ticket.closed']]);
  });

  it('that fails at one entry, or cannot read one fact, goes on with the others and tries that again', async () => {
    let broken = true;
    const reactor = await start(calls(({ subject }) => {
      if (subject === 'T-1' && broken) throw new Error('no line');
      return { facts: [{ type: 'task.done', data: { list: 'calls', outcome: subject } }] };
    }, { due: ({ data, occurredAt }) => {
      if (data['ticket'] === 'T-2' && broken) throw new Error('what is this?');
      return [{ subject: String(data['ticket']), at: occurredAt }];
    } }));
    await tell('c1', ...['T-1', 'T-2', 'T-3'].map((ticket) => fact('ticket.opened', { ticket }, new Date(clock - DAY_MS))));
    await reactor.look();
    expect((await answers()).map(({ data }) => data['outcome'])).toEqual(['T-3']);
    expect((await pending()).map(({ subject, failure }) => [subject, failure]).sort()).toEqual([['T-1', 'no line'], ['unreadable', 'what is this?']]);
    expect((await examine(worker)).find(({ check }) => check === 'reaction calls')).toMatchObject({ status: 'warns', says: '2 entries on its agenda, 2 of them failed so far: no line' });
    broken = false;
    clock += 10_000;
    await reactor.look();
    expect((await answers()).map(({ data }) => data['outcome']).sort()).toEqual(['T-1', 'T-2', 'T-3']);
    expect(await pending()).toEqual([]);
    expect((await examine(worker)).find(({ check }) => check === 'reaction calls')).toMatchObject({ status: 'fine', says: 'Up to 0 positions behind, 0 entries on its agenda.' });
  });

  it('knows the facts of customers that are one, as corrections left them', async () => {
    const stories: string[][] = [];
    const reactor = await start(calls(async ({ customer }, work) => {
      const { root, events } = await work.story(customer);
      stories.push([root, ...events.map(({ data }) => String(data['ticket'])).filter((ticket) => ticket !== 'undefined')]);
      return {};
    }));
    const wrong = fact('ticket.opened', { ticket: 'T-0' }, new Date(clock - 2 * DAY_MS));
    await tell('c1', wrong, fact('record.retracted', { events: [{ source: 'test', id: wrong.id }], reason: 'slip' }));
    await tell('c2', fact('customer.merged', { into: 'c1' }), fact('ticket.opened', { ticket: 'T-1' }, new Date(clock - DAY_MS)));
    await reactor.look();
    expect(stories).toContainEqual(['c1', 'T-1']);
  });
});
