import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from './database.js';

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row & pg.QueryResultRow>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a database for one test file', () => {
  let mine: TestDatabase;
  beforeAll(async () => {
    mine = await freshDatabase(async (url) => void await query(url, 'create table note (text text)'));
  });
  afterAll(() => mine.drop());

  it('has run the migrations it was given', async () => {
    expect(await query(mine.url, 'select * from note')).toEqual([]);
  });

  it('is used as its owner, who is no superuser and may not bypass row-level security', async () => {
    const [role] = await query<Record<string, unknown>>(mine.url,
      `select current_user::text as name, rolsuper, rolbypassrls, (select datdba::regrole::text from pg_database where datname = current_database()) as owner
       from pg_roles where rolname = current_user`);
    expect(role).toEqual({ name: 'touchline_owner', rolsuper: false, rolbypassrls: false, owner: 'touchline_owner' });
  });

  it('shares nothing with another one, and is gone after drop', async () => {
    const other = await freshDatabase();
    expect(await query(other.url, `select to_regclass('note') as note`)).toEqual([{ note: null }]);
    await other.drop();
    await expect(query(other.url, 'select 1')).rejects.toThrow('does not exist');
  });

  it('is dropped when its migration fails, and the failure is told', async () => {
    let left = '';
    await expect(freshDatabase((url) => {
      left = url;
      throw new Error('migration 7 failed');
    })).rejects.toThrow('migration 7 failed');
    await expect(query(left, 'select 1')).rejects.toThrow('does not exist');
  });
});
