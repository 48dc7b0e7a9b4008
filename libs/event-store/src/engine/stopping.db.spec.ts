import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, migrate } from '../index.js';
import { ensureProjection } from './generations.js';
import { stopIfTooMany } from './parking.js';
import { CountingProjection } from './testing/counting-projection.js';

describe('A projection stops for one cause that holds back', () => {
  let worker: Database;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    drop = fresh.drop;
    worker = new Database(fresh.url, 'touchline_worker', 2);
    await ensureProjection(worker, new CountingProjection());
  });
  afterAll(async () => {
    await worker.close();
    await drop();
  });

  /** Tried in a transaction that is rolled back: nobody may delete a stream. @returns for how many customers it stopped; null while it goes on */
  const stoppedBy = async (customers: number, parked: { [cause: string]: number }): Promise<number | null> => {
    const tried = { stopped: -1 as number | null };
    await worker.transaction(async (sql) => {
      await sql.query(`insert into stream (tenant, category, id, revision) select 'acme', 'customer', 'c' || n, 0 from generate_series(1, $1::int) as n`, [customers]);
      for (const [cause, count] of Object.entries(parked)) {
        await sql.query(`insert into parked (name, generation, tenant, customer, position, reason, cause) select 'counting', 1, 'acme', $1 || n, n, 'broken', $1 from generate_series(1, $2::int) as n`, [cause, count]);
      }
      await stopIfTooMany(sql, 'counting', 1);
      tried.stopped = (await sql.query<{ customers: number | null }>('select stopped_customers as customers from projection_generation'))[0]!.customers;
      throw tried;
    }).catch((thrown: unknown) => { if (thrown !== tried) throw thrown; });
    return tried.stopped;
  };

  it.each([
    ['a hundred customers of twenty thousand: not yet', 20_000, { one: 100 }, null],
    ['a hundred and one of twenty thousand, though they are far below 1 %', 20_000, { one: 101 }, 101],
    ['a hundred each, for two causes: not yet', 20_000, { one: 100, other: 100 }, null],
    ['twenty of two thousand, exactly 1 %: not yet', 2_000, { one: 20 }, null],
    ['twenty-one of two thousand, above 1 %', 2_000, { one: 21 }, 21],
    ['ten of ten: too few to tell', 10, { one: 10 }, null],
    ['eleven of eleven', 11, { one: 11 }, 11],
  ])('%s', async (_title, customers, parked, stopped) => {
    expect(await stoppedBy(customers, parked as Record<string, number>)).toBe(stopped);
  });
});
