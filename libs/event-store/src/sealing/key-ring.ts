import { setImmediate as immediate } from 'node:timers/promises';
import { hkdfSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database, Sql } from '../postgres/database.js';
import type { DataKey } from './cipher.js';
import { unwrap, wrap, WrongMasterKey } from './master-key.js';
import { proveMasterKey } from './master-proof.js';

/** The tenant's own secret lives beside the keys of its people. */
const TENANT_SUBJECT = 'tenant';
const KID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface KeyRow {
  subject: string;
  kid: string;
  wrapped: Buffer | null;
}

/** With what it was unwrapped from; nothing, for a key that is thrown away. */
interface KeptKey extends DataKey {
  readonly wrapped: Buffer | null;
}

interface KeyRingOptions {
  /** Unwrapped keys kept in memory. */
  readonly cacheSize?: number;
  /** Longest time that a key destroyed by another process may still open a field here, in milliseconds. */
  readonly cacheMs?: number;
}

/**
 * The keys of a tenant's people, wrapped in the table `subject_key`. A subject is `contact:<our id>` or `customer:<our id>`.
 * A destroyed key stays destroyed: what is sealed for that person afterwards is sealed with a key that is thrown away.
 */
export class KeyRing {
  private readonly bySubject: LRUCache<string, KeptKey>;
  private readonly byKid: LRUCache<string, { key: Buffer | null }>;
  /** By tenant: who is asked for with the next statement. */
  private readonly gathering = new Map<string, { readonly subjects: Set<string>; readonly keys: Promise<Map<string, DataKey>> }>();
  /** Keys destroyed here: one that was being read at that moment must not come back. */
  private readonly destroyed = new Set<string>();
  private proof: Promise<Buffer> | undefined;

  constructor(private readonly database: Database, private readonly masterKey: KeyObject, { cacheSize = 20_000, cacheMs = 5_000 }: KeyRingOptions = {}) {
    // What is out of date stays at hand: it is good again where the database still says the same.
    this.bySubject = new LRUCache({ max: cacheSize, ttl: cacheMs, noDeleteOnStaleGet: true });
    this.byKid = new LRUCache({ max: cacheSize, ttl: cacheMs });
  }

  /** Proves the master key against this database, as it is now; the first one to come is remembered. Needs the worker role. @throws WrongMasterKey, RotationUnfinished */
  async verifyMasterKey(): Promise<void> {
    this.proof = undefined;
    await this.proven();
  }

  /** The key of each subject; missing ones are made. One statement for all that is not in memory, another where some are new. Needs the worker role. */
  async keysFor(tenant: string, subjects: Iterable<string>): Promise<Map<string, DataKey>> {
    const keys = new Map<string, DataKey>();
    let missing: string[] = [];
    for (const subject of new Set(subjects)) {
      const known = this.bySubject.get(`${tenant}/${subject}`);
      if (known) keys.set(subject, known);
      else missing.push(subject);
    }
    while (missing.length > 0) {
      const found = await this.loadTogether(tenant, missing);
      for (const subject of missing) if (found.has(subject)) keys.set(subject, found.get(subject)!);
      missing = missing.filter((subject) => !keys.has(subject));
    }
    return keys;
  }

  /**
   * The key behind each kid; null where it was destroyed or never existed. On the caller's connection: who holds one and waits for
   * another waits for ever once all are held so. `sql` sees this tenant's rows, with either role.
   */
  async keysByKid(sql: Sql, tenant: string, kids: Iterable<string>): Promise<Map<string, Buffer | null>> {
    const keys = new Map<string, Buffer | null>();
    const missing: string[] = [];
    for (const kid of new Set([...kids].filter((text) => KID.test(text)))) {
      const known = this.byKid.get(`${tenant}/${kid}`);
      if (known) keys.set(kid, known.key);
      else missing.push(kid);
    }
    if (missing.length === 0) return keys;
    const rows = await sql.query<KeyRow>('select subject, kid::text as kid, wrapped from subject_key where tenant = $1 and kid = any($2::uuid[])', [tenant, missing]);
    const found = new Map(rows.map((row) => [row.kid, this.unwrapped(row)]));
    for (const kid of missing) {
      const key = found.get(kid) ?? null;
      this.byKid.set(`${tenant}/${kid}`, { key });
      keys.set(kid, key);
    }
    return keys;
  }

  /** A 32-byte secret of this tenant for one purpose (HKDF-SHA256), the same for ever. Needs the worker role. */
  async tenantSecret(tenant: string, purpose: string): Promise<Buffer> {
    const { key } = (await this.keysFor(tenant, [TENANT_SUBJECT])).get(TENANT_SUBJECT)!;
    return Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
  }

  /** Callers of one turn of the event loop share a statement. */
  private async loadTogether(tenant: string, subjects: readonly string[]): Promise<Map<string, DataKey>> {
    const call = this.gathering.get(tenant) ?? this.gather(tenant);
    for (const subject of subjects) call.subjects.add(subject);
    return call.keys;
  }

  private gather(tenant: string) {
    const subjects = new Set<string>();
    const keys = immediate().then(async () => {
      this.gathering.delete(tenant);
      const found = new Map<string, DataKey>();
      const take = (rows: readonly KeyRow[]) => rows.forEach((row) => found.set(row.subject, this.remember(tenant, row)));
      take(await this.load(tenant, [...subjects]));
      // What another process makes at the same moment is not made again; the caller asks again.
      const missing = [...subjects].filter((subject) => !found.has(subject));
      if (missing.length > 0) take(await this.make(tenant, missing));
      return found;
    });
    const call = { subjects, keys };
    this.gathering.set(tenant, call);
    return call;
  }

  /**
   * Destroys a subject's key for good, also one that was never made; `note` writes down in the same transaction that it was done. From its end on
   * this ring opens nothing with it, every other after `cacheMs` at the latest. Needs the worker role.
   */
  async destroy(tenant: string, subject: string, note: (sql: Sql, kid: string) => Promise<void>): Promise<void> {
    const kid = await this.database.brief(async (sql) => {
      const [row] = await sql.query<{ kid: string }>(
        `insert into subject_key as k (tenant, subject, kid, wrapped, destroyed_at) values ($1, $2, $3, null, now())
         on conflict (tenant, subject) do update set wrapped = null, destroyed_at = coalesce(k.destroyed_at, now()) returning kid::text as kid`, [tenant, subject, randomUUID()]);
      await note(sql, row!.kid);
      return row!.kid;
    });
    this.destroyed.add(kid);
    this.bySubject.delete(`${tenant}/${subject}`);
    this.byKid.delete(`${tenant}/${kid}`);
  }

  /** Destroys again what was erased and has come back with an old copy of the keys. To be called before anything is opened. Needs the worker role. @returns how many */
  async destroyErased(): Promise<number> {
    const rows = await this.database.transaction((sql) => sql.query(
      `update subject_key as k set wrapped = null, destroyed_at = e.erased_at from erasure as e where e.tenant = k.tenant and e.subject = k.subject and k.wrapped is not null returning k.kid`));
    return rows.length;
  }

  private proven(): Promise<Buffer> {
    return this.proof ??= this.database.transaction((sql) => proveMasterKey(sql, this.masterKey)).catch((error: unknown) => {
      this.proof = undefined;
      throw error;
    });
  }

  private load(tenant: string, subjects: readonly string[]): Promise<KeyRow[]> {
    return this.database.statements((sql) => sql.query<KeyRow>('select subject, kid::text as kid, wrapped from subject_key where tenant = $1 and subject = any($2)', [tenant, subjects], 'subject_keys'));
  }

  /** The proof is held until the keys are in: a change of the master key waits for them, and whoever comes after it is told that theirs is the wrong one. */
  private async make(tenant: string, subjects: readonly string[]): Promise<KeyRow[]> {
    const proof = await this.proven();
    const kids = subjects.map(() => randomUUID());
    const wrapped = kids.map((kid) => wrap(this.masterKey, kid, randomBytes(32)));
    return this.database.brief(async (sql) => {
      const holds = await sql.query(`select from keyring where id = 'master' and "check" = $1 for share`, [proof]);
      if (holds.length === 0) throw new WrongMasterKey();
      return sql.query<KeyRow>(
        `insert into subject_key (tenant, subject, kid, wrapped) select $1, subject, kid, wrapped from unnest($2::text[], $3::uuid[], $4::bytea[]) as w (subject, kid, wrapped) order by subject
         on conflict (tenant, subject) do nothing returning subject, kid::text as kid, wrapped`, [tenant, subjects, kids, wrapped]);
    });
  }

  private unwrapped({ kid, wrapped }: KeyRow): Buffer | null {
    return wrapped && !this.destroyed.has(kid) ? unwrap(this.masterKey, kid, wrapped) : null;
  }

  /** A key that is thrown away has a name of its own: under the destroyed one, a process that still has that key would take the field for altered. */
  private remember(tenant: string, row: KeyRow): DataKey {
    const name = `${tenant}/${row.subject}`;
    const before = this.bySubject.peek(name, { allowStale: true });
    const isSame = before?.kid === row.kid && before.wrapped !== null && row.wrapped !== null && before.wrapped.equals(row.wrapped) && !this.destroyed.has(row.kid);
    const key = isSame ? before.key : this.unwrapped(row);
    const kept: KeptKey = key ? { kid: row.kid, key, wrapped: row.wrapped } : { kid: randomUUID(), key: randomBytes(32), wrapped: null };
    this.bySubject.set(name, kept);
    if (key) this.byKid.set(`${tenant}/${row.kid}`, { key });
    return kept;
  }
}
