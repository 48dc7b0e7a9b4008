import { type CustomerKey, keyText, partitionOf, type Work } from '#event-store';
import type { Band, FactSheet } from '#insight';
import type { CustomerState } from './customer-state.js';
import { jsonArray } from './json-array.js';
import { customerTable } from './table.js';

interface StateRow {
  tenant: string; customer: string; sheet: FactSheet; day: number; close_day: number | null; close_band: Band | null;
  stale_from: string | null; held: boolean; position: string; merged_into: string | null;
}

const STATE_BUT_SHEET = 'tenant, customer, day, close_day, close_band, stale_from, held, position, merged_into';
const STATE = `${STATE_BUT_SHEET}, sheet`;
/** What a row is written with: columns and their types. */
const COLUMNS = {
  tenant: 'text', customer: 'text', partition: 'smallint', sheet: 'json', day: 'integer', close_day: 'integer', close_band: 'text', stale_from: 'bigint', held: 'boolean',
  position: 'bigint', claimed: 'boolean', name: 'text', segment: 'text', owner: 'text', parent: 'text', status: 'text', merged_into: 'text', arr: 'bigint', currency: 'text', risk: 'integer', arr_at_risk: 'bigint', churn_model: 'text', cards: 'text',
  renewal_day: 'integer', notice_day: 'integer', score: 'integer', coverage: 'real', band: 'text', divergence: 'integer', profile: 'jsonb', summary: 'jsonb', conditions: 'json',
} as const;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
const KEY = 2;

/** States of these customers; one that is stale comes without its sheet, which is not looked at. */
export async function loadStates(work: Work, keys: readonly CustomerKey[]): Promise<Map<string, CustomerState>> {
  const rows = await work.sql.query<StateRow>(
    `select ${STATE_BUT_SHEET}, case when stale then null else sheet end as sheet from ${customerTable(work.generation)} where (tenant, customer) in (select * from unnest($1::text[], $2::text[]))`,
    [keys.map(({ tenant }) => tenant), keys.map(({ customer }) => customer)]);
  return new Map(rows.map((row) => [keyText(row), stateOf(row)]));
}

/** Some states of a tenant that are scored for a day before `day`; who is held stands still. */
export async function loadStatesBefore(work: Work, tenant: string, day: number, limit: number): Promise<CustomerState[]> {
  const rows = await work.sql.query<StateRow>(
    `select ${STATE} from ${customerTable(work.generation)} where tenant = $1 and partition = any($2) and day < $3 and not held limit $4`,
    [tenant, work.partitions, day, limit]);
  return rows.map(stateOf);
}

/** Some states of a tenant whose rows were made by another model, or by other cards; who is held stands still. */
export async function loadStatesOfOthers(work: Work, tenant: string, [by, id]: readonly ['churn_model' | 'cards', string], limit: number): Promise<CustomerState[]> {
  const rows = await work.sql.query<StateRow>(
    `select ${STATE} from ${customerTable(work.generation)} where tenant = $1 and partition = any($2) and ${by} <> $3 and not held limit $4`,
    [tenant, work.partitions, id, limit]);
  return rows.map(stateOf);
}

/** Customers to be computed anew, a few of every tenant first, so that none waits for another's history; tenants named are left out. */
export async function loadStale(work: Work, tenantsLeftOut: readonly string[], limit: number): Promise<Late[]> {
  const table = customerTable(work.generation);
  const rows = await work.sql.query<{ tenant: string; customer: string; stale_from: string }>(
    `with recursive waiting (tenant) as (
       (select tenant from ${table} where stale order by tenant limit 1)
       union all
       select (select row.tenant from ${table} as row where stale and row.tenant > waiting.tenant order by row.tenant limit 1) from waiting where tenant is not null)
     select tenant, customer, stale_from from waiting cross join lateral (
       select customer, stale_from, row_number() over (order by stale_from) as place from (
         select customer, stale_from from ${table} as row
         where row.tenant = waiting.tenant and stale and not held and partition = any($1) and stale_from <= $3 order by stale_from limit $2) as first) as first
     where tenant <> all($4) order by place, tenant limit $2`,
    [work.partitions, limit, work.upTo, tenantsLeftOut]);
  return rows.map(({ tenant, customer, stale_from }) => ({ tenant, customer, from: Number(stale_from) }));
}

/** A customer whose past has changed: its row waits for a refold, and its sheet is not worth keeping until then. */
export interface Late extends CustomerKey { readonly from: number }

export async function markStale(work: Work, late: readonly Late[]): Promise<void> {
  if (late.length === 0) return;
  await work.sql.query(
    `update ${customerTable(work.generation)} as row set stale_from = late.first
     from unnest($1::text[], $2::text[], $3::bigint[]) as late (tenant, customer, first)
     where row.tenant = late.tenant and row.customer = late.customer and row.stale_from is null`,
    [late.map(({ tenant }) => tenant), late.map(({ customer }) => customer), late.map(({ from }) => from)]);
}

/** A row ready to be written. */
export type RowValues = readonly unknown[];

export const valuesOf = (row: Record<string, unknown>): RowValues => NAMES.map((name) => (COLUMNS[name].startsWith('json') ? JSON.stringify(row[name]) : row[name]));

export const columnOf = (row: RowValues, name: keyof typeof COLUMNS): unknown => row[NAMES.indexOf(name)];

/** All rows of a batch in one statement, a column an array. */
export async function saveRows(work: Work, rows: readonly RowValues[]): Promise<void> {
  if (rows.length === 0) return;
  await work.sql.query(
    `insert into ${customerTable(work.generation)} (${NAMES.join(', ')})
     select * from unnest(${NAMES.map((name, place) => `$${place + 1}::${COLUMNS[name]}[]`).join(', ')})
     on conflict (tenant, customer) do update set ${NAMES.slice(KEY).map((name) => `${name} = excluded.${name}`).join(', ')}`,
    NAMES.map((name, place) => (COLUMNS[name] === 'json' ? jsonArray(rows.map((row) => row[place] as string)) : rows.map((row) => row[place]))), `save_customers_${work.generation}`);
}

/** Rows like that of `model`, each waiting from its own first fact on, for others of its tenant. @returns whose rows were made: all, or nobody's where the model has none */
export function copyRow(work: Work, model: CustomerKey, others: readonly Late[]): Promise<{ customer: string }[]> {
  const own: Readonly<Record<string, string>> = { customer: 'opened.customer', partition: 'opened.partition', stale_from: 'opened.first', position: 'opened.first' };
  const table = customerTable(work.generation);
  return work.sql.query<{ customer: string }>(
    `insert into ${table} (${NAMES.join(', ')})
     select ${NAMES.map((column) => own[column] ?? `model.${column}`).join(', ')}
     from ${table} as model, unnest($3::text[], $4::smallint[], $5::bigint[]) as opened (customer, partition, first) where model.tenant = $1 and model.customer = $2 returning customer`,
    [model.tenant, model.customer, others.map(({ customer }) => customer), others.map(({ tenant, customer }) => partitionOf(tenant, customer)), others.map(({ from }) => from)]);
}

export async function deleteRows(work: Work, tenant: string, customers: readonly string[]): Promise<void> {
  if (customers.length > 0) await work.sql.query(`delete from ${customerTable(work.generation)} where tenant = $1 and customer = any($2)`, [tenant, customers]);
}

/** The row stands as it was last written, and says so. */
export async function markHeld(work: Work, { tenant, customer }: CustomerKey): Promise<void> {
  await work.sql.query(`update ${customerTable(work.generation)} set held = true where tenant = $1 and customer = $2 and partition = $3`, [tenant, customer, partitionOf(tenant, customer)]);
}

function stateOf(row: StateRow): CustomerState {
  return {
    tenant: row.tenant, customer: row.customer, sheet: row.sheet, day: row.day, closeDay: row.close_day, closeBand: row.close_band,
    staleFrom: row.stale_from === null ? null : Number(row.stale_from), held: row.held, position: Number(row.position), mergedInto: row.merged_into,
  };
}
