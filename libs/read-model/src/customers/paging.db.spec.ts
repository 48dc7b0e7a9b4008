import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { listCustomers } from './list-customers.js';
import { type CustomerFilter, customersInOrder } from './customers-in-order.js';
import { customerTable } from './table.js';

const ALL = Array.from({ length: 23 }, (_, n) => `c-${n}`);

describe('Paging through a list while scores move', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;

  beforeAll(async () => {
    house = await openReadModel();
    for (const customer of ALL) await house.tell(customer, ['customer.registered', { name: `Customer ${customer}`, segment: 'mid-market' }]);
  });
  afterAll(() => house.close());

  const setScores = (scores: readonly number[]) => house.worker.transaction((sql) => sql.query(
    `update ${customerTable(1)} as row set score = new.score, risk = nullif(new.score, 7), arr_at_risk = nullif(100 - new.score, 97), band = case when new.score % 5 = 0 then 'unknown' else 'watch' end
     from unnest($1::text[], $2::int[]) as new (customer, score) where row.customer = new.customer`, [ALL, scores]));
  const page = (options: CustomerFilter & { limit: number; cursor?: string }) => listCustomers(house.model(), { tenant, ...options });

  it('shows everybody once, in whatever order scores move between two pages', async () => {
    const scores = fc.array(fc.nat(100), { minLength: ALL.length, maxLength: ALL.length });
    await fc.assert(fc.asyncProperty(fc.array(scores, { minLength: 8, maxLength: 8 }), fc.constantFrom('score', '-score', 'id', 'name', '-arr', 'renewal', 'risk', '-risk', 'arrAtRisk', '-arrAtRisk'), fc.integer({ min: 3, max: 10 }), async (moves, sort, limit) => {
      const shown: string[] = [];
      for (let turn = 0, cursor: string | undefined = undefined; ; turn++) {
        await setScores(moves[turn % moves.length]!);
        const { customers, next }: { customers: readonly { id: string }[]; next: string | null } = await page({ sort: sort as 'score', limit, cursor });
        shown.push(...customers.map(({ id }) => id));
        if (next === null) break;
        cursor = next;
      }
      expect([...shown].sort()).toEqual([...ALL].sort());
    }), { numRuns: 40 });
  }, 60_000);

  it('begins with the lowest scores, and those of unknown band last', async () => {
    await setScores(ALL.map((_, n) => n));
    const { customers } = await page({ sort: 'score', limit: 4 });
    expect(customers.map(({ id }) => id)).toEqual(['c-1', 'c-2', 'c-3', 'c-4']);
  });

  it('is in the order of the risk, or of what is at risk, either way round, and who has none comes last', async () => {
    await setScores(ALL.map((_, n) => (n < 4 ? n : 7)));
    const ids = async (sort: CustomerFilter['sort']) => (await page({ sort, limit: 23 })).customers.map(({ id }) => id);
    const rest = ALL.slice(4).sort();
    expect(await ids('risk')).toEqual(['c-0', 'c-1', 'c-2', 'c-3', ...rest]);
    expect(await ids('-risk')).toEqual(['c-3', 'c-2', 'c-1', 'c-0', ...rest]);
    expect((await ids('arrAtRisk')).slice(-4)).toEqual(['c-2', 'c-1', 'c-0', 'c-3']);
    expect((await ids('-arrAtRisk')).slice(0, 3)).toEqual(['c-0', 'c-1', 'c-2']);
    expect((await ids('-arrAtRisk')).at(-1)).toBe('c-3');
  });

  it('reads a first page in the order of an index, by what most people sort', async () => {
    const sorts = async (sort: CustomerFilter['sort']) => {
      const { text, values } = customersInOrder({ generation: 1, summed: true, from: customerTable(1) }, 'customer', tenant, { sort }, 50);
      return house.worker.transaction(async (sql) => {
        await sql.query(`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)`);
        return /(?<!Incremental )Sort  /.test((await sql.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)).map((line) => line['QUERY PLAN']).join(' '));
      });
    };
    expect([await sorts('score'), await sorts('-risk'), await sorts('-arrAtRisk'), await sorts('renewal')]).toEqual([false, false, false, true]);
  });

  it('goes on with the filter of the first page', async () => {
    await setScores(ALL.map((_, n) => n));
    const first = await page({ sort: 'score', band: 'unknown', limit: 3 });
    const second = await page({ limit: 50, cursor: first.next! });
    expect([...first.customers, ...second.customers].map(({ id }) => id)).toEqual(['c-0', 'c-5', 'c-10', 'c-15', 'c-20']);
    expect(second.next).toBeNull();
  });

  it('refuses a cursor that is older than ten minutes, was made up, or is of another tenant', async () => {
    const { next } = await page({ sort: 'score', limit: 3 });
    const at = (minutes: number) => ({ ...house.model(), now: () => new Date(Date.now() + minutes * 60_000) });
    expect((await listCustomers(at(9.9), { tenant, cursor: next! })).customers.length).toBe(20);
    const refused = { code: 'invalid-parameter', parameter: 'cursor' };
    await expect(listCustomers(at(10.1), { tenant, cursor: next! })).rejects.toMatchObject(refused);
    await expect(listCustomers(house.model(), { tenant: 'globex', cursor: next! })).rejects.toMatchObject(refused);
    const forged = (content: unknown) => `1~${Buffer.from(JSON.stringify(content)).toString('base64url')}`;
    for (const cursor of ['1~x', forged(null), forged({ tenant, at: Date.now(), shown: '', filter: { sort: '__proto__' } }), forged({ tenant, at: Date.now(), shown: '', filter: { q: { a: 1 } } })]) {
      await expect(listCustomers(house.model(), { tenant, cursor })).rejects.toMatchObject(refused);
    }
  });
});
