import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parsePosition } from '#journey';
import { liveTable } from '../reading.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getTimeline } from './get-timeline.js';
import { timelineTable } from './timeline-projection.js';

const FACTS = 25;
const AT_NINE = '2026-03-02T09:00:00.000Z';

describe('A timeline of facts that happened at the same instant', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;

  beforeAll(async () => {
    house = await openReadModel();
    const events = Array.from({ length: FACTS }, (_, n) => (
      { source: 'import', id: `f${n}`, type: 'ticket.opened', version: 1, occurredAt: AT_NINE, actor: { kind: 'system' as const, id: 'test' }, data: { ticket: `T${n}` }, bodyHash: `${n}` }));
    await house.store.append([{ stream: { tenant, category: 'customer', id: 'c1' }, expected: 'any', events }]);
    await house.tell('c1', ['customer.registered', { name: 'Nordlicht' }]);
  });
  afterAll(() => house.close());

  const paged = async (limit: number) => {
    const ids: string[] = [];
    const positions: number[] = [];
    for (let cursor: string | undefined; ;) {
      const { touches, next } = await getTimeline(house.model(), { tenant, customer: 'c1', family: 'ticket', limit, ...(cursor ? { cursor } : {}) });
      ids.push(...touches.map(({ id }) => id));
      positions.push(...touches.map(({ position }) => parsePosition(position).n));
      if (!next || ids.length > 2 * FACTS) return { ids, positions };
      cursor = next;
    }
  };

  it('has each of them once, the last told first, however small the pages', async () => {
    const lastFirst = Array.from({ length: FACTS }, (_, n) => `f${FACTS - 1 - n}`);
    for (const limit of [1, 2, 7, FACTS]) expect((await paged(limit)).ids).toEqual(lastFirst);
    const { positions } = await paged(2);
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
  });

  it('has the same order without the index that happens to hold it', async () => {
    const before = await paged(2);
    await house.worker.transaction(async (sql) => {
      const table = await liveTable(sql, 'timeline', timelineTable);
      const indexes = await sql.query<{ name: string }>(`select indexrelid::regclass::text as name from pg_index where indrelid = $1::regclass and not indisprimary`, [table]);
      for (const { name } of indexes) await sql.query(`drop index ${name}`);
      // Rows lie in another order than they came in.
      await sql.query(`create table touchline_read.shuffled as select * from ${table} order by md5(position::text)`);
      await sql.query(`delete from ${table}`);
      await sql.query(`insert into ${table} select * from touchline_read.shuffled`);
    });
    expect(await paged(2)).toEqual(before);
  });
});
