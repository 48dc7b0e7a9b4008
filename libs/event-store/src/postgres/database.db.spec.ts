import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';

describe('A brief transaction', () => {
  let fresh: TestDatabase;
  let worker: Database;
  beforeAll(async () => {
    fresh = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    worker = new Database(fresh.url, 'touchline_worker');
  });
  afterAll(async () => {
    await worker.close();
    await fresh.drop();
  });

  const LOCK = 'select pg_advisory_xact_lock(7)';

  it('commits what it wrote, and leaves the next one on its connection without its limit', async () => {
    await worker.brief((sql) => sql.query(`insert into tenant (id, time_zone) values ('brief', 'UTC')`));
    const [row] = await worker.transaction((sql) => sql.query(`select current_setting('idle_in_transaction_session_timeout') as limit, (select count(*)::int from tenant where id = 'brief') as tenants`));
    expect(row).toEqual({ limit: '0', tenants: 1 });
  });

  it('holds its locks for three seconds at most where its process stands still, and then has written nothing', async () => {
    let wake = (): void => undefined;
    const still = new Promise<void>((resolve) => { wake = resolve; });
    let locked = (): void => undefined;
    const standing = new Promise<void>((resolve) => { locked = resolve; });
    const slow = worker.brief(async (sql) => {
      await sql.query(LOCK);
      await sql.query(`insert into tenant (id, time_zone) values ('still', 'UTC')`);
      locked();
      await still;
    }).then(() => 'committed', () => 'rolled back');
    await standing;
    await worker.transaction((sql) => sql.query(LOCK));
    wake();
    expect(await slow).toBe('rolled back');
    expect(await worker.statements((sql) => sql.query(`select from tenant where id = 'still'`))).toEqual([]);
  }, 20_000);
});
