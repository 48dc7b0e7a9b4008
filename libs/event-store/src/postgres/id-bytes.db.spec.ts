import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database } from './database.js';
import { idBytes } from './id-bytes.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';

const LENGTHS = [1, 40, 51, 52, 53, 54, 300];
const IDS = [...LENGTHS.map((length) => 'x'.repeat(length)), ...LENGTHS.map((length) => 'ü'.repeat(length / 2)), `${'x'.repeat(300)}y`, 'a\\b\t\u001f\n"', '😀'.repeat(13)];

describe('The bytes of an id', () => {
  let fresh: TestDatabase;
  let worker: Database;

  beforeAll(async () => {
    fresh = await freshDatabase((url) => migrate(url, eventStoreMigrations).then(() => undefined));
    worker = new Database(fresh.url, 'touchline_worker');
  });
  afterAll(async () => {
    await worker.close();
    await fresh.drop();
  });

  it('are the same in TypeScript and in SQL, short or long, and never longer than 65', async () => {
    const rows = await worker.statements((sql) => sql.query<{ bytes: string }>(`select log_id_bytes('acme', 'source', id)::text as bytes from unnest($1::text[]) with ordinality as ids (id, n) order by n`, [IDS]));
    const ours = IDS.map((id) => idBytes('acme', { source: 'source', id }));
    expect(rows.map(({ bytes }) => bytes)).toEqual(ours);
    expect(new Set(ours).size).toBe(new Set(IDS).size);
    expect(Math.max(...ours.map(({ length }) => length / 2 - 1))).toBe(65);
  });

  it('keep what is numbered in its order, and tell where a source ends and an id begins', () => {
    const numbered = Array.from({ length: 50 }, (_, index) => idBytes('acme', { source: 'crm', id: `T-${1_000 + index}` }));
    expect([...numbered].sort()).toEqual(numbered);
    expect(idBytes('acme', { source: 'a', id: 'bc' })).not.toBe(idBytes('acme', { source: 'ab', id: 'c' }));
  });
});
