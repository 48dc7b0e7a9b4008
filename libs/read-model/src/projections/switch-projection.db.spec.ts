import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sql } from '#event-store';
import { openReadModel } from '../testing/open-read-model.js';
import { dropProjection, switchProjection } from './projections.js';

const AT_ONCE_MS = 2_000;

describe('Somebody asks for a switch, but somebody else was faster', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;

  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  /** Asks for the switch to generation 2, and lets the other one change things after the look at what there is. */
  const overtaken = async (change: (sql: Sql) => Promise<unknown>) => {
    await house.worker.transaction((sql) => sql.query(
      `insert into projection_generation (name, generation, switches) values ('customers', 2, false) on conflict do nothing;
       insert into projection_partition (name, generation, partition, position) select 'customers', 2, n, 1000000 from generate_series(0, 7) as n on conflict do nothing`));
    const asked = await house.worker.transaction(async (sql) => {
      await sql.query('select pg_advisory_xact_lock(hashtext($1))', ['touchline projection customers']);
      const answer = switchProjection(house.worker, 'customers', false).catch((error: Error) => error);
      const waits = () => sql.query(`select from pg_locks where not granted and locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`);
      while ((await waits()).length === 0) await new Promise((wake) => setTimeout(wake, 20));
      await change(sql);
      return { answer };
    });
    const began = performance.now();
    const answer = await asked.answer;
    expect(performance.now() - began).toBeLessThan(AT_ONCE_MS);
    return answer;
  };

  it('hears at once that the generation is gone', async () => {
    const answer = await overtaken(async (sql) => {
      await sql.query(`delete from projection_partition where name = 'customers' and generation = 2`);
      await sql.query(`delete from projection_generation where name = 'customers' and generation = 2`);
    });
    expect(answer).toMatchObject({ code: 'invalid-parameter', message: 'Generation 2 of customers has been dropped meanwhile.' });
  });

  it('hears at once that it is live, which is what was wanted', async () => {
    const answer = await overtaken((sql) => sql.query(`update projection set live = 2, previous = 1 where name = 'customers'`));
    expect(answer).toEqual({ name: 'customers', live: 2, kept: 1 });
    await house.worker.transaction((sql) => sql.query(`update projection set live = 1, previous = null where name = 'customers'`));
    await dropProjection(house.worker, 'customers');
  });
});
