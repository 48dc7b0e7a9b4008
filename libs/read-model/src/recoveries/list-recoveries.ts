import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { answersTable } from '../answers/answers-table.js';
import { liveEntities } from '../entities/live-entities.js';
import { QueryRefused, readCustomers, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import { type Beside, itemOf, type RecoveryItem } from './recovery-answer.js';
import { causeKey, recoveryTable } from './recovery-table.js';
import { recoverySettings } from './settings.js';

export interface ListRecoveriesOptions {
  readonly tenant: string;
  /** Left out: the open ones. */
  readonly state?: 'open' | 'closed' | 'all';
  readonly owner?: string;
  /** Only those of which a clock has run out, or (false) none has. */
  readonly overdue?: boolean;
  readonly cause?: string;
  /** Our id of a customer. */
  readonly customer?: string;
  readonly cursor?: string;
  /** 1 to 200, default 50. */
  readonly limit?: number;
}

export interface RecoveriesPage {
  /** The moment that the clocks were read at. */
  readonly now: string;
  readonly recoveries: readonly RecoveryItem[];
  readonly next: string | null;
}

export class ListRecoveries extends Query<RecoveriesPage> {
  constructor(readonly options: ListRecoveriesOptions) {
    super();
  }
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([A-Za-z0-9._:/-]{1,100})$/;

/** Those that wait longest first. By what never changes of a recovery, so that turning pages shows none twice and leaves none out. */
export async function listRecoveries(model: ReadModelOptions, { tenant, state = 'open', owner, overdue, cause, customer, cursor, limit = 50 }: ListRecoveriesOptions): Promise<RecoveriesPage> {
  const [, since, after] = cursor === undefined ? [] : placeOf(cursor);
  return readCustomers(model, tenant, async (sql, rows) => {
    const { now } = await calendarOf(sql, tenant, model.now());
    const found = await besides(sql, rows.rows, `(state = $2 or $2 = 'all') and ($3::text is null or owner = $3) and ($4::boolean is null or coalesce(next_by < $5, false) = $4)
      and ($6::text is null or cause = $6) and ($7::text is null or customer = $7) and ($8::timestamptz is null or (since, entity) > ($8, $9)) order by since, entity limit $10`,
      [tenant, state, owner ?? null, overdue ?? null, now, cause === undefined ? null : causeKey(cause), customer ?? null, since ?? null, after ?? null, limit + 1]);
    const { calendarAt } = await recoverySettings(sql, tenant);
    const recoveries = found.slice(0, limit).map((beside) => itemOf(beside, now, calendarAt));
    const last = recoveries.at(-1);
    return { now, recoveries, next: found.length > limit && last ? `${new Date(last.since).toISOString()}~${last.id}` : null };
  });
}

/** A row keeps positions without their epoch: the version that people see is as the log says it today. */
const RECOVERY = `page.recovery || jsonb_build_object('version', (select n from epoch) || '.' || split_part(page.recovery->>'version', '.', 2)) as recovery`;

/** Rows of recoveries, and what stands beside them; `where` goes on after `tenant = $1`. */
export async function besides(sql: Sql, customers: string, where: string, values: readonly unknown[]): Promise<Beside[]> {
  const [from, answers] = [await liveEntities(sql, recoveryTable), await liveEntities(sql, answersTable)];
  return sql.query<Beside>(
    `with page as (select customer, entity, since, cause, recovery from ${from} where tenant = $1 and ${where})
     select page.customer, who.name, who.profile->'arr' as arr, ${RECOVERY},
       case when page.cause is null then null else (select count(*)::int from ${from} where tenant = $1 and recovery.cause = page.cause and recovery.entity <> page.entity and recovery.state <> 'withdrawn') end as alike,
       exists (select from ${answers} where answer.tenant = $1 and answer.customer = page.customer and jsonb_exists(page.recovery -> 'surveys', answer.entity) and answer.wants_contact) as asks
     from page left join ${customers} as who on who.tenant = $1 and who.customer = page.customer order by page.since, page.entity`, [...values]);
}

function placeOf(cursor: string): readonly string[] {
  const place = CURSOR.exec(cursor);
  if (place && !Number.isNaN(Date.parse(place[1]!))) return place;
  throw new QueryRefused('invalid-parameter', 'This cursor is not one of ours. Ask for the first page again, without a cursor.', 'cursor');
}
