import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, seal, unseal } from '../index.js';

const PAGE = readFileSync(new URL('../../KEYS.md', import.meta.url), 'utf8');
const statements = (name: string) => new RegExp(`\`\`\`sql ${name}\n([^]*?)\`\`\``).exec(PAGE)![1]!.trim().split('\n');
const tenant = 'acme';

describe('The page about keys', () => {
  let database: TestDatabase;
  let worker: Database;
  const master = parseMasterKey(generateMasterKey());
  const ring = () => new KeyRing(worker, master);
  beforeAll(async () => {
    database = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    worker = new Database(database.url, 'touchline_worker', 4);
    await ensureTenant(worker, tenant, 'UTC');
  });
  afterAll(async () => {
    await worker.close();
    await database.drop();
  });

  it('has statements that take keys out and put them back, after which the next start erases again who was erased', async () => {
    const people = ['contact:ines', 'contact:otto'];
    const keys = await ring().keysFor(tenant, people);
    const facts = people.map((subject) => ({ type: 'contact.added', data: { name: seal(keys.get(subject)!, { tenant, path: '/name' }, subject) } }));
    const read = () => worker.inTenant(tenant, async (sql) => (await unseal(ring(), sql, tenant, facts)).map(({ data }) => data.name as unknown));

    await ring().verifyMasterKey();
    const owner = new pg.Client(database.url);
    await owner.connect();
    const copies: string[] = [];
    for (const statement of statements('backup')) copies.push(await text(owner.query(to(statement))));
    await owner.end();
    await ring().destroy(tenant, people[0]!, async (sql, kid) => void await sql.query(
      `insert into erasure (tenant, subject, kid, actor_kind, actor_id, reason) values ($1, $2, $3, 'person', 'mara', 'other')`, [tenant, people[0], kid]));
    expect(await read()).toEqual([null, people[1]]);

    const superuser = new pg.Client(database.adminUrl);
    await superuser.connect();
    const [truncate, ...fill] = statements('restore');
    await superuser.query(truncate!);
    for (const [index, statement] of fill.entries()) await finished(superuser.query(from(statement)).end(copies[index]));
    await superuser.end();
    expect(await read()).toEqual(people);
    const started = ring();
    await started.verifyMasterKey();
    expect(await started.destroyErased()).toBe(1);
    expect(await read()).toEqual([null, people[1]]);
  });
});
