import { setImmediate as immediate } from 'node:timers/promises';
import { hkdfSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database, Sql } from '../postgres/database.js';
import type { DataKey } from './cipher.js';
import { unwrap, wrap } from './master-key.js';

/** The tenant's own secret lives beside the keys of its people. */
const TENANT_SUBJECT = 'tenant';
const KID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CHECK_ID = 'master';
const CHECK_TEXT = 'touchline master key';

interface KeyRow {
  subject: string;
  kid: string;
  wrapped: Buffer | null;
}

interface KeyRingOptions {
  /** Unwrapped keys kept in memory. */
  readonly cacheSize?: number;
  /** Longest time that a key destroyed elsewhere may still open a field here, in milliseconds. */
  readonly cacheMs?: number;
}

/**
 * The keys of a tenant's people, wrapped in the table `subject_key`. A subject is `contact:<our id>` or `customer:<our id>`.
 * A destroyed key stays destroyed: what is sealed for that person afterwards is sealed with a key that is thrown away.
 */
export class KeyRing {
  private readonly bySubject: LRUCache<string, DataKey>;
  private readonly byKid: LRUCache<string, { key: Buffer | null }>;
  /** By tenant: who is asked for with the next statement. */
  private readonly gathering = new Map<string, { readonly subjects: Set<string>; readonly keys: Promise<Map<string, DataKey>> }>();

  constructor(private readonly database: Database, private readonly masterKey: KeyObject, { cacheSize = 20_000, cacheMs = 60_000 }: KeyRingOptions = {}) {
    this.bySubject = new LRUCache({ max: cacheSize, ttl: cacheMs });
    this.byKid = new LRUCache({ max: cacheSize, ttl: cacheMs });
  }

  /** Proves the master key against this database; the first one to come is remembered. Needs the worker role. @throws WrongMasterKey */
  async verifyMasterKey(): Promise<void> {
    const check = await this.database.transaction(async (sql) => {
      await sql.query('insert into keyring (id, "check") values ($1, $2) on conflict (id) do nothing', [CHECK_ID, wrap(this.masterKey, CHECK_ID, Buffer.from(CHECK_TEXT))]);
      return sql.query<{ check: Buffer }>('select "check" from keyring where id = $1', [CHECK_ID]);
    });
    unwrap(this.masterKey, CHECK_ID, check[0]!.check);
  }

  /** The key of each subject; missing ones are made. One statement for all that is not in memory. Needs the worker role. */
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
    const found = new Map(rows.map((row) => [row.kid, row.wrapped ? unwrap(this.masterKey, row.kid, row.wrapped) : null]));
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
      return new Map((await this.loadOrMake(tenant, [...subjects])).map((row) => [row.subject, this.remember(tenant, row)]));
    });
    const call = { subjects, keys };
    this.gathering.set(tenant, call);
    return call;
  }

  // A row that another process makes at the same moment is seen by neither half of the statement; the caller asks again.
  private loadOrMake(tenant: string, subjects: string[]): Promise<KeyRow[]> {
    const kids = subjects.map(() => randomUUID());
    const wrapped = kids.map((kid) => wrap(this.masterKey, kid, randomBytes(32)));
    return this.database.statements((sql) => sql.query<KeyRow>(
      `with wanted as (select * from unnest($2::text[], $3::uuid[], $4::bytea[]) as w (subject, kid, wrapped)),
       made as (
         insert into subject_key (tenant, subject, kid, wrapped) select $1, subject, kid, wrapped from wanted order by subject
         on conflict (tenant, subject) do nothing returning subject, kid, wrapped)
       select subject, kid::text as kid, wrapped from made
       union all
       select k.subject, k.kid::text, k.wrapped from subject_key k join wanted w on w.subject = k.subject where k.tenant = $1`,
      [tenant, subjects, kids, wrapped]));
  }

  private remember(tenant: string, { subject, kid, wrapped }: KeyRow): DataKey {
    const dataKey = { kid, key: wrapped ? unwrap(this.masterKey, kid, wrapped) : randomBytes(32) };
    this.bySubject.set(`${tenant}/${subject}`, dataKey);
    if (wrapped) this.byKid.set(`${tenant}/${kid}`, { key: dataKey.key });
    return dataKey;
  }
}
