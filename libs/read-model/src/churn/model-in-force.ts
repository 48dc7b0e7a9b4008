import { LRUCache } from 'lru-cache';
import { markOfStreams, readEpoch, streamsIn, type Sql } from '#event-store';
import { type ChurnModel, priorChurnModel } from '#insight';
import { comparePositions, formatPosition, type Position } from '#journey';
import { inForceAmong, type ModelFact } from './model-states.js';

export const MODELS = 'churnmodel';

/** The model that answers, and since when; the prior where none was promoted. */
export interface InForce {
  readonly model: ChurnModel;
  /** When it was promoted, and by which fact; null for the prior, which nobody promotes. */
  readonly since: { readonly at: string; readonly position: Position } | null;
}

interface Decided { readonly mark: string; readonly facts: readonly ModelFact[] }

const TENANTS = 1_000;
const KEPT_MODELS = 50;
const decided = new WeakMap<object, LRUCache<string, Decided>>();
const models = new WeakMap<object, LRUCache<string, ChurnModel>>();

/**
 * The model in force as the snapshot of `sql` has it, or as it was known at a moment. What was decided is remembered by the process for as long as no fact about
 * a model has come, which one look at the tenant's few streams tells.
 */
export function modelInForce(sql: Sql, tenant: string, knownAt?: string): Promise<InForce> {
  return inForceBy(sql, tenant, ({ observedAt }) => knownAt === undefined || observedAt <= knownAt);
}

/** The model in force once the log had come to a position. */
export function modelInForceUpTo(sql: Sql, tenant: string, position: Position): Promise<InForce> {
  return inForceBy(sql, tenant, (fact) => comparePositions(fact.position, position) <= 0);
}

async function inForceBy(sql: Sql, tenant: string, counts: (fact: ModelFact) => boolean): Promise<InForce> {
  const known = inForceAmong((await decisionsOf(sql, tenant)).filter(counts));
  const model = known && await modelById(sql, tenant, known.model);
  return known && model ? { model, since: { at: known.observedAt, position: known.position } } : { model: priorChurnModel, since: null };
}

/** A trained model; null when this tenant has none of this id. A model's id comes from what it holds, so it stays what it is. */
export async function modelById(sql: Sql, tenant: string, id: string): Promise<ChurnModel | null> {
  const kept = cacheOf(models, sql, KEPT_MODELS);
  const key = `${tenant}/${id}`;
  const known = kept.get(key);
  if (known) return known;
  const [row] = await sql.texts(
    `select data->'model' from log where tenant = $1 and category = '${MODELS}' and stream = $2 and type = 'churnmodel.trained' order by revision limit 1`, [tenant, id], 'churn_model');
  if (!row) return null;
  const model = JSON.parse(row[0]!) as ChurnModel;
  kept.set(key, model);
  return model;
}

/** Promotions and retirements of a tenant, in log order. */
async function decisionsOf(sql: Sql, tenant: string): Promise<readonly ModelFact[]> {
  const kept = cacheOf(decided, sql, TENANTS);
  const mark = await markOfStreams(sql, tenant, MODELS);
  const known = kept.get(tenant);
  if (known?.mark === mark) return known.facts;
  const facts = await modelFacts(sql, tenant, ['churnmodel.promoted', 'churnmodel.retired']);
  kept.set(tenant, { mark, facts });
  return facts;
}

/** Facts about models, in log order, without the models themselves. */
export async function modelFacts(sql: Sql, tenant: string, types: readonly string[]): Promise<ModelFact[]> {
  const streams = (await streamsIn(sql, tenant, MODELS)).map(({ id }) => id);
  if (streams.length === 0) return [];
  const epoch = await readEpoch(sql);
  const rows = await sql.query<{ stream: string; type: string; position: string; revision: string; observed_at: Date; actor_kind: 'person' | 'system'; actor_id: string; data: Record<string, unknown> }>(
    `select stream, type, position, revision, observed_at, actor_kind, actor_id, case type when 'churnmodel.trained' then data::jsonb - 'model' else data::jsonb end as data from log
     where tenant = $1 and category = '${MODELS}' and stream = any($2) and type = any($3) order by position`, [tenant, streams, types]);
  return rows.map(({ stream, type, position, revision, observed_at, actor_kind, actor_id, data }) => ({
    model: stream, type, position: formatPosition(epoch, Number(position)), revision: Number(revision), observedAt: observed_at.toISOString(), actor: { kind: actor_kind, id: actor_id }, data,
  }));
}

function cacheOf<T extends object>(caches: WeakMap<object, LRUCache<string, T>>, { database }: Sql, max: number): LRUCache<string, T> {
  const cache = caches.get(database) ?? new LRUCache<string, T>({ max });
  caches.set(database, cache);
  return cache;
}
