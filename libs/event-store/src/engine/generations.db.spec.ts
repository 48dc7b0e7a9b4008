import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, migrate } from '../index.js';
import { beginRebuild, dropOthers, ensureProjection, switchTo } from './generations.js';
import { liveGeneration } from './pointer.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

const projection = new CountingProjection();

describe('A generation that is being dropped', () => {
  let worker: Database;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    worker = new Database(fresh.url, 'touchline_worker', 6);
    drop = fresh.drop;
    await ensureProjection(worker, projection);
  });
  afterAll(async () => {
    await worker.close();
    await drop();
  });

  const live = () => worker.transaction((sql) => liveGeneration(sql, projection.name));
  const waiting = async (kind: string) => {
    const count = () => worker.transaction((sql) => sql.query('select from pg_locks where not granted and locktype = $1 and database = (select oid from pg_database where datname = current_database())', [kind]));
    while ((await count()).length === 0) await new Promise((wake) => setTimeout(wake, 20));
  };

  it('does not become the one that is read while its tables wait for a last reader', async () => {
    const next = await beginRebuild(worker, projection);
    let leave = () => {};
    const reader = await new Promise<{ gone: Promise<unknown> }>((reads) => {
      const gone = worker.transaction(async (sql) => {
        await sql.query(`select from ${countingTable(next)}`);
        await new Promise<void>((resolve) => { leave = resolve; reads({ gone }); });
      });
    });
    const dropping = dropOthers(worker, projection);
    await waiting('relation');
    // As a worker does that has just found nothing different.
    const switching = switchTo(worker, projection.name, next, { onlyWhileBuilding: true });
    await Promise.race([switching, waiting('advisory')]);
    leave();
    await reader.gone;
    expect(await dropping).toEqual([next]);
    expect(await switching).toEqual({ generation: next, switched: false, behind: [] });
    expect(await live()).toBe(1);
    await worker.transaction((sql) => sql.query(`select from ${countingTable(1)}`));
  }, 20_000);
});
