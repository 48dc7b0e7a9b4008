import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TENANT, WebhookHouse } from '../testing/webhook-house.js';
import { nextDue, takeDue, takeTests } from './take.js';

let house: WebhookHouse;
beforeEach(async () => {
  house = new WebhookHouse();
  await house.open();
});
afterEach(() => house.close());

const [ENDPOINTS, WAITING] = [4, 5_000];

/** As the server does by itself after a while. */
async function analyze(): Promise<void> {
  const client = new pg.Client(house.url);
  await client.connect();
  await client.query('analyze touchline.webhook_delivery').finally(() => client.end());
}

describe('What is due', () => {
  it('is found without a walk through all that waits, also of endpoints that are down', async () => {
    const ids = await Promise.all(Array.from({ length: ENDPOINTS }, (_, n) => house.endpoint(`dead${n}`)));
    await house.worker.statements((sql) => sql.query(
      `insert into webhook_delivery (tenant, endpoint, id, customer, source, event, type, position, since, next_at)
       select $1, endpoint, 'msg_' || n, 'c' || n, 'crm', n, 'ticket.opened', '1.' || n, now(), now() + n * interval '1 minute' from unnest($2::text[]) as endpoint, generate_series(1, ${WAITING}) as n`, [TENANT, ids]));
    await analyze();
    const read = await house.worker.transaction(async (sql) => {
      const take = { now: house.now(), holdMs: 40_000, free: 64, busy: new Map() };
      await nextDue(sql, null);
      await takeDue(sql, true, take);
      await takeTests(sql, take);
      const [row] = await sql.query<{ n: number }>(`select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_xact_user_tables where relname = 'webhook_delivery'`);
      return row!.n;
    });
    expect(read).toBeLessThan(100);
  });

  it('is shared by tenants: none takes more than half of what is free beyond what it has, so another finds room at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => house.endpoint(`slow${n}`)));
    const one = await house.endpoint('one', {}, 'globex');
    await house.worker.statements((sql) => sql.query(
      `insert into webhook_delivery (tenant, endpoint, id, customer, source, event, type, position, since, next_at)
       select tenant, id, 'msg_' || n, 'c' || n, 'crm', n, 'ticket.opened', '1.' || n, now(), now() from webhook_endpoint, generate_series(1, 10) as n`));
    await house.worker.statements((sql) => sql.query('update webhook_endpoint set delivered_at = now()'));
    const busy = new Map<string, number>();
    const take = async (free: number) => {
      const taken = await house.worker.transaction((sql) => takeDue(sql, false, { now: house.now(), holdMs: 40_000, free, busy }));
      const count = (tenant: string) => taken.filter(({ endpoint }) => endpoint.tenant === tenant).length;
      return [count(TENANT), count('globex')];
    };
    await house.worker.statements((sql) => sql.query(`update webhook_endpoint set enabled = false where id = $1`, [one]));
    expect(await take(64)).toEqual([32, 0]);
    busy.set(TENANT, 32);
    expect(await take(32)).toEqual([0, 0]);
    await house.worker.statements((sql) => sql.query(`update webhook_endpoint set enabled = true where id = $1`, [one]));
    expect(await take(32)).toEqual([0, 8]);
    // Where there is not enough for all, everybody has their turn; the last place is for whoever has none.
    busy.clear();
    await house.worker.statements((sql) => sql.query('update webhook_delivery set held_until = null'));
    expect((await take(10)).sort()).toEqual([2, 3]);
    busy.set(TENANT, 1);
    expect(await take(1)).toEqual([0, 1]);
  });
});
