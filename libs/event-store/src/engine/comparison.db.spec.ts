import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, migrate } from '../index.js';
import { compareGenerations } from './comparison.js';
import { beginRebuild, dropOthers, ensureProjection } from './generations.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

const projection = new CountingProjection();
const [LIVE, OTHER] = [countingTable(1), countingTable(2)];

describe('Two generations', () => {
  let worker: Database;
  let url: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    ({ url, drop } = fresh);
    worker = new Database(url, 'touchline_worker', 3);
    await ensureProjection(worker, projection);
    await beginRebuild(worker, projection);
  });
  beforeEach(() => run(`truncate ${LIVE}, ${OTHER}`, ...[LIVE, OTHER].map((table) => (
    `insert into ${table} select 'acme', 'c' || n, case when n % 2 = 0 then 1 end, n, md5(n::text), n from generate_series(1, 50) as n`))));
  afterAll(async () => {
    await worker.close();
    await drop();
  });

  const run = (...statements: string[]) => worker.transaction(async (sql) => {
    let rows: object[] = [];
    for (const statement of statements) rows = await sql.query(statement);
    return rows;
  });
  const compared = () => compareGenerations(worker, projection, 2);

  it('are equal when every row is in both with the same values, nothing known included', async () => {
    expect(await compared()).toMatchObject({ live: 1, other: 2, customers: 50, different: 0, moving: 0, examples: [] });
  });

  it('are not compared with themselves: where another worker switches while one looks, nothing is said', async () => {
    const switching = new Proxy(worker, { get: (target, name) => (name !== 'transaction' ? Reflect.get(target, name).bind(target) : async (...given: Parameters<Database['transaction']>) => {
      const seen = await target.transaction(...given);
      await run(`update projection set live = 2 where name = '${projection.name}'`);
      return seen;
    }) });
    try {
      expect(await compareGenerations(switching, projection, 2)).toBeNull();
    } finally {
      await run(`update projection set live = 1 where name = '${projection.name}'`);
    }
  });

  it('differ where a value differs, one side knows none, or a row is missing on either side', async () => {
    await run(`update ${OTHER} set digest = 'wrong' where customer = 'c7'`, `update ${LIVE} set partition = null where customer = 'c8'`, `update ${OTHER} set partition = 1 where customer = 'c9'`,
      `delete from ${LIVE} where customer = 'c10'`, `delete from ${OTHER} where customer = 'c11'`);
    const { examples, ...comparison } = (await compared())!;
    expect(comparison).toMatchObject({ customers: 50, different: 5, moving: 0 });
    expect([...examples].sort((a, b) => Number(a.customer.slice(1)) - Number(b.customer.slice(1)))).toEqual([
      { tenant: 'acme', customer: 'c7', columns: ['digest'], live: { digest: '8f14e45fceea167a5a36dedd4bea2543' }, other: { digest: 'wrong' } },
      { tenant: 'acme', customer: 'c8', columns: ['partition'], live: { partition: null }, other: { partition: 1 } },
      { tenant: 'acme', customer: 'c9', columns: ['partition'], live: { partition: null }, other: { partition: 1 } },
      { tenant: 'acme', customer: 'c10', columns: [], live: null, other: {} },
      { tenant: 'acme', customer: 'c11', columns: [], live: {}, other: null },
    ]);
  });

  it('differ in every row where only one of them has a column, in none where a type was widened', async () => {
    await run(`alter table ${OTHER} alter column facts type bigint`);
    expect(await compared()).toMatchObject({ different: 0 });
    await run(`alter table ${OTHER} add column mood text`);
    const { different, examples } = (await compared())!;
    expect({ different, shown: examples.length, first: examples[0] }).toMatchObject({ different: 50, shown: 20, first: { columns: ['mood'], other: { mood: null } } });
  });

  it('are not compared where both are one and the same: it has taken over meanwhile', async () => {
    expect(await compareGenerations(worker, projection, 1)).toBeNull();
  });

  it('fail where a table is missing although nobody dropped the generation', async () => {
    await run(`alter table ${OTHER} rename to mislaid`);
    await expect(compared()).rejects.toThrow('does not exist');
    await run(`alter table touchline_read.mislaid rename to ${OTHER.split('.').pop()}`);
  });

  it('are not compared any more once one of them is dropped in the middle of it', async () => {
    // Which generations there are is looked up before the log is read, their tables after it.
    const owner = new pg.Client(url);
    await owner.connect();
    await owner.query(`begin; lock table touchline.log in access exclusive mode`);
    const comparing = compared();
    const waits = () => run(`select from pg_locks where relation = 'log'::regclass and not granted`);
    while ((await waits()).length === 0) await new Promise((wake) => setTimeout(wake, 10));
    expect(await dropOthers(worker, projection)).toEqual([2]);
    await owner.end();
    expect(await comparing).toBeNull();
  });
});
