import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { freezeOrder, frozenPage } from './frozen-order.js';

describe('The order of a list that somebody pages through', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;

  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  const ids = ['c3', 'c1', 'c2'];
  /** What a reader is told when time has passed. */
  const after = async (id: string, time: string) => {
    await house.worker.transaction(async (sql) => {
      const [row] = await sql.query<{ tenant: string; customers: string[]; expires_at: Date }>('delete from frozen_order where id = $1 returning tenant, customers, expires_at', [id]);
      await sql.query('insert into frozen_order (id, tenant, customers, expires_at) values ($1, $2, $3, $4::timestamptz - $5::interval)', [id, row!.tenant, row!.customers, row!.expires_at, time]);
    });
    return frozenPage(house.model(), tenant, `${id}~1`, 1);
  };

  it('stays for ten minutes, then has to be asked for again', async () => {
    const id = await freezeOrder(house.model(), tenant, ids);
    expect(await frozenPage(house.model(), tenant, `${id}~1`, 1)).toEqual({ ids: ['c1'], next: `${id}~2` });
    expect(await frozenPage(house.model(), tenant, `${id}~2`, 1)).toEqual({ ids: ['c2'], next: null });
    expect(await after(id, '9 minutes 50 seconds')).toEqual({ ids: ['c1'], next: `${id}~2` });
    await expect(after(id, '10 seconds')).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'cursor', message: expect.stringContaining('older than ten minutes') });
  });

  it('is not kept any longer once the next one is frozen', async () => {
    const id = await freezeOrder(house.model(), tenant, ids);
    await after(id, '10 minutes').catch(() => undefined);
    const fresh = await freezeOrder(house.model(), tenant, ids);
    const kept = await house.worker.transaction((sql) => sql.query<{ id: string }>('select id from frozen_order where id = any($1)', [[id, fresh]]));
    expect(kept).toEqual([{ id: fresh }]);
  });
});
