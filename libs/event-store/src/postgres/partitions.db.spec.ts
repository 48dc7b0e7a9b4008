import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import type { Links } from '#journey';
import type { Append } from '../event-store.js';
import { examine } from '../doctor/examine.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { PostgresEventStore } from './postgres-event-store.js';

const PARTITION = 10_000_000;
const GUIDE = readFileSync(new URL('../../ARCHIVE.md', import.meta.url), 'utf8');
/** The statements of a block. */
const guide = (block: string): string => new RegExp(`\`\`\`sql ${block}\\n([\\s\\S]*?)\`\`\``).exec(GUIDE)![1]!;

describe('The log in partitions', () => {
  let mine: TestDatabase;
  let elsewhere: TestDatabase;
  let worker: Database;
  let store: PostgresEventStore;
  let admin: pg.Client;

  beforeAll(async () => {
    mine = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    elsewhere = await freshDatabase();
    worker = new Database(mine.url, 'touchline_worker');
    store = new PostgresEventStore(worker);
    admin = new pg.Client(mine.adminUrl);
    admin.on('error', () => undefined);
    await admin.connect();
    await admin.query('set search_path = touchline');
  });

  afterAll(async () => {
    await admin.end();
    await store.close();
    await worker.close();
    await mine.drop();
    await elsewhere.drop();
  });

  it('makes room by itself when positions reach the end of the last one, also within one append', async () => {
    await store.append([append('first', 3, 'first', { correlationId: 'order-1' })]);
    await jumpTo(3 * PARTITION - 40);
    await store.append([append('few', 60, 'a')]);
    await jumpTo(6 * PARTITION - 40);
    await store.append([append('many', 300, 'b')]);
    await admin.query(`select setval('log_position', $1)`, [9 * PARTITION]);
    await store.append([append('beyond', 2)]);
    await admin.query(`select setval('log_position', $1)`, [12 * PARTITION]);
    await store.append([append('many-beyond', 100)]);
    expect((await store.readStream(streamOf('few'))).map(({ revision }) => revision)).toEqual(Array.from({ length: 60 }, (_, index) => index));
    expect((await store.readStream(streamOf('many'))).map(({ revision }) => revision)).toEqual(Array.from({ length: 300 }, (_, index) => index));
    const { rows } = await admin.query<{ name: string }>(`select tableoid::regclass::text as name from log group by 1 order by min(position)`);
    expect(rows.map(({ name }) => name)).toEqual(['log_0', 'log_2', 'log_3', 'log_5', 'log_6', 'log_9', 'log_12']);
  });

  it('does not let a partition go that is written to, nor one whose copy lacks a row', async () => {
    await admin.query('create table log_12_other (like log)');
    await expect(admin.query('select log_exchange(12)')).rejects.toThrow(/log_12 is still written to.*Nothing was moved/);
    await admin.query('drop table log_12_other; create table log_0_other (like log); insert into log_0_other select * from log_0 where position > 1');
    await expect(admin.query('select log_exchange(0)')).rejects.toThrow(/log_0 has 3 events and log_0_other has 2 of them.*Nothing was moved/);
    await admin.query('drop table log_0_other; create table log_0_other as select position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, import_id, data from log_0');
    await expect(admin.query('select log_exchange(0)')).rejects.toThrow(/log_0_other has 3 of them.*Nothing was moved/);
    await admin.query('drop table log_0_other');
    expect((await admin.query('select partition from log_partitions() where open')).rows.map(({ partition }: { partition: string }) => partition)).toEqual(['log_12', 'log_13']);
  });

  it('keeps answering when an old partition has moved to another server: reads, and the same id sent again', async () => {
    const before = (await store.readAll(null, 1_000)).events;
    await run('archive', 'log');
    expect(await kindOf('log_0')).toBe('f');
    expect((await store.readAll(null, 1_000)).events).toEqual(before);
    expect((await store.readStream(streamOf('first'))).map(({ id }) => id)).toEqual(['first-0', 'first-1', 'first-2']);
    expect(await store.append([append('first', 3)])).toEqual([{ status: 'duplicate', positions: before.slice(0, 3).map(({ position }) => position) }]);
    expect((await store.append([append('first', 4)]))[0]).toMatchObject({ status: 'appended' });
    expect(await store.find('t1', [{ source: 'test', id: 'first-1' }])).toHaveLength(1);
    const reader = new Database(mine.url, 'touchline_reader');
    expect(await reader.inTenant('t2', (sql) => sql.query('select id from log'))).toEqual([]);
    expect(await reader.inTenant('t1', (sql) => sql.query(`select id from log where stream = 'first'`))).toHaveLength(4);
    await reader.close();
    expect((await examine(worker)).find(({ check }) => check === 'archive')).toMatchObject({ status: 'fine', says: 'log_0 lies on another server.' });
  });

  it('comes back, from the table that was kept and from the archive alone', async () => {
    const before = (await store.readAll(null, 1_000)).events;
    await admin.query('select log_exchange(0)');
    expect(await kindOf('log_0')).toBe('r');
    await admin.query('select log_exchange(0); drop table log_0_other');
    expect(await kindOf('log_0')).toBe('f');
    await run('back');
    expect(await kindOf('log_0')).toBe('r');
    expect((await store.readAll(null, 1_000)).events).toEqual(before);
    const { rows: [owners] } = await admin.query(`select count(distinct relowner)::int as owners from pg_class where oid in ('log'::regclass, 'log_0'::regclass)`);
    expect(owners).toEqual({ owners: 1 });
  });

  it('an archive from before the columns of today is noticed by the migration that adds them, which says what to do there', async () => {
    const columns = eventStoreMigrations.findIndex(({ name }) => name.startsWith('Links'));
    const [here, there] = [await freshDatabase((owner) => migrate(owner, eventStoreMigrations.slice(0, columns)).then(() => undefined)), await freshDatabase()];
    const [log, archive] = [new pg.Client(here.adminUrl), new pg.Client(there.url)];
    await Promise.all([log.connect(), archive.connect()]);
    await archive.query(guide('archive').replace(/,\s*correlation_id text, causation_id text, trace_parent text/, ''));
    const other = new URL(there.url);
    await log.query(`set search_path = touchline; create extension postgres_fdw; create server archive foreign data wrapper postgres_fdw options (host '${other.hostname}', port '${other.port}', dbname '${other.pathname.slice(1)}');
      create user mapping for public server archive options (user '${other.username}', password_required 'false'); create foreign table log_0_other (like log) server archive options (schema_name 'public', table_name 'log_0');
      alter table log detach partition log_0; alter table log_0 rename to log_0_kept; alter table log_0_other rename to log_0; alter table log attach partition log_0 for values from (0) to (10000000); grant usage on foreign server archive to public;
      do $$ begin execute format('alter foreign table log_0 owner to %I', (select relowner::regrole from pg_class where oid = 'log'::regclass)); end $$`);
    const silent = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await expect(migrate(here.url, eventStoreMigrations)).rejects.toThrow(/partition log_0 lies on another server.*alter table log_0 add column correlation_id.*Nothing was changed/s);
    silent.mockRestore();
    await archive.query(guide('columns'));
    await migrate(here.url, eventStoreMigrations);
    await Promise.all([log.end(), archive.end()]);
    await Promise.all([here.drop(), there.drop()]);
  });

  it('the doctor sees a partition that lies elsewhere and is still written to', async () => {
    await admin.query(`alter table log detach partition log_13; create foreign table log_13_other (like log) server archive;
      alter table log attach partition log_13_other for values from (130000000) to (140000000); alter table log_13 rename to log_13_kept; alter table log_13_other rename to log_13`);
    expect((await examine(worker)).find(({ check }) => check === 'archive')).toMatchObject({ status: 'fails', says: expect.stringContaining('log_13 lies on another server and is still written to') });
  });

  const kindOf = async (table: string) => (await admin.query<{ relkind: string }>('select relkind from pg_class where oid = $1::regclass', [table])).rows[0]!.relkind;

  /** As if so many positions had been given out. */
  async function jumpTo(position: number): Promise<void> {
    await admin.query('select log_make_room($1)', [position]);
    await admin.query(`select setval('log_position', $1)`, [position]);
  }

  /** Runs what `ARCHIVE.md` says in blocks of these names. */
  async function run(...names: string[]): Promise<void> {
    const other = new URL(elsewhere.url);
    const archive = new pg.Client(elsewhere.url);
    await archive.connect();
    for (const [, where, statements] of GUIDE.matchAll(/```sql (archive|log|back)\n([\s\S]*?)```/g)) {
      if (names.includes(where!)) await (where === 'archive' ? archive : admin).query(statements!
        .replace(':host', other.hostname).replace(':port', other.port).replace(':database', other.pathname.slice(1)).replace(':user', other.username));
    }
    await archive.end();
  }
});

const streamOf = (id: string) => ({ tenant: 't1', category: 'customer', id });

function append(stream: string, count: number, prefix = stream, links: Links = {}): Append {
  return {
    stream: streamOf(stream), expected: 'any',
    events: Array.from({ length: count }, (_, index) => ({
      source: 'test', id: `${prefix}-${index}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' } as const, data: { index }, bodyHash: `${prefix}-${index}`, ...links,
    })),
  };
}
