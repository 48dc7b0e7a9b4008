import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyObject } from 'node:crypto';
import pg from 'pg';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, rotateMasterKey, seal, unseal } from '../index.js';
import { unwrap } from './master-key.js';

const tenant = 'acme';
const place = { tenant, path: '/name' };
const newKey = () => parseMasterKey(generateMasterKey());

describe('The master key', () => {
  let worker: Database;
  let drop: () => Promise<void>;
  let ownerUrl: string;
  let former: KeyObject;
  let next: KeyObject;
  const people = Array.from({ length: 25 }, (_, n) => `contact:p${n}`);
  const ringOf = (master: KeyObject) => new KeyRing(worker, master);
  const sealAll = async (ring: KeyRing, subjects = people) => {
    const keys = await ring.keysFor(tenant, subjects);
    return subjects.map((subject) => ({ type: 'contact.added', data: { name: seal(keys.get(subject)!, place, subject) } }));
  };
  const namesBy = (master: KeyObject, facts: Awaited<ReturnType<typeof sealAll>>) =>
    worker.inTenant(tenant, async (sql) => (await unseal(ringOf(master), sql, tenant, facts)).map(({ data }) => data.name as unknown));
  const wrappedKeys = () => worker.transaction((sql) => sql.query<{ kid: string; wrapped: Buffer | null }>('select kid::text as kid, wrapped from subject_key order by subject'));
  const openWith = (master: KeyObject, rows: Awaited<ReturnType<typeof wrappedKeys>>) => rows.filter(({ kid, wrapped }) => {
    try {
      return wrapped && unwrap(master, kid, wrapped);
    } catch {
      return false;
    }
  }).length;
  /** Cuts the change short after so many slices, as a process that dies does. */
  const cutShort = (slices: number) => expect(rotateMasterKey(worker, former, next, { slice: 5, progress: (keys) => { if (keys >= slices * 5) throw new Error('killed'); } })).rejects.toThrow('killed');

  const owner = async (statement: string) => {
    const client = new pg.Client(ownerUrl);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };

  beforeEach(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    drop = fresh.drop;
    ownerUrl = fresh.url;
    worker = new Database(fresh.url, 'touchline_worker', 6);
    await ensureTenant(worker, tenant, 'UTC');
    [former, next] = [newKey(), newKey()];
  });
  afterEach(async () => {
    await worker.close();
    await drop();
  });

  it('is changed without touching what was sealed: the new one opens everything, the old one nothing, also not in an old copy of the keys that were erased', async () => {
    const ring = ringOf(former);
    const facts = await sealAll(ring);
    const secret = await ring.tenantSecret(tenant, 'identity');
    const copy = await wrappedKeys();
    await ring.destroy(tenant, people[3]!, async () => undefined);
    expect(await rotateMasterKey(worker, former, next, { slice: 7 })).toBe(25);
    expect(await namesBy(next, facts)).toEqual(people.map((name, n) => (n === 3 ? null : name)));
    expect(await ringOf(next).tenantSecret(tenant, 'identity')).toEqual(secret);
    const now = await wrappedKeys();
    expect([openWith(next, now), openWith(former, now), openWith(former, copy), openWith(next, copy)]).toEqual([25, 0, 26, 0]);
    await expect(namesBy(former, facts)).rejects.toThrow('The master key does not open the keys in this database');
  });

  it('is taken out of service by the change: who runs with the old one makes no key, and gets a clear error instead of wrong data; only the new one starts', async () => {
    const old = ringOf(former);
    const facts = await sealAll(old);
    await rotateMasterKey(worker, former, next);
    await expect(old.keysFor(tenant, ['contact:new'])).rejects.toThrow('or with the one it was changed to');
    expect(await worker.transaction((sql) => sql.query(`select from subject_key where subject = 'contact:new'`))).toEqual([]);
    await expect(worker.inTenant(tenant, (sql) => unseal(ringOf(former), sql, tenant, facts))).rejects.toThrow('The master key does not open');
    await expect(ringOf(former).verifyMasterKey()).rejects.toThrow('The master key does not open');
    await ringOf(next).verifyMasterKey();
    expect(await rotateMasterKey(worker, former, next)).toBe(0);
  });

  it('loses none of the keys that are made while it is changed: each ends under the new one, or was refused', async () => {
    await sealAll(ringOf(former));
    let made = 0;
    let refused = 0;
    let ended = false;
    const making = Promise.all(Array.from({ length: 4 }, async (_, w) => {
      const ring = ringOf(former);
      for (let n = 0; !ended || n < 5; n++) await ring.keysFor(tenant, [`contact:w${w}-${n}`]).then(() => (made += 1), () => (refused += 1));
    }));
    await new Promise((wake) => setTimeout(wake, 150));
    await rotateMasterKey(worker, former, next, { slice: 3 });
    ended = true;
    await making;
    const rows = await wrappedKeys();
    expect(rows).toHaveLength(25 + made);
    expect(openWith(next, rows)).toBe(rows.length);
    expect([made > 0, refused > 0]).toEqual([true, true]);
  });

  it('waits for who is making a key', async () => {
    await owner(`create function touchline.slowly() returns trigger language plpgsql as 'begin perform pg_sleep(0.5); return new; end'; create trigger slowly before insert on touchline.subject_key for each row when (new.subject = 'contact:slow') execute function touchline.slowly()`);
    const ring = ringOf(former);
    await ring.verifyMasterKey();
    const slow = ring.keysFor(tenant, ['contact:slow']);
    await new Promise((wake) => setTimeout(wake, 200));
    await rotateMasterKey(worker, former, next);
    await slow;
    const rows = await wrappedKeys();
    expect([rows.length, openWith(next, rows)]).toEqual([1, 1]);
  });

  it('whose change was cut short starts nothing until the same two keys have finished it', async () => {
    const facts = await sealAll(ringOf(former));
    await cutShort(2);
    const half = await wrappedKeys();
    expect([openWith(next, half), openWith(former, half)]).toEqual([10, 15]);
    for (const master of [former, next]) await expect(ringOf(master).verifyMasterKey()).rejects.toThrow('start it again with the same two keys');
    for (const [a, b] of [[former, newKey()], [newKey(), next], [next, former]] as const) await expect(rotateMasterKey(worker, a, b)).rejects.toThrow('start it again with the same two keys');
    expect(await rotateMasterKey(worker, former, next, { slice: 5 })).toBe(15);
    expect(await namesBy(next, facts)).toEqual(people);
    await ringOf(next).verifyMasterKey();
  });

  it('is not changed by who does not know it, nor for itself', async () => {
    await sealAll(ringOf(former));
    const before = await wrappedKeys();
    await expect(rotateMasterKey(worker, newKey(), next)).rejects.toThrow('The master key does not open');
    await expect(rotateMasterKey(worker, former, former)).rejects.toThrow('The new master key is the old one');
    expect(await wrappedKeys()).toEqual(before);
    await ringOf(former).verifyMasterKey();
  });
});
