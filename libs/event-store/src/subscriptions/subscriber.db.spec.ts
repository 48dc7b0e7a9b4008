import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { finish, killChildren, killHard, nextLine, spawnTypescript } from '../../../../test/support/child.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, eventStoreMigrations, examine, type Followed, migrate, type NewEvent, PostgresEventStore, Subscriber, subscriptionsOf, type SubscriptionKind } from '../index.js';
import { copying, TOLD } from './testing/copying.js';

const TAKEN_OVER_WITHIN_MS = 6_000;

describe('A subscription', () => {
  let fresh: TestDatabase;
  let worker: Database;
  let store: PostgresEventStore;
  let told = 0;
  const running: Subscriber[] = [];
  const warnings: string[] = [];

  beforeEach(async () => {
    fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    const admin = new pg.Client(fresh.adminUrl);
    await admin.connect();
    await admin.query(TOLD);
    await admin.end();
    worker = new Database(fresh.url, 'touchline_worker', 8);
    store = new PostgresEventStore(worker);
    await ensureTenant(worker, 'acme', 'UTC');
    [told, warnings.length] = [0, 0];
  });
  afterEach(async () => {
    await killChildren();
    await Promise.all(running.splice(0).map((each) => each.stop()));
    await store.close();
    await worker.close();
    await fresh.drop();
  });

  const tell = async (count: number, tenant = 'acme', category = 'customer') => {
    const events = Array.from({ length: count }, (): NewEvent => {
      const id = `${++told}`;
      return { source: 'test', id, type: 'ticket.opened', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id };
    });
    await store.append(events.map((event) => ({ stream: { tenant, category, id: `c${Number(event.id) % 7}` }, expected: 'any', events: [event] })));
  };
  const heard = async (id: string): Promise<string[]> => (await worker.statements((sql) => sql.query<{ id: string }>('select id from told where subscription = $1 order by place', [id]))).map((row) => row.id);
  const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, n) => `${first + n}`);
  const until = async (condition: () => Promise<boolean>, ms = 10_000): Promise<number> => {
    const began = performance.now();
    while (!await condition()) {
      if (performance.now() - began > ms) throw new Error(`It did not happen within ${ms} ms: ${JSON.stringify([await subscriptionsOf(worker), warnings])}`);
      await new Promise((wake) => setTimeout(wake, 20));
    }
    return performance.now() - began;
  };
  const hears = (id: string, ids: readonly string[], ms?: number) => until(async () => (await heard(id)).join() === ids.join(), ms);
  const start = async (owner: string, ...kinds: SubscriptionKind[]) => {
    const subscriber = new Subscriber({ store, worker, kinds, owner, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
    running.push(subscriber);
    await subscriber.start();
    return subscriber;
  };
  const admin = async (statement: string) => {
    const client = new pg.Client(fresh.adminUrl);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  /** What a standby knows that stopped hearing after so many facts, when the checkpoint stood there; ids are used only once here, so they may stay. */
  const promote = (last: number) => admin(`delete from touchline.log where position > ${last}; delete from touchline_read.told where id::int > ${last}; select setval('touchline.log_position', ${last});
    update touchline.subscription set position = ${last}; select touchline.log_begin_epoch('promoted')`);
  const gate = () => {
    let open = (): void => undefined;
    return { passed: new Promise<void>((resolve) => { open = resolve; }), open: () => open() };
  };
  const owners = async (): Promise<Record<string, number>> => {
    const rows = await worker.statements((sql) => sql.query<{ owner: string; count: number }>(`select split_part(coalesce(owner, 'nobody'), '/', 1) as owner, count(*)::int as count from subscription group by 1 order by 1`));
    return Object.fromEntries(rows.map(({ owner, count }) => [owner, count]));
  };
  const shared = (wanted: Record<string, number>, ms?: number) => until(async () => JSON.stringify(await owners()) === JSON.stringify(wanted), ms);

  it('hears of its tenant from its start on, in order, once, also of what comes while it is read, and keeps its place over a restart', async () => {
    await tell(3_000);
    await tell(5, 'other');
    const half = (await store.readAll(null, 1_500)).position;
    const followed: Followed[] = [{ tenant: 'acme', id: 'whole', start: null }, { tenant: 'acme', id: 'half', start: half }];
    const subscriber = await start('a', copying(() => followed));
    await tell(500);
    await tell(2, 'acme', 'clock');
    const [all, later] = [[...upTo(3_000), ...upTo(3_505, 3_006)], [...upTo(3_000, 1_501), ...upTo(3_505, 3_006)]];
    await hears('whole', all);
    await hears('half', later);
    await subscriber.stop();
    await tell(10);
    await start('b', copying(() => followed));
    await hears('whole', [...all, ...upTo(3_517, 3_508)]);
    await hears('half', [...later, ...upTo(3_517, 3_508)]);
    // What others were told meanwhile leaves nobody behind.
    await tell(3, 'other');
    await until(async () => (await subscriptionsOf(worker, 'acme')).every(({ behind }) => behind === 0));
    expect(warnings).toEqual([]);
    // What is not to be followed any more is forgotten; who comes again begins at its start.
    followed.pop();
    store.announce();
    await until(async () => (await subscriptionsOf(worker, 'acme')).map(({ id }) => id).join() === 'whole');
  }, 60_000);

  it('that fails is given the page again, says so, and holds up no other', async () => {
    let broken = true;
    await start('a', copying(() => [{ tenant: 'acme', id: 'ill', start: null }, { tenant: 'acme', id: 'well', start: null }], { before: (id) => { if (broken && id === 'ill') throw new Error('The other side is away'); } }));
    await tell(20);
    await hears('well', upTo(20));
    await until(async () => (await subscriptionsOf(worker)).some(({ failure }) => failure !== null && failure.attempts > 1));
    expect((await examine(worker)).filter(({ check }) => check.startsWith('subscription'))).toMatchObject([
      { check: 'subscription copy/acme/ill', status: 'warns', says: expect.stringContaining('The other side is away') as unknown }, { check: 'subscription copy/acme/well', status: 'fine' }]);
    broken = false;
    await hears('ill', upTo(20));
    expect((await subscriptionsOf(worker)).map(({ failure }) => failure)).toEqual([null, null]);
    await running.splice(0)[0]!.stop();
    expect((await examine(worker)).find(({ check }) => check === 'subscription copy/acme/ill')).toMatchObject({ status: 'fails' });
  }, 30_000);

  it('whose server fails over to a standby that knows an earlier checkpoint goes on from there, under the same worker', async () => {
    await start('a', copying(() => [{ tenant: 'acme', id: 'x', start: null }]));
    await tell(20);
    await hears('x', upTo(20));
    await promote(12);
    await tell(30);
    await hears('x', [...upTo(12), ...upTo(50, 21)]);
  }, 30_000);

  it('does not take a page of the life before for one of this', async () => {
    const { passed, open } = gate();
    const inHand = gate();
    await start('a', copying(() => [{ tenant: 'acme', id: 'x', start: null }], { before: async () => { if (told > 12) { inHand.open(); await passed; } } }));
    await tell(12);
    await hears('x', upTo(12));
    await tell(8);
    await inHand.passed;
    await promote(12);
    open();
    await tell(30);
    await hears('x', [...upTo(12), ...upTo(50, 21)]);
  }, 30_000);

  it('that was forgotten and is wanted again is not moved by who had it before', async () => {
    const { passed, open } = gate();
    const followed: Followed[] = [{ tenant: 'acme', id: 'x', start: null }];
    let pages = 0;
    await start('a', copying(() => followed, { before: async () => { if (++pages === 1) await passed; } }));
    await tell(5);
    await until(async () => pages === 1);
    followed.pop();
    store.announce();
    await until(async () => (await subscriptionsOf(worker)).length === 0);
    await tell(5);
    followed.push({ tenant: 'acme', id: 'x', start: null });
    store.announce();
    await hears('x', upTo(10));
    open();
    await tell(5);
    await hears('x', upTo(15));
    await new Promise((wake) => setTimeout(wake, 500));
    expect(await heard('x')).toEqual(upTo(15));
  }, 30_000);

  it('keeps its checkpoint before a page that was handled and not committed, while that of others moves on', async () => {
    const given: string[] = [];
    const lazy: SubscriptionKind = { ...copying(() => [{ tenant: 'acme', id: 'lazy', start: null }]), kind: 'lazy',
      open: async ({ position }) => ({ from: position, handle: async ({ events }) => void given.push(...events.map(({ id }) => id)), close: async () => undefined }) };
    const kinds = [lazy, copying(() => [{ tenant: 'acme', id: 'x', start: null }])];
    const subscriber = await start('a', ...kinds);
    await tell(5);
    await hears('x', upTo(5));
    await until(async () => given.length === 5);
    await tell(5, 'other');
    await until(async () => (await subscriptionsOf(worker)).some(({ id, behind }) => id === 'x' && behind === 0));
    expect((await subscriptionsOf(worker)).find(({ id }) => id === 'lazy')).toMatchObject({ position: 0 });
    await subscriber.stop();
    await start('b', ...kinds);
    await until(async () => given.length === 10);
    expect(given).toEqual([...upTo(5), ...upTo(5)]);
  }, 30_000);

  it('says how far it is where the other side has lost some, and is told those again', async () => {
    await tell(1_500);
    const { passed, open } = gate();
    let again = false;
    const copy = copying(() => [{ tenant: 'acme', id: 'x', start: null }], { before: async () => { if (again && (await heard('x')).length > 1_500) await passed; } });
    const kind: SubscriptionKind = { ...copy, open: async (place) => ({ ...await copy.open(place), ...(again && { from: null }) }) };
    const subscriber = await start('a', kind);
    await hears('x', upTo(1_500));
    await subscriber.stop();
    again = true;
    await start('b', kind);
    await hears('x', [...upTo(1_500), ...upTo(1_000)]);
    expect(await subscriptionsOf(worker)).toMatchObject([{ behind: 500 }]);
    open();
    await hears('x', [...upTo(1_500), ...upTo(1_500)]);
    await until(async () => (await subscriptionsOf(worker))[0]?.behind === 0);
  }, 30_000);

  it('is shared evenly by workers, and one that is killed is replaced in seconds: nothing is lost or told twice', async () => {
    const join = async (owner: string, ...more: string[]) => {
      const child = spawnTypescript('libs/event-store/src/subscriptions/testing/telling-process.ts', [fresh.url, owner, '4', ...more]);
      expect(await nextLine(child)).toBe('ready');
      return child;
    };
    const a = await join('a');
    await tell(50);
    await shared({ a: 4 });
    const b = await join('b');
    await shared({ a: 2, b: 2 });
    let telling = true;
    const teller = (async () => { while (telling) { await tell(20); await new Promise((wake) => setTimeout(wake, 10)); } })();
    await until(async () => told > 500);
    await killHard(a);
    const took = await shared({ b: 4 }, TAKEN_OVER_WITHIN_MS);
    const c = await join('c');
    await shared({ b: 2, c: 2 });
    const given = performance.now();
    await finish(c);
    await shared({ b: 4 }, 3_000);
    process.stdout.write(`subscriptions taken over after SIGKILL: ${Math.round(took)} ms; given back: ${Math.round(performance.now() - given)} ms\n`);
    telling = false;
    await teller;
    for (const id of ['s0', 's1', 's2', 's3']) await hears(id, upTo(told));
    await finish(b);
    expect(await owners()).toEqual({ nobody: 4 });
  }, 60_000);

  it.each(['before', 'within'])('whose worker is frozen %s its transaction is taken over; what the frozen one does when it wakes up is rolled back', async (stall) => {
    const join = (owner: string, ...more: string[]) => spawnTypescript('libs/event-store/src/subscriptions/testing/telling-process.ts', [fresh.url, owner, '1', ...more]);
    const a = join('a', stall);
    expect(await nextLine(a)).toBe('ready');
    const stalling = nextLine(a);
    for (let n = 1; n <= 3; n++) { await tell(10); await hears('s0', upTo(n < 3 ? told : 20)); }
    expect(await stalling).toBe('stalling');
    a.kill('SIGSTOP');
    const b = join('b');
    expect(await nextLine(b)).toBe('ready');
    await hears('s0', upTo(30), 15_000);
    a.kill('SIGCONT');
    await tell(10);
    await hears('s0', upTo(40));
    // Whatever the frozen worker still had in hand would show by now: its page goes on ten seconds after it began.
    await new Promise((wake) => setTimeout(wake, 8_000));
    expect(await heard('s0')).toEqual(upTo(40));
  }, 60_000);
});
