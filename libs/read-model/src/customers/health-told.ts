import { type CustomerKey, keyText, type Sql, type Work } from '#event-store';
import type { Band, CustomerCondition } from '#insight';
import type { DataFor } from '#journey';
import { columnOf, type RowValues } from './states-sql.js';

/** A score that was kept to be compared with later: the day, and the score in hundredths. */
export type KeptScore = readonly [day: number, score: number];

/** What was announced last of a customer's health, or first seen. `conditions`: null where nobody has looked yet. */
export interface Told { readonly cards: string; readonly band: Band; readonly conditions: readonly string[] | null; readonly scores: readonly KeptScore[] }

/** A row that is final, as far as it is announced. */
export interface SeenHealth extends CustomerKey {
  readonly row: RowValues;
  readonly cards: string;
  readonly band: Band;
  readonly day: number;
  /** In hundredths. */
  readonly score: number | null;
  readonly conditions: readonly CustomerCondition[];
}

export type HealthNote = CustomerKey & { readonly id: string } & (
  | { readonly type: 'insight.health-band-changed'; readonly data: DataFor<'insight.health-band-changed'> }
  | { readonly type: 'insight.condition-changed'; readonly data: DataFor<'insight.condition-changed'> }
  | { readonly type: 'insight.metric-restated'; readonly data: DataFor<'insight.metric-restated'> });

/** Of a row that waits, is held, or is merged into another nothing is announced. */
export function seenHealth(row: RowValues): SeenHealth[] {
  if (columnOf(row, 'stale_from') !== null || columnOf(row, 'held') === true || columnOf(row, 'merged_into') !== null) return [];
  const text = (name: Parameters<typeof columnOf>[1]) => columnOf(row, name) as string;
  return [{
    row, tenant: text('tenant'), customer: text('customer'), cards: text('cards'), band: text('band') as Band, day: columnOf(row, 'day') as number,
    score: columnOf(row, 'score') as number | null, conditions: JSON.parse(text('conditions')) as CustomerCondition[],
  }];
}

/** What was told of these customers; null where people read other rows than those of this work. */
export async function loadTold(work: Work, keys: readonly CustomerKey[]): Promise<Map<string, Told> | null> {
  const rows = await work.sql.query<Told & { live: number | null; tenant: string | null; customer: string }>(
    `select live, told.tenant, told.customer, told.cards, told.band, told.conditions, told.scores from projection
     left join band_told as told on live = $3 and (told.tenant, told.customer) in (select * from unnest($1::text[], $2::text[])) where name = 'customers'`,
    [keys.map(({ tenant }) => tenant), keys.map(({ customer }) => customer), work.generation], 'health_told');
  if (rows[0]?.live !== work.generation) return null;
  return new Map(rows.flatMap(({ tenant, customer, ...told }) => (tenant === null ? [] : [[keyText({ tenant, customer }), told]])));
}

export async function keepTold(sql: Sql, kept: readonly (CustomerKey & Told)[]): Promise<void> {
  if (kept.length === 0) return;
  await sql.query(
    `insert into band_told (tenant, customer, cards, band, conditions, scores) select tenant, customer, cards, band, string_to_array(conditions, ' '), scores
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::json[]) as kept (tenant, customer, cards, band, conditions, scores)
     on conflict (tenant, customer) do update set cards = excluded.cards, band = excluded.band, conditions = excluded.conditions, scores = excluded.scores`,
    [kept.map(({ tenant }) => tenant), kept.map(({ customer }) => customer), kept.map(({ cards }) => cards), kept.map(({ band }) => band), kept.map(({ conditions }) => (conditions ?? []).join(' ')), kept.map(({ scores }) => JSON.stringify(scores))]);
}

export async function writeHealthNotes(sql: Sql, notes: readonly HealthNote[]): Promise<void> {
  if (notes.length === 0) return;
  await sql.query('insert into health_note (tenant, customer, type, id, data) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::json[])',
    [notes.map(({ tenant }) => tenant), notes.map(({ customer }) => customer), notes.map(({ type }) => type), notes.map(({ id }) => id), notes.map(({ data }) => JSON.stringify(data))]);
}
