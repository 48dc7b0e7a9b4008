import { LRUCache } from 'lru-cache';
import type { Actor } from '#journey';
import type { Database, Sql } from '#event-store';
import { hashOf, keyText, markOf, newKeyId, newSecret, parseKeyText, sameHash } from './key-text.js';
import type { Role } from './roles.js';
import type { SessionClaim } from './session.js';

/** Who calls: one tenant, one role, one actor. */
export interface Caller {
  readonly tenant: string;
  readonly keyId: string;
  readonly role: Role;
  readonly actor: Actor;
  /** W3C trace context of the request, where it names one. */
  readonly traceParent?: string;
}

/** A key as administrators see it. Times are RFC 3339; the secret is not kept. */
export interface KeyInfo {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly actor: Actor;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

export interface NewKey {
  readonly tenant: string;
  readonly name: string;
  readonly role: Role;
  readonly actor: Actor;
  /** Default: 365. */
  readonly days?: number;
}

interface InfoRow {
  id: string; name: string; role: Role; actor_kind: Actor['kind']; actor_id: string; created_at: Date; expires_at: Date; revoked_at: Date | null;
}

interface KeyRow extends InfoRow {
  tenant: string; hash: Buffer; previous_hash: Buffer | null; previous_until: Date | null;
}

const DAY_MS = 86_400_000;
const REVOKING = 7_460_560;
/** Longest time that a key revoked or rotated by another process is still good here. */
const CACHE_MS = 1_000;
const CACHED = 10_000;

/** Makes a key of a tenant. `worker` acts as the worker role. @returns the key's text, which is shown this once, and what is kept of it */
export async function issueKey(worker: Database, { tenant, name, role, actor, days = 365 }: NewKey, now = new Date()): Promise<{ key: string; info: KeyInfo }> {
  const [id, secret] = [newKeyId(), newSecret()];
  const [row] = await worker.transaction((sql) => sql.query<KeyRow>(
    `insert into api_key (tenant, id, hash, name, role, actor_kind, actor_id, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
    [tenant, id, hashOf(secret), name, role, actor.kind, actor.id, new Date(now.getTime() + days * DAY_MS)]));
  return { key: keyText({ id, secret }), info: infoOf(row!) };
}

/** The keys of a tenant, as the reader role sees them: without a hash. */
export async function listKeys(sql: Sql, tenant: string): Promise<KeyInfo[]> {
  const rows = await sql.query<InfoRow>(
    'select id, name, role, actor_kind, actor_id, created_at, expires_at, revoked_at from api_key where tenant = $1 order by created_at, id', [tenant]);
  return rows.map(infoOf);
}

/**
 * The keys in PostgreSQL. What was looked up is good for a second, so that a busy key costs one look-up a second and not one a request;
 * what this process revokes or rotates counts here at once, in another after that second at the latest.
 */
export class ApiKeys {
  private readonly recent = new LRUCache<string, Promise<KeyRow | undefined>>({ max: CACHED, ttl: CACHE_MS });

  constructor(private readonly worker: Database) {}

  /** Whose key this is; null when it is malformed, unknown, expired or revoked. */
  async authenticate(text: string, now: Date): Promise<Caller | null> {
    const parsed = parseKeyText(text);
    if (!parsed) return null;
    const row = await this.find(parsed.id);
    const given = hashOf(parsed.secret);
    const matches = [sameHash(given, row?.hash ?? null), sameHash(given, formerHash(row, now))].includes(true);
    return row && matches ? callerOf(row, now) : null;
  }

  /** The caller behind a session, as long as the secret that opened it is good. */
  async callerOfSession({ keyId, mark }: SessionClaim, now: Date): Promise<Caller | null> {
    const row = await this.find(keyId);
    const good = [row?.hash, formerHash(row, now)].some((hash) => hash && markOf(hash) === mark);
    return row && good ? callerOf(row, now) : null;
  }

  /** A new secret; the former one stays good for `graceHours`. Null when the tenant has no such key in use. */
  async rotate(tenant: string, id: string, graceHours: number, now: Date): Promise<{ key: string; info: KeyInfo; formerUntil: string } | null> {
    const secret = newSecret();
    const until = new Date(now.getTime() + graceHours * 3_600_000);
    const [row] = await this.worker.transaction((sql) => sql.query<KeyRow>(
      `update api_key set previous_hash = hash, previous_until = $4, hash = $3
       where tenant = $1 and id = $2 and revoked_at is null and expires_at > $5 returning *`, [tenant, id, hashOf(secret), until, now]));
    this.recent.delete(id);
    return row ? { key: keyText({ id, secret }), info: infoOf(row), formerUntil: until.toISOString() } : null;
  }

  /** Ends a key of a tenant. @returns false, and leaves it, when it is the last with which somebody is operator of the installation */
  async revoke(tenant: string, id: string): Promise<boolean> {
    const revoked = await this.worker.transaction(async (sql) => {
      // One at a time, or two operators could end each other.
      await sql.query('select pg_advisory_xact_lock($1)', [REVOKING]);
      const [row] = await sql.query(
        `update api_key set revoked_at = coalesce(revoked_at, now()) where tenant = $1 and id = $2 and (role <> 'operator' or revoked_at is not null or expires_at <= now()
           or exists (select from api_key other where other.role = 'operator' and other.id <> $2 and other.revoked_at is null and other.expires_at > now())) returning id`, [tenant, id]);
      return row !== undefined;
    });
    this.recent.delete(id);
    return revoked;
  }

  /** Requests that come while one looks wait for its answer. An unknown key is looked for again each time. */
  private find(id: string): Promise<KeyRow | undefined> {
    const known = this.recent.get(id);
    if (known) return known;
    const looking = this.worker.statements((sql) => sql.query<KeyRow>('select * from api_key where id = $1', [id], 'api_key')).then(([row]) => row);
    this.recent.set(id, looking);
    const forget = () => { if (this.recent.peek(id) === looking) this.recent.delete(id); };
    looking.then((row) => row ?? forget(), forget);
    return looking;
  }
}

/** The hash before the last rotation, during its grace. */
function formerHash(row: KeyRow | undefined, now: Date): Buffer | null {
  return row?.previous_until && row.previous_until > now ? row.previous_hash : null;
}

function callerOf({ tenant, id, role, actor_kind: kind, actor_id: actor, revoked_at: revoked, expires_at: expires }: KeyRow, now: Date): Caller | null {
  return revoked || expires <= now ? null : { tenant, keyId: id, role, actor: { kind, id: actor } };
}

function infoOf(row: InfoRow): KeyInfo {
  return {
    id: row.id, name: row.name, role: row.role, actor: { kind: row.actor_kind, id: row.actor_id },
    createdAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString(), revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
