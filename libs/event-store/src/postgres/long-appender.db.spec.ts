import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import type { Append } from '../event-store.js';
import { appendInTransaction } from './append.js';
import { Database, type Sql } from './database.js';
import { floorHolders } from './floor.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { PostgresEventStore } from './postgres-event-store.js';

describe('An appender that does not get on', () => {
  let url: string;
  let drop: () => Promise<void>;
  let worker: Database;
  let store: PostgresEventStore;

  beforeAll(async () => {
    ({ url, drop } = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined)));
    worker = new Database(url, 'touchline_worker');
    store = new PostgresEventStore(worker);
  });

  afterAll(async () => {
    await store.close();
    await worker.close();
    await drop();
  });

  it('is named with its session, then cut off, and readers go on without its events', async () => {
    const start = await store.head();
    let wake = (): void => undefined;
    const stuck = new Promise<void>((resolve) => { wake = resolve; });
    let appended = (): void => undefined;
    const standing = new Promise<void>((resolve) => { appended = resolve; });
    const slow = worker.transaction(async (sql) => {
      await appendInTransaction(sql, [append('slow')]);
      appended();
      await stuck;
    }).then(() => 'committed', () => 'rolled back');
    await standing;
    await store.append([append('quick')]);
    expect((await store.readAll(start, 10)).events).toEqual([]);

    const [holder, ...others] = await floorHolders(worker);
    expect(others).toEqual([]);
    expect(holder).toMatchObject({ pid: expect.any(Number), application: 'touchline-worker', state: 'idle in transaction', query: expect.stringContaining('copy log_0') });

    for (let wait = 0; wait < 100 && (await store.readAll(start, 10)).events.length === 0; wait++) await sleep(100);
    wake();
    expect(await slow).toBe('rolled back');
    expect((await store.readAll(start, 10)).events.map(({ id }) => id)).toEqual(['quick']);
    expect(await floorHolders(worker)).toEqual([]);
  });

  it('is cut off ten seconds after its draw, also when it is never idle: by many statements, or by one, and where the server allows every transaction more', async () => {
    const start = await store.head();
    const busy = (name: string, go: (sql: Sql) => Promise<unknown>) => worker.transaction(async (sql) => {
      await sql.query(`set local transaction_timeout = '1h'`);
      await appendInTransaction(sql, [append(name)]);
      await go(sql);
    }).then(() => 'committed', ({ code, message }: Error & { code?: string }) => code ?? message);
    expect(await Promise.all([
      busy('many', async (sql) => { for (let n = 0; n < 10; n++) { await sleep(2_000); await sql.query('select 1'); } }),
      busy('one', (sql) => sql.query('select pg_sleep(20)')),
    ])).toEqual([expect.not.stringMatching('committed'), '25P04']);
    await store.append([append('afterwards')]);
    expect((await store.readAll(start, 10)).events.map(({ id }) => id)).toEqual(['afterwards']);
  }, 60_000);

  it('holds nobody up where it stands still after it has locked its stream and before it draws; then it is sent again by the store', async () => {
    await store.append([append('known')]);
    const asleep = new Asleep(url, 'touchline_worker');
    const sleeper = new PostgresEventStore(asleep);
    // One that is known: so it is decided first what is new.
    const slow = sleeper.append([{ ...append('known'), events: [append('known').events[0]!, append('later').events[0]!] }]);
    await asleep.locked;
    expect(await store.append([{ ...append('awake'), stream: append('known').stream }])).toMatchObject([{ status: 'appended' }]);
    asleep.wake();
    expect(await slow).toMatchObject([{ status: 'appended' }]);
    expect((await store.readStream(append('known').stream)).map(({ id }) => id)).toEqual(['known', 'awake', 'later']);
    await sleeper.close();
    await asleep.close();
  }, 20_000);

  it('is sent again by the store itself after its process stood still for too long, and its events stand once', async () => {
    const start = await store.head();
    const stalling = new Stalling(url, 'touchline_worker');
    const stalled = new PostgresEventStore(stalling);
    const many = { ...append('stalled'), events: Array.from({ length: 100 }, (_, n) => append(`stalled-${n}`).events[0]!) };
    const verdicts = await stalled.append([many]).finally(async () => { await stalled.close(); await stalling.close(); });
    expect(stalling.transactions).toBe(2);
    expect(verdicts).toMatchObject([{ status: 'appended' }]);
    expect((await store.readAll(start, 200)).events.map(({ id }) => id)).toEqual(many.events.map(({ id }) => id));
  }, 20_000);

  it('has the limits that older servers have too: for a pause, and for each statement', async () => {
    const [limits] = await worker.transaction(async (sql) => {
      await sql.query('select log_draw(1)');
      return sql.query(`select current_setting('idle_in_transaction_session_timeout') as pause, current_setting('statement_timeout') as statement, current_setting('transaction_timeout') as whole`);
    });
    expect(limits).toEqual({ pause: '3s', statement: '10s', whole: '10s' });
  });
});

/** Its first transaction that draws stands still before it does. */
class Asleep extends Database {
  wake = (): void => undefined;
  private readonly woken = new Promise<void>((resolve) => { this.wake = resolve; });
  private lock = (): void => undefined;
  readonly locked = new Promise<void>((resolve) => { this.lock = resolve; });

  override brief<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return super.brief((sql) => work(this.slowly(sql)));
  }

  override transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return super.transaction((sql) => work(this.slowly(sql)));
  }

  private slowly(sql: Sql): Sql {
    return { ...sql, texts: async (text, values, name) => {
      if (name === 'log_draw') {
        this.lock();
        await this.woken;
      }
      return sql.texts(text, values, name);
    } };
  }
}

/** Its first transaction holds up the whole process once it has drawn, for longer than an appender may pause. */
class Stalling extends Database {
  transactions = 0;

  override brief<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    this.transactions += 1;
    const stalls = this.transactions === 1;
    return super.brief((sql) => work({
      ...sql,
      copy: (...args) => {
        if (stalls) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4_000);
        return sql.copy(...args);
      },
    }));
  }
}

const append = (id: string): Append => ({
  stream: { tenant: 't1', category: 'customer', id }, expected: 'any',
  events: [{ source: 'test', id, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id }],
});
