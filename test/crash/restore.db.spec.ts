import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, eventStoreMigrations, ForeignEpoch, migrate, PostgresEventStore } from '#event-store';
import { type RunningPostgres, startPostgres } from '#infra';
import { parsePosition } from '#journey';
import { removeHome, temporaryHome } from '../support/server-home.js';
import { BATCH, batchOf } from './batches.js';

const home = temporaryHome();
const [data, backup, archive] = ['postgres/data', 'backup', 'archive'].map((name) => join(home, name)) as [string, string, string];
const archiving = { archive_mode: 'on', archive_command: `cp %p ${archive}/%f`, wal_level: 'replica' };
let server: RunningPostgres;

afterAll(async () => {
  await server.stop();
  removeHome(home);
});

describe('A log that was restored to an earlier point', () => {
  it('begins a new epoch, tells subscribers how far they share its past, and takes what was lost when it is sent again', async () => {
    mkdirSync(archive);
    chmodSync(archive, 0o777);
    server = await startPostgres({ home, settings: archiving });
    await migrate(server.url, eventStoreMigrations);
    await withStore((store) => store.append(batchOf('before', 0)));
    await server.stop();
    execFileSync('cp', ['-a', data, backup]);

    server = await startPostgres({ home, settings: archiving });
    const { kept, lost } = await withStore(async (store) => {
      await store.append(batchOf('before', 1));
      const reached = await store.head();
      await asAdmin(`select pg_create_restore_point('monday')`);
      await store.append(batchOf('after', 0));
      return { kept: reached, lost: await store.head() };
    });
    await asAdmin('select pg_switch_wal()');
    await server.stop();

    execFileSync('rm', ['-rf', data]);
    execFileSync('cp', ['-a', backup, data]);
    writeFileSync(join(data, 'recovery.signal'), '');
    server = await startPostgres({
      home, settings: { ...archiving, hot_standby: 'off', restore_command: `cp ${archive}/%f %p`, recovery_target_name: 'monday', recovery_target_action: 'promote' },
    });

    await withStore(async (store) => {
      const head = parsePosition(await store.head());
      expect(head.epoch).toBeGreaterThan(parsePosition(kept).epoch);
      for (const position of [lost, kept]) {
        const refusal = await store.readAll(position, 10).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(ForeignEpoch);
        expect(parsePosition((refusal as ForeignEpoch).common)).toEqual({ epoch: head.epoch, n: 2 * BATCH });
      }
      const verdicts = await store.append([...batchOf('before', 1), ...batchOf('after', 0)]);
      expect(verdicts.map(({ status }) => status)).toEqual([...Array<string>(BATCH).fill('duplicate'), ...Array<string>(BATCH).fill('appended')]);
      const { common } = await store.readAll(lost, 1).catch((error: ForeignEpoch) => error) as ForeignEpoch;
      expect((await store.readAll(common, 1_000)).events.map(({ id }) => id)).toEqual(batchOf('after', 0).map(({ events }) => events[0]!.id));
    });
  }, 120_000);

  it('keeps its epoch when the server is merely started again', async () => {
    const before = await withStore((store) => store.head());
    await server.stop();
    server = await startPostgres({ home, settings: archiving });
    expect(await withStore((store) => store.head())).toBe(before);
  }, 60_000);

  it('begins one by command after a copy of the data folder was put back, which nothing else tells', async () => {
    const before = await withStore((store) => store.head());
    await server.stop();
    execFileSync('cp', ['-a', data, `${backup}-2`]);
    server = await startPostgres({ home, settings: archiving });
    const lost = await withStore(async (store) => {
      await store.append(batchOf('lost', 0));
      return store.head();
    });
    await server.stop();
    execFileSync('rm', ['-rf', data]);
    execFileSync('cp', ['-a', `${backup}-2`, data]);
    server = await startPostgres({ home, settings: archiving });
    await withStore(async (store) => {
      await expect(store.checkPosition(lost)).rejects.toMatchObject({ common: before });
      await store.beginEpoch('data folder of Monday put back');
      await store.append(batchOf('other', 0));
      const refusal = await store.readAll(lost, 10).catch((error: unknown) => error);
      expect(parsePosition((refusal as ForeignEpoch).common).n).toBe(parsePosition(before).n);
    });
  }, 60_000);
});

async function withStore<T>(work: (store: PostgresEventStore) => Promise<T>): Promise<T> {
  const database = new Database(server.url, 'touchline_worker', 2);
  const store = new PostgresEventStore(database);
  try {
    return await work(store);
  } finally {
    await store.close();
    await database.close();
  }
}

async function asAdmin(statement: string): Promise<void> {
  const url = new URL(server.adminUrl);
  url.pathname = '/touchline';
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(statement);
  await client.end();
}
