import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import type { Append } from '../event-store.js';
import { appendInTransaction } from './append.js';
import { Database } from './database.js';
import { mergesOf } from './merges.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';

let fresh: TestDatabase;
let worker: Database;
let reader: Database;
beforeAll(async () => {
  fresh = await freshDatabase(async (url) => void await migrate(url, eventStoreMigrations));
  worker = new Database(fresh.url, 'touchline_worker', 2);
  reader = new Database(fresh.url, 'touchline_reader', 2);
});
afterAll(async () => {
  await Promise.all([worker.close(), reader.close()]);
  await fresh.drop();
});

describe('What a process remembers of merges', () => {
  let count = 0;
  const fact = (tenant: string, type: string, id: string, into?: string): Append => ({ stream: { tenant, category: 'customer', id }, expected: 'any', events: [{
    source: 's', id: `fact-${++count}`, type, version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'x' }, data: into === undefined ? {} : { into }, bodyHash: 'h' }] });
  const merged = (tenant: string, id: string, into: string) => fact(tenant, 'customer.merged', id, into);
  const append = (...facts: Append[]) => worker.transaction((sql) => appendInTransaction(sql, facts));
  const rootOf = (tenant: string, customer: string) => reader.inTenant(tenant, async (sql) => (await mergesOf(sql, tenant)).roots.root(customer));
  /** Statements and rows of one answer. */
  const costOf = async (tenant: string) => {
    const cost = { statements: 0, rows: 0 };
    await reader.inTenant(tenant, (sql) => mergesOf({ ...sql, texts: async (text, values, name) => {
      const rows = await sql.texts(text, values, name);
      [cost.statements, cost.rows] = [cost.statements + 1, cost.rows + rows.length];
      return rows;
    } }, tenant));
    return cost;
  };

  it('makes an answer cost one statement and one row at most, however many there are', async () => {
    await append(...Array.from({ length: 1_000 }, (_, n) => merged('many', `c-${n}`, 'root')));
    expect(await costOf('many')).toMatchObject({ rows: 1_001 });
    await costOf('many');
    expect(await costOf('many')).toEqual({ statements: 1, rows: 1 });
    expect(await rootOf('many', 'c-999')).toBe('root');
    expect(await costOf('none')).toEqual({ statements: 1, rows: 0 });
  });

  it('does not hide what another process merged or parted since', async () => {
    await append(merged('two', 'a', 'b'));
    for (let time = 0; time < 3; time++) expect(await rootOf('two', 'a')).toBe('b');
    await append(merged('two', 'b', 'c'));
    expect(await rootOf('two', 'a')).toBe('c');
    await append(fact('two', 'customer.unmerged', 'a'));
    for (let time = 0; time < 3; time++) expect([await rootOf('two', 'a'), await rootOf('two', 'b')]).toEqual(['a', 'c']);
  });

  it('does not show a snapshot what came after it', async () => {
    await append(merged('old', 'a', 'b'));
    await reader.inTenant('old', async (sql) => {
      await sql.query('select 1');
      await append(merged('old', 'b', 'c'));
      for (let time = 0; time < 3; time++) expect(await rootOf('old', 'a')).toBe('c');
      expect((await mergesOf(sql, 'old')).roots.root('a')).toBe('b');
    });
    expect(await rootOf('old', 'a')).toBe('c');
  });

  it('does not skip a merge that was drawn before others and came after them', async () => {
    let commit = () => undefined as void;
    let slow: Promise<void> | undefined;
    await new Promise<void>((drawn, failed) => {
      slow = worker.transaction(async (sql) => {
        await appendInTransaction(sql, [merged('slow', 'late', 'root')]);
        drawn();
        await new Promise<void>((resolve) => { commit = resolve; });
      });
      slow.catch(failed);
    });
    await append(merged('slow', 'early', 'root'));
    for (let time = 0; time < 3; time++) expect(await rootOf('slow', 'early')).toBe('root');
    commit();
    await slow;
    for (let time = 0; time < 3; time++) expect([await rootOf('slow', 'early'), await rootOf('slow', 'late')]).toEqual(['root', 'root']);
  });

  it('is of one life of the log', async () => {
    await append(merged('alone', 'a', 'b'));
    for (let time = 0; time < 3; time++) expect(await rootOf('alone', 'a')).toBe('b');
    await worker.transaction((sql) => sql.query(`select log_begin_epoch('a copy was put back')`));
    expect(await costOf('alone')).toMatchObject({ rows: 2 });
    expect(await rootOf('alone', 'a')).toBe('b');
  });
});
