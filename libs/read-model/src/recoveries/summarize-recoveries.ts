import { Query } from '@nestjs/cqrs';
import { liveEntities } from '../entities/live-entities.js';
import { readCustomers, type ReadModelOptions } from '../reading.js';
import { calendarOf, endOfDay } from '../tenant.js';
import { dayParameter } from '../health/moments.js';
import type { Money } from './recovery-answer.js';
import { type StepFigures, STEP_COLUMNS, stepsOf, type StepsRow } from './recovery-steps.js';
import { recoveryTable } from './recovery-table.js';
import { recoverySettings } from './settings.js';

/** `cause` as it was written first; written in capitals or not it is the same. */
export interface CauseFigures { readonly cause: string; readonly recoveries: number; readonly open: number; readonly customers: number; readonly withoutPrevention: number }

export interface RecoverySummary {
  readonly now: string;
  readonly recoveries: number;
  readonly open: number;
  readonly overdue: number;
  readonly escalated: number;
  readonly unowned: number;
  /** The share of which the customer was contacted, in percent; null without any. */
  readonly actedOn: number | null;
  readonly steps: readonly StepFigures[];
  /** Of those whose cause is known, the share whose cause had been found in an earlier one, in percent; null without any. */
  readonly repeatCauseRate: number | null;
  /** Closed, or with a known cause, and nothing prevents it. */
  readonly withoutPrevention: number;
  readonly fixes: { readonly confirmed: number; readonly disproved: number; readonly unproved: number };
  /** What customers with an open recovery pay a year. */
  readonly arrAtStake: readonly Money[];
  /** The most frequent first: at most 50. */
  readonly causes: readonly CauseFigures[];
}

export interface SummarizeOptions {
  readonly tenant: string;
  readonly owner?: string;
  /** Dates on the tenant's calendar, both included: when it was known. */
  readonly from?: string;
  readonly to?: string;
}

export class SummarizeRecoveries extends Query<RecoverySummary> {
  constructor(readonly options: SummarizeOptions) {
    super();
  }
}

type Totals = Omit<RecoverySummary, 'now' | 'steps' | 'fixes' | 'arrAtStake' | 'causes'> & RecoverySummary['fixes'];

/** Recoveries in figures; those that were withdrawn are in none. */
export function summarizeRecoveries(model: ReadModelOptions, { tenant, owner, from, to }: SummarizeOptions): Promise<RecoverySummary> {
  return readCustomers(model, tenant, async (sql, rows) => {
    const { now, dayOf } = await calendarOf(sql, tenant, model.now());
    const after = from === undefined ? null : endOfDay(dayParameter(from, 'from') - 1, dayOf);
    const until = to === undefined ? null : endOfDay(dayParameter(to, 'to'), dayOf);
    const table = await liveEntities(sql, recoveryTable);
    const mine = `tenant = $1 and ($2::text is null or owner = $2) and ($3::timestamptz is null or since > $3) and ($4::timestamptz is null or since <= $4) and state <> 'withdrawn'`;
    const values = [tenant, owner ?? null, after, until];
    const share = (part: string, whole: string) => `round(100.0 * count(*) filter (where ${part}) / nullif(count(*) filter (where ${whole}), 0), 1)::float`;
    // Whether a cause was found before is asked of all recoveries, not only of these.
    const [totals] = await sql.query<Totals>(
      `with every as (select entity, row_number() over (partition by cause order by cause_at, entity) as place from ${table} where tenant = $1 and cause is not null and state <> 'withdrawn')
       select count(*)::int as recoveries, count(*) filter (where state = 'open')::int as open, count(*) filter (where next_by < $5)::int as overdue, count(*) filter (where escalated)::int as escalated,
         count(*) filter (where owner is null and state = 'open')::int as unowned, ${share('acted_on', 'true')} as "actedOn", ${share('place > 1', 'cause is not null')} as "repeatCauseRate",
         count(*) filter (where not prevented and (state = 'closed' or cause is not null))::int as "withoutPrevention", count(*) filter (where fix = 'confirmed')::int as confirmed,
         count(*) filter (where fix = 'disproved')::int as disproved, count(*) filter (where state = 'closed' and fix is null)::int as unproved
       from ${table} left join every using (entity) where ${mine}`, [...values, now]);
    const { confirmed, disproved, unproved, ...counts } = totals!;
    const steps = await sql.query<StepsRow>(`select ${STEP_COLUMNS} from ${table} where ${mine}`, values);
    const { calendarAt } = await recoverySettings(sql, tenant);
    const causes = await sql.query<CauseFigures>(
      `select (array_agg(recovery->>'cause' order by cause_at, entity))[1] as cause, count(*)::int as recoveries, count(*) filter (where state = 'open')::int as open, count(distinct customer)::int as customers, count(*) filter (where not prevented)::int as "withoutPrevention"
       from ${table} where ${mine} and cause is not null group by recovery.cause order by 2 desc, 1 limit 50`, values);
    const arrAtStake = await sql.query<Money>(
      `select sum((money->>'amount')::bigint)::float as amount, money->>'currency' as currency from ${rows.rows} as who, jsonb_array_elements(profile->'arr') as money
       where who.tenant = $1 and customer in (select customer from ${table} where ${mine} and state = 'open') group by 2 order by 2`, values);
    return { now, ...counts, fixes: { confirmed, disproved, unproved }, steps: stepsOf(steps, now, calendarAt), causes, arrAtStake };
  });
}
