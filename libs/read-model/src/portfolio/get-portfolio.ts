import { Query } from '@nestjs/cqrs';
import { COUNTED } from '../customers/customer-answer.js';
import { customerTable } from '../customers/table.js';
import { findLiveRows } from '../customers/live-rows.js';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf, type Calendar } from '../tenant.js';

export interface PortfolioAnswer {
  readonly today: Calendar['today'];
  /** Those in the bands and the ended ones together. */
  readonly customers: number;
  readonly ended: number;
  readonly unclaimed: number;
  readonly held: number;
  /** Customers that have not ended and whose score somebody set by hand; null as below. */
  readonly overridden: number | null;
  /** The yearly amounts of customers, each times its chance to leave within 90 days, summed per currency; null while rows of the release before are read. */
  readonly arrAtRisk: readonly { readonly amount: number; readonly currency: string }[] | null;
  /** Customers that are active or prospects, by band; `unknown` is the list of those of whom we cannot tell. */
  readonly bands: readonly { readonly band: string; readonly customers: number; readonly arr: readonly { readonly amount: number; readonly currency: string }[] }[];
  readonly segments: readonly { readonly segment: string | null; readonly band: string; readonly customers: number }[];
}

export class GetPortfolio extends Query<PortfolioAnswer> {
  constructor(readonly options: { readonly tenant: string; readonly owner?: string }) {
    super();
  }
}

/** Counts and recurring revenue per band, summed in one statement over the rows of customers. Ended customers count only in the total. */
export async function getPortfolio(model: ReadModelOptions, { tenant, owner }: GetPortfolio['options']): Promise<PortfolioAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const { generation, summed } = await findLiveRows(sql);
    const table = customerTable(generation);
    const mine = `tenant = $1 and ($2::text is null or owner = $2) and ${COUNTED}`;
    const [totals] = await sql.query<{ customers: number; ended: number; unclaimed: number; held: number }>(
      `select count(*)::int as customers, count(*) filter (where status = 'ended')::int as ended, count(*) filter (where not claimed and status <> 'ended')::int as unclaimed, count(*) filter (where held)::int as held from ${table} where ${mine}`,
      [tenant, owner ?? null]);
    const atRisk = summed ? await sql.query<Pick<PortfolioAnswer, 'arrAtRisk' | 'overridden'>>(
      `select (select count(*)::int from ${table} where ${mine} and status <> 'ended' and jsonb_typeof(summary->'override') = 'object') as overridden, ${sumOf(`${table}, jsonb_array_elements(summary->'arrAtRisk') as money where ${mine} and status <> 'ended'`)} as "arrAtRisk"`, [tenant, owner ?? null]) : [{ arrAtRisk: null, overridden: null }];
    const bands = await sql.query<PortfolioAnswer['bands'][number]>(
      `select band, count(*)::int as customers,
         ${sumOf(`${table} as inside, jsonb_array_elements(profile->'arr') as money where ${mine} and status <> 'ended' and inside.band = outside.band`)} as arr
       from ${table} as outside where ${mine} and status <> 'ended' group by band order by band`, [tenant, owner ?? null]);
    const segments = await sql.query<PortfolioAnswer['segments'][number]>(
      `select segment, band, count(*)::int as customers from ${table} where ${mine} and status <> 'ended' group by 1, 2 order by 1, 2`, [tenant, owner ?? null]);
    return { today: (await calendarOf(sql, tenant, model.now())).today, ...totals!, ...atRisk[0]!, bands, segments };
  });
}

/** Amounts of `money` by currency, as JSON. */
const sumOf = (from: string): string => `coalesce((select jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency) order by currency) from (
  select money->>'currency' as currency, sum((money->>'amount')::bigint) as amount from ${from} group by 1) as sums), '[]')`;
