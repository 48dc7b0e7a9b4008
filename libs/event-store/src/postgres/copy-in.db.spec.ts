import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database, type Sql } from './database.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';

const IDS = 'copy event_id (id, body_hash, position) from stdin';
const rows = (...ids: string[]) => ids.map((id, index) => `${id}\thash\t${index}\n`).join('');
/** More than the server reads at once. */
const MANY = Array.from({ length: 20_000 }, (_, index) => `many-${index}`);

describe('COPY without waiting to be asked', () => {
  let fresh: TestDatabase;
  let worker: Database;
  const stored = (sql: Sql) => sql.query<{ id: string }>(`select convert_from(id, 'UTF8') as id from event_id order by 1`).then((found) => found.map(({ id }) => id));

  beforeAll(async () => {
    fresh = await freshDatabase((url) => migrate(url, eventStoreMigrations).then(() => undefined));
    // One connection: what one test leaves behind meets the next.
    worker = new Database(fresh.url, 'touchline_worker', 1);
  });
  afterAll(async () => {
    await worker.close();
    await fresh.drop();
  });

  it('sends several tables in one round trip, and commits with the last when told to', async () => {
    const seen = await worker.transaction(async (sql) => {
      await sql.copy([{ text: IDS, rows: rows('a', 'ü') }, { text: IDS, rows: rows('b') }]);
      return stored(sql);
    });
    expect(seen).toEqual(['a', 'b', 'ü']);
    await expect(worker.transaction(async (sql) => {
      await sql.copy([{ text: IDS, rows: rows('c') }], 'commit');
      throw new Error('afterwards');
    })).rejects.toThrow('afterwards');
    expect(await worker.statements(stored)).toEqual(['a', 'b', 'c', 'ü']);
  });

  it.each([
    ['the first', [rows('d', 'd', ...MANY), rows('e')]],
    ['the last row of the first', [rows(...MANY, 'many-0'), rows('e')]],
    ['the second', [rows('d'), rows(...MANY, 'many-0')]],
  ])('leaves nothing behind when %s fails, and the connection goes on', async (_title, [first, second]) => {
    const before = await worker.statements(stored);
    for (const commit of [undefined, 'commit'] as const) {
      await expect(worker.transaction((sql) => sql.copy([{ text: IDS, rows: first! }, { text: IDS, rows: second! }], commit))).rejects.toMatchObject({ code: '23505' });
      expect(await worker.transaction(stored)).toEqual(before);
    }
  });
});
