import { partitionOf, type Work } from '#event-store';
import type { Band, Card, FactSheet } from '#insight';
import type { StreamKey } from '#journey';
import { type CustomerState, rowOf } from './customer-state.js';
import { customerTable } from './table.js';

interface StateRow {
  tenant: string; customer: string; sheet: FactSheet; day: number; close_day: number | null; close_band: Band | null;
  stale: boolean; held: boolean; position: string;
}

const STATE = 'tenant, customer, sheet, day, close_day, close_band, stale, held, position';
const COLUMNS = [
  'tenant', 'customer', 'partition', 'sheet', 'day', 'close_day', 'close_band', 'stale', 'held', 'position', 'claimed', 'name', 'segment', 'owner', 'parent',
  'status', 'arr', 'currency', 'renewal_day', 'notice_day', 'score', 'coverage', 'band', 'profile', 'health',
];

export async function loadStates(work: Work, streams: readonly StreamKey[]): Promise<Map<string, CustomerState>> {
  const rows = await work.sql.query<StateRow>(
    `select ${STATE} from ${customerTable(work.generation)} where (tenant, customer) in (select * from unnest($1::text[], $2::text[]))`,
    [streams.map(({ tenant }) => tenant), streams.map(({ id }) => id)]);
  return new Map(rows.map((row) => [`${row.tenant}/${row.customer}`, stateOf(row)]));
}

/** States of a tenant that are scored for a day before `day`. */
export async function loadStatesOfTenant(work: Work, tenant: string, day: number, limit: number): Promise<CustomerState[]> {
  const rows = await work.sql.query<StateRow>(
    `select ${STATE} from ${customerTable(work.generation)} where tenant = $1 and partition = any($2) and day < $3 order by customer limit $4`,
    [tenant, work.partitions, day, limit]);
  return rows.map(stateOf);
}

export async function loadStale(work: Work, limit: number): Promise<CustomerState[]> {
  const rows = await work.sql.query<StateRow>(
    `select ${STATE} from ${customerTable(work.generation)} where stale and partition = any($1) and position <= $3 order by tenant, customer limit $2`, [work.partitions, limit, work.upTo]);
  return rows.map(stateOf);
}

/** All rows of a batch in one statement. */
export async function saveStates(work: Work, states: readonly CustomerState[], card: Card): Promise<void> {
  if (states.length === 0) return;
  const table = customerTable(work.generation);
  const rows = states.map((state) => rowOf(state, partitionOf(state.tenant, state.customer), card));
  await work.sql.query(
    `insert into ${table} (${COLUMNS.join(', ')})
     select ${COLUMNS.join(', ')} from jsonb_populate_recordset(null::${table}, $1::jsonb)
     on conflict (tenant, customer) do update set ${COLUMNS.slice(2).map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [JSON.stringify(rows)]);
}

export async function park(work: Work, name: string, { tenant, customer }: CustomerState, position: number, error: Error): Promise<void> {
  await work.sql.query(
    `insert into parked (name, generation, tenant, customer, position, reason) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [name, work.generation, tenant, customer, position, error.message]);
}

function stateOf(row: StateRow): CustomerState {
  return {
    tenant: row.tenant, customer: row.customer, sheet: row.sheet, day: row.day, closeDay: row.close_day, closeBand: row.close_band,
    stale: row.stale, held: row.held, position: Number(row.position),
  };
}
