import type { EventRef, StreamKey } from '#journey';
import type { Database } from '../postgres/database.js';
import { idBytes } from '../postgres/id-bytes.js';
import type { Proposed } from './envelope.js';

/** Events that are to be stored together in one stream, exactly after a revision. Kept from before they are sent until they are known to be stored. */
export interface Intent {
  readonly batch: string;
  readonly stream: StreamKey;
  /** Whether the place is what the caller expects: then it is there or not at all. */
  readonly firm: boolean;
  readonly revision: number;
  readonly events: readonly Proposed[];
  /** Hashes of the bodies, as the events stand. */
  readonly hashes: readonly string[];
}

/** An id that is reserved or taken. Without a position nobody knows yet whether its batch is stored. */
export interface KnownId extends EventRef { readonly hash: string; readonly position: number | null; readonly batch: string | null }

const TAKEN = 'TL002';

/** Ids of events, in PostgreSQL: those that are on their way to EventStoreDB, and those that are there. A crash leaves an intent, which whoever meets it finishes. */
export class Reservations {
  constructor(private readonly worker: Database) {}

  /** In one statement, because an id moves from the reservations to the mirror. */
  async known(tenant: string, refs: readonly EventRef[]): Promise<KnownId[]> {
    if (refs.length === 0) return [];
    const rows = await this.worker.statements((sql) => sql.query<{ place: number; hash: string; position: string | null; batch: string | null }>(
      `select place::int, hash, position, batch from unnest($1::bytea[]) with ordinality as wanted (id, place)
       cross join lateral (select body_hash as hash, position, null::uuid as batch from event_id as e where e.id = wanted.id
         union all select body_hash, position, batch from reserved_id as r where r.id = wanted.id limit 1) as found`,
      [refs.map((ref) => idBytes(tenant, ref))], 'known_ids'));
    return rows.map(({ place, hash, position, batch }) => ({ ...refs[place - 1]!, hash, position: position === null ? null : Number(position), batch }));
  }

  /** All or none. @returns false when one of the ids is reserved or taken by now */
  async reserve(intents: readonly Intent[]): Promise<boolean> {
    const ids = intents.flatMap((intent, owner) => keysOf(intent).map((key, place) => ({ key, owner: owner + 1, place, hash: intent.hashes[place]! })));
    try {
      await this.worker.statements((sql) => sql.query('select log_reserve($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
        intents.map(({ batch }) => batch), intents.map(({ stream }) => stream.tenant), intents.map(({ stream }) => stream.category), intents.map(({ stream }) => stream.id),
        intents.map(({ firm }) => firm), intents.map(({ revision }) => revision), intents.map(({ events }) => JSON.stringify(events)),
        ids.map(({ key }) => key), ids.map(({ owner }) => owner), ids.map(({ place }) => place), ids.map(({ hash }) => hash),
      ], 'log_reserve'));
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === TAKEN) return false;
      throw error;
    }
  }

  /** As it stands now; undefined once it is finished. */
  async intent(batch: string): Promise<Intent | undefined> {
    return (await this.intents('batch = $1', batch))[0];
  }

  /** What nobody has finished for so long. */
  stale(seconds: number): Promise<Intent[]> {
    return this.intents(`made_at < clock_timestamp() - make_interval(secs => $1::float8)`, String(seconds));
  }

  /** To where the stream ends now: only when nothing of it can come to stand at the old place any more. @returns false when somebody else has moved or finished it */
  async move({ batch, revision }: Intent, to: number): Promise<boolean> {
    return await this.changed('esdb_move', 'update append_intent set revision = $3 where batch = $1 and revision = $2 returning batch', [batch, revision, to]) === 1;
  }

  /** It is stored, its events at these positions. */
  async confirm({ batch }: Intent, positions: readonly number[]): Promise<void> {
    await this.changed('esdb_confirm',
      `with gone as (delete from append_intent where batch = $1)
       update reserved_id set position = new.position from unnest($2::bigint[]) with ordinality as new (position, number) where batch = $1 and place = number - 1 returning batch`, [batch, positions]);
  }

  /** It is not stored, and never will be. */
  async drop({ batch, revision }: Intent): Promise<void> {
    await this.changed('esdb_drop',
      'with gone as (delete from append_intent where batch = $1 and revision = $2 returning batch) delete from reserved_id using gone where reserved_id.batch = gone.batch returning gone.batch', [batch, revision]);
  }

  /** Named, so that the server plans it once for a connection. */
  private async changed(name: string, text: string, values: readonly unknown[]): Promise<number> {
    return (await this.worker.statements((sql) => sql.query(text, values, name))).length;
  }

  private async intents(where: string, value: string): Promise<Intent[]> {
    const rows = await this.worker.statements((sql) => sql.query<{ batch: string; tenant: string; category: string; stream: string; firm: boolean; revision: string; events: string }>(
      `select batch, tenant, category, stream, firm, revision, events from append_intent where ${where} order by made_at limit 1000`, [value]));
    return rows.map(({ batch, tenant, category, stream, firm, revision, events }) => {
      const proposed = JSON.parse(events) as Proposed[];
      return { batch, stream: { tenant, category, id: stream }, firm, revision: Number(revision), events: proposed, hashes: proposed.map(({ metadata }) => metadata.bodyHash) };
    });
  }
}

const keysOf = ({ stream, events }: Intent): string[] => events.map(({ metadata }) => idBytes(stream.tenant, metadata));
