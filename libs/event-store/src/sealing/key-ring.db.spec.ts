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

  const seals = async (ring: KeyRing, person: string) => {
    const key = (await ring.keysFor(tenant, [person])).get(person)!;
    return { kid: key.kid, field: seal(key, place, SECRET) };
  };
  const reads = (ring: KeyRing, field: ReturnType<typeof seal>) => worker.inTenant(tenant, async (sql) => (await unseal(ring, sql, tenant, [{ type: 'contact.added', data: { name: field } }]))[0]!.data['name']);

  it('is unreadable at once where it was destroyed, and wherever the key is in memory no later than promised, which is five seconds', async () => {
    const [here, there, promised] = [anotherProcess(), new KeyRing(worker, master, { cacheMs: 400 }), anotherProcess()];
    const { kid, field } = await seals(here, 'contact:two');
    for (const ring of [there, promised]) expect(await reads(ring, field)).toBe(SECRET);
    const noted: string[] = [];
    const began = performance.now();
    await here.destroy(tenant, 'contact:two', async (_, destroyed) => void noted.push(destroyed));
    expect(noted).toEqual([kid]);
    expect(await reads(here, field)).toBeNull();
    // Both still have it, or what follows shows nothing.
    for (const ring of [there, promised]) expect(await reads(ring, field)).toBe(SECRET);
    await new Promise((wake) => setTimeout(wake, 450));
    expect(await reads(there, field)).toBeNull();
    while (await reads(promised, field) !== null) await new Promise((wake) => setTimeout(wake, 50));
    expect(performance.now() - began).toBeLessThan(5_500);
  }, 15_000);

  it('does not come back by who was reading the key while it was destroyed', async () => {
    const ring = anotherProcess();
    const { field } = await seals(anotherProcess(), 'contact:race');
    let goOn!: () => void;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const slow = worker.inTenant(tenant, (sql) => unseal(ring, { ...sql, query: async (text, values) => {
      const rows = await sql.query(text, values);
      await held;
      return rows as never;
    } }, tenant, [{ type: 'contact.added', data: { name: field } }]));
    await new Promise((wake) => setTimeout(wake, 100));
    await ring.destroy(tenant, 'contact:race', async () => undefined);
    goOn();
    await slow;
    expect(await reads(ring, field)).toBeNull();
  });

  it('breaks nothing for who still has the key in memory and reads what was sealed after its end', async () => {
    const late = new KeyRing(worker, master, { cacheMs: 60_000 });
    const { field } = await seals(late, 'contact:late');
    const ring = anotherProcess();
    await ring.destroy(tenant, 'contact:late', async () => undefined);
    const { field: after } = await seals(ring, 'contact:late');
    expect(await reads(late, field)).toBe(SECRET);
    expect(await reads(late, after)).toBeNull();
  });
});
