import { type Database, type EventStore, type KeyRing, type Sql, unseal } from '#event-store';
import type { Actor, Position } from '#journey';
import { type Addresses, readAddresses } from './addresses.js';
import type { ErasedOfCustomer, ErasureReason } from './certificate.js';

/** A person whose key is destroyed, and how far the certificate has got. */
export interface Erasure extends ErasureReason {
  readonly contact: string;
  readonly kid: string;
  readonly erasedAt: string;
  readonly actor: Actor;
  /** What became unreadable; null until it was counted. */
  readonly counted: { readonly upTo: Position; readonly customers: readonly ErasedOfCustomer[] } | null;
  /** Whether the facts stand in the log. */
  readonly certified: boolean;
}

const subjectOf = (contact: string) => `contact:${contact}`;

interface Row {
  contact: string; kid: string; erased_at: Date; actor_kind: Actor['kind']; actor_id: string; reason: string; reference: string | null;
  up_to: Position | null; counts: ErasedOfCustomer[] | null; certified: boolean;
}

/** The table `erasure`. It is written with the end of the key, in one transaction: no key is gone without a note of why. */
export class ErasureRegistry {
  constructor(private readonly database: Database, private readonly keys: KeyRing) {}

  /** Which of these contacts have a key, or had one. */
  async known(tenant: string, contacts: readonly string[]): Promise<string[]> {
    const rows = await this.database.transaction((sql) => sql.query<{ subject: string }>(
      'select subject from subject_key where tenant = $1 and subject = any($2) union select subject from erasure where tenant = $1 and subject = any($2)', [tenant, contacts.map(subjectOf)]));
    return contacts.filter((contact) => rows.some(({ subject }) => subject === subjectOf(contact)));
  }

  /** Which e-mail addresses facts gave of whom. It reads every fact that gave one. */
  addresses(store: EventStore, tenant: string, secret: Buffer): Promise<Addresses> {
    return readAddresses(store, tenant, secret, (events) => this.database.inTenant(tenant, (sql) => unseal(this.keys, sql, tenant, events)));
  }

  /** Destroys the key. Said again, the first one who asked stays. */
  async destroy(tenant: string, contact: string, { reason, reference }: ErasureReason, { kind, id }: Actor): Promise<void> {
    await this.keys.destroy(tenant, subjectOf(contact), async (sql, kid) => void await sql.query(
      `insert into erasure (tenant, subject, kid, actor_kind, actor_id, reason, reference) values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant, subject) do nothing`,
      [tenant, subjectOf(contact), kid, kind, id, reason, reference ?? null]));
  }

  /** Of two who count at once, the first one's figures stay. */
  async count(tenant: string, contact: string, upTo: Position, customers: readonly ErasedOfCustomer[]): Promise<void> {
    await this.database.transaction((sql) => sql.query('update erasure set up_to = $3, counts = $4 where tenant = $1 and subject = $2 and up_to is null',
      [tenant, subjectOf(contact), upTo, JSON.stringify(customers)]));
  }

  async certify(tenant: string, contact: string): Promise<void> {
    await this.database.transaction((sql) => sql.query('update erasure set certified = true where tenant = $1 and subject = $2', [tenant, subjectOf(contact)]));
  }

  /** Of these contacts, or of all; the earliest first. */
  list(tenant: string, contacts?: readonly string[]): Promise<Erasure[]> {
    return this.database.transaction((sql) => read(sql, tenant, contacts?.map(subjectOf) ?? null));
  }
}

async function read(sql: Sql, tenant: string, subjects: readonly string[] | null): Promise<Erasure[]> {
  const rows = await sql.query<Row>(
    `select substr(subject, 9) as contact, kid::text as kid, erased_at, actor_kind, actor_id, reason, reference, up_to, counts, certified
     from erasure where tenant = $1 and ($2::text[] is null or subject = any($2)) order by erased_at, subject`, [tenant, subjects]);
  return rows.map(({ contact, kid, erased_at, actor_kind, actor_id, reason, reference, up_to, counts, certified }) => ({
    contact, kid, erasedAt: erased_at.toISOString(), actor: { kind: actor_kind, id: actor_id }, reason, ...(reference === null ? {} : { reference }),
    counted: up_to === null ? null : { upTo: up_to, customers: counts ?? [] }, certified,
  }));
}
