import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase } from '../../../../test/support/database.js';
import type { Append, ExpectedRevision, NewEvent } from '../event-store.js';
import { appendInTransaction } from './append.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { PostgresEventStore } from './postgres-event-store.js';

/** Recipes by which another event store on PostgreSQL was seen to lose, double or reorder events. E6, two consumers at once, is in `engine/leases.db.spec.ts`. */
describe('Recipes that broke another store', () => {
  let url: string;
  let drop: () => Promise<void>;
  let worker: Database;
  let store: PostgresEventStore;

  beforeAll(async () => {
    ({ url, drop } = await freshDatabase(async (owner) => {
      await migrate(owner, eventStoreMigrations);
      await query(owner, 'create table touchline.elsewhere (n int)', 'grant insert on touchline.elsewhere to touchline_worker');
    }));
    worker = new Database(url, 'touchline_worker');
    store = new PostgresEventStore(worker);
  });

  afterAll(async () => {
    await store.close();
    await worker.close();
    await drop();
  });

  it('E1: an append that expects no stream is refused on one that exists', async () => {
    await store.append([append('e1', 'e1-first', 'none')]);
    expect(await store.append([append('e1', 'e1-second', 'none')])).toEqual([{ status: 'wrong-revision', actual: 0 }]);
    expect(await store.append([append('e1-missing', 'e1-third', 'exists')])).toEqual([{ status: 'wrong-revision', actual: null }]);
    expect(await store.readStream(streamOf('e1'))).toHaveLength(1);
    expect(await store.readStream(streamOf('e1-missing'))).toEqual([]);
  });

  it('E2: the same event sent twice, one after the other or at once, stands once', async () => {
    const again = append('e2', 'e2-same');
    const verdicts = (await Promise.all([store.append([again]), store.append([again]), new PostgresEventStore(worker).append([again])])).flat();
    verdicts.push(...await store.append([again]));
    expect(verdicts.map(({ status }) => status).sort()).toEqual(['appended', 'duplicate', 'duplicate', 'duplicate']);
    expect(await store.readStream(streamOf('e2'))).toHaveLength(1);
  });

  it('E3: a transaction that began first and appends last loses nothing, read one event at a time', async () => {
    const start = await store.head();
    const first = await openTransaction(worker);
    await first.sql.query('insert into elsewhere values (1)');
    await store.append([append('e3-b', 'e3-b')]);
    await appendInTransaction(first.sql, [append('e3-a', 'e3-a')]);
    const early = await readOneByOne(start);
    await first.commit();
    expect(early.ids).toEqual(['e3-b']);
    expect((await readOneByOne(early.position)).ids).toEqual(['e3-a']);
  });

  it('E3, the other way round: one that appends first and commits last loses nothing either', async () => {
    const start = await store.head();
    const first = await openTransaction(worker);
    await first.sql.query('insert into elsewhere values (1)');
    await appendInTransaction(first.sql, [append('e3-first', 'e3-first')]);
    await store.append([append('e3-later', 'e3-later')]);
    const early = await readOneByOne(start);
    await first.commit();
    expect(early).toEqual({ ids: [], position: start });
    expect((await readOneByOne(early.position)).ids).toEqual(['e3-first', 'e3-later']);
  });

  it('E4: a stream is handed over in its own order, whoever began or committed first', async () => {
    const start = await store.head();
    const [first, other] = [await openTransaction(worker), await openTransaction(worker)];
    await first.sql.query('insert into elsewhere values (1)');
    // The slower one has drawn; the stream goes on around it: begun later and committed sooner, then the other way round.
    await appendInTransaction(other.sql, [append('e4-other', 'e4-other')]);
    await store.append([append('e4', 'e4-1')]);
    await appendInTransaction(first.sql, [append('e4', 'e4-2')]);
    await first.commit();
    const early = await readOneByOne(start);
    await other.commit();
    expect(early).toEqual({ ids: [], position: start });
    expect((await readOneByOne(early.position)).ids).toEqual(['e4-other', 'e4-1', 'e4-2']);
    expect((await store.readStream(streamOf('e4'))).map(({ id, revision }) => [id, revision])).toEqual([['e4-1', 0], ['e4-2', 1]]);
  });

  it('E5: an open write transaction in another database holds nobody up', async () => {
    const other = await freshDatabase();
    const elsewhere = new pg.Client(other.url);
    await elsewhere.connect();
    await elsewhere.query('create table note (n int)');
    await elsewhere.query('begin');
    await elsewhere.query('insert into note values (1)');
    const start = await store.head();
    await store.append([append('e5', 'e5')]);
    const { ids } = await readOneByOne(start);
    await elsewhere.query('rollback');
    await elsewhere.end();
    await other.drop();
    expect(ids).toEqual(['e5']);
  });

  async function readOneByOne(start: Awaited<ReturnType<PostgresEventStore['head']>>): Promise<{ ids: string[]; position: typeof start }> {
    const ids: string[] = [];
    for (let position = start; ;) {
      const batch = await store.readAll(position, 1);
      if (batch.events.length === 0) return { ids, position: batch.position };
      ids.push(batch.events[0]!.id);
      position = batch.position;
    }
  }
});

/** A transaction that stays open until it is told to commit. */
async function openTransaction(database: Database): Promise<{ sql: Parameters<typeof appendInTransaction>[0]; commit(): Promise<void> }> {
  return new Promise((opened, failed) => {
    const ended = database.transaction((sql) => new Promise<void>((finish) => {
      opened({ sql, commit: () => { finish(); return ended; } });
    }));
    ended.catch(failed);
  });
}

async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const streamOf = (id: string) => ({ tenant: 't1', category: 'customer', id });

function append(stream: string, id: string, expected: ExpectedRevision = 'any'): Append {
  const event: NewEvent = {
    source: 'test', id, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id,
  };
  return { stream: streamOf(stream), expected, events: [event] };
}
