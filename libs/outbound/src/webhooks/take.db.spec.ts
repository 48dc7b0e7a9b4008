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
      const take = { now: house.now(), holdMs: 40_000, most: 64 };
      await nextDue(sql, null);
      await takeDue(sql, true, take);
      await takeTests(sql, take);
      const [row] = await sql.query<{ n: number }>(`select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_xact_user_tables where relname = 'webhook_delivery'`);
      return row!.n;
    });
    expect(read).toBeLessThan(100);
  });
});
