import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, eventStoreMigrations, generateMasterKey, KeyRing, migrate, type NewEvent, open, parseMasterKey, PostgresEventStore, seal, unseal } from '../index.js';

const tenant = 'acme';
const subject = 'contact:otto';
const place = { tenant, path: '/name' };
const SECRET = 'Otto Erased';

describe('A person whose key was destroyed', () => {
  let worker: Database;
  let store: PostgresEventStore;
  let drop: () => Promise<void>;
  let before: Buffer;
  let told = 0;
  const master = parseMasterKey(generateMasterKey());
  const anotherProcess = () => new KeyRing(worker, master);
  const keyOf = async (ring: KeyRing) => (await ring.keysFor(tenant, [subject])).get(subject)!;

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    drop = fresh.drop;
    worker = new Database(fresh.url, 'touchline_worker', 6);
    store = new PostgresEventStore(worker);
    await ensureTenant(worker, tenant, 'UTC');
    before = (await keyOf(anotherProcess())).key;
    await worker.transaction((sql) => sql.query('update subject_key set wrapped = null, destroyed_at = now() where subject = $1', [subject]));
  });
  afterAll(async () => {
    await store.close();
    await worker.close();
    await drop();
  });

  /** A fact about the person, as an intake writes it that has just started. */
  const arrives = async (ring: KeyRing): Promise<JourneyEvent> => {
    told += 1;
    const event: NewEvent = {
      source: 'test', id: `f${told}`, type: 'contact.added', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' },
      data: { contact: 'otto', name: seal(await keyOf(ring), place, SECRET), role: 'user' }, bodyHash: String(told) };
    await store.append([{ stream: { tenant, category: 'customer', id: 'c1' }, expected: 'any', events: [event] }]);
    return (await store.find(tenant, [event]))[0]!;
  };

  it('is sealed anew with keys that nobody has: not the old one, no guessable one, and another one in each process', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, async () => (await keyOf(anotherProcess())).key));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(8);
    for (const key of keys) {
      expect(key).toHaveLength(32);
      expect(key.equals(before)).toBe(false);
      expect(new Set(key).size).toBeGreaterThan(8);
    }
  });

  it('stays unreadable in facts that arrive later, also with the old key, one of zeros, the master key, or the ring that sealed them', async () => {
    const ring = anotherProcess();
    const fact = await arrives(ring);
    const sealed = fact.data['name'] as ReturnType<typeof seal>;
    for (const key of [before, Buffer.alloc(32), Buffer.alloc(32, 0xff), master.export()]) expect(() => open(key, place, sealed)).toThrow('cannot be opened');
    for (const reader of [ring, anotherProcess()]) {
      expect((await worker.inTenant(tenant, (sql) => unseal(reader, sql, tenant, [fact])))[0]!.data).toEqual({ contact: 'otto', name: null, role: 'user' });
    }
    const stored = await worker.transaction((sql) => sql.query<{ data: string }>('select data::text from log'));
    expect(JSON.stringify(stored)).not.toContain('Otto');
    expect(await worker.transaction((sql) => sql.query('select wrapped from subject_key where subject = $1', [subject]))).toEqual([{ wrapped: null }]);
  });
});
