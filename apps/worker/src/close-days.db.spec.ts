import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore } from '#event-store';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Clock } from './close-days.js';

const TENANTS = 500;
const ZONES = ['Europe/Berlin', 'Asia/Kathmandu', 'America/New_York'];
const at = (instant: string) => new Date(instant);

describe('The days of all tenants are closed', () => {
  let fresh: TestDatabase;
  let worker: Database;
  let store: PostgresEventStore;

  beforeAll(async () => {
    fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    worker = new Database(fresh.url, 'touchline_worker', 4);
    store = new PostgresEventStore(worker);
    for (let n = 0; n < TENANTS; n++) await ensureTenant(worker, `t${n}`, ZONES[n % ZONES.length]!);
  }, 60_000);
  afterEach(() => { jest.restoreAllMocks(); });
  afterAll(async () => {
    await store.close();
    await worker.close();
    await fresh.drop();
  });

  const daysOf = async (tenant: string) => (await store.readStream({ tenant, category: 'clock', id: 'days' })).map(({ data }) => data['day']);
  /** How many statements the work sends; a wake-up for what was appended before may come in between, and the greeting of a new connection. */
  const statements = async (work: () => Promise<unknown>) => {
    const query = jest.spyOn(pg.Client.prototype, 'query');
    await work();
    const sent = query.mock.calls.filter(([text]) => !/notify touchline|log_notice_life/.test(JSON.stringify(text))).length;
    query.mockRestore();
    return sent;
  };

  it('with one statement for 500 idle tenants, and with none while no day can have ended', async () => {
    const clock = new Clock(worker, store);
    expect(await clock.tick(at('2026-03-02T12:00:00Z'))).toBe(TENANTS);
    expect(await daysOf('t0')).toEqual(['2026-03-01']);
    expect(await statements(() => clock.tick(at('2026-03-02T12:00:20Z')))).toBe(0);
    expect(await statements(() => clock.tick(at('2026-03-02T12:01:01Z')))).toBe(1);
  });

  it('each at its own midnight, at once', async () => {
    const clock = new Clock(worker, store);
    await clock.tick(at('2026-03-02T18:14:55Z'));
    // A quarter past six is midnight in Kathmandu, and nowhere else.
    expect(await clock.tick(at('2026-03-02T18:15:15Z'))).toBe(Math.ceil((TENANTS - 1) / 3));
    expect([await daysOf('t0'), await daysOf('t1')]).toEqual([['2026-03-01'], ['2026-03-01', '2026-03-02']]);
  });

  it('once, and in their order, though several processes do it and one was away for days', async () => {
    const clocks = Array.from({ length: 4 }, () => new Clock(worker, store));
    await Promise.all(clocks.map((clock, n) => clock.tick(at(`2026-03-06T1${n}:00:00Z`))));
    await clocks[0]!.tick(at('2026-03-06T13:30:00Z'));
    for (const tenant of ['t0', 't1', 't2']) expect(await daysOf(tenant)).toEqual(['01', '02', '03', '04', '05'].map((day) => `2026-03-${day}`));
  });

  it('of a new tenant in their order, though one process is past midnight and another is not', async () => {
    await ensureTenant(worker, 'new', ZONES[0]!);
    await Promise.all(['2026-03-06T13:59:00Z', '2026-03-05T13:59:00Z'].map((instant) => new Clock(worker, store).tick(at(instant))));
    const days = await daysOf('new');
    expect(days.length).toBeGreaterThan(0);
    expect(days).toEqual([...days].sort());
  });

  it('of a tenant that is new, and up to a day that was pinned elsewhere, within a minute', async () => {
    const clock = new Clock(worker, store);
    await clock.tick(at('2026-03-06T14:00:00Z'));
    await ensureTenant(worker, 'late', ZONES[0]!);
    await worker.transaction((sql) => sql.query(`update tenant set pinned_day = '2026-03-09' where id = 't0'`));
    expect(await clock.tick(at('2026-03-06T14:01:01Z'))).toBe(1 + 3);
    expect([await daysOf('late'), (await daysOf('t0')).at(-1)]).toEqual([['2026-03-05'], '2026-03-08']);
  });
});
