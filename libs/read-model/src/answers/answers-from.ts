import type { Sql } from '#event-store';
import { findLiveRows } from '../customers/live-rows.js';
import { entityTableName } from '../entities/entity-table.js';
import { feedbackTable } from '../feedback/feedback-table.js';
import { liveTable } from '../reading.js';
import { answersTable } from './answers-table.js';

/** Of whom answers are asked for: `owner` the customer's, `nobody` for those without one. Moments are RFC 3339, the first belongs to it. */
export interface AnswerFilter {
  readonly owner?: string;
  readonly customer?: string;
  readonly queue?: never;
  readonly from?: string;
  readonly until?: string;
}

/** What an answer must have come to so that something was done about it: it was set aside with a reason, or a department answered or declined what came out of it. */
const ACTED = `(a.set_aside_at is not null or exists (
  select from FEEDBACK as f where f.tenant = a.tenant and f.customer = a.customer and f.survey = a.entity and f.step in ('answered', 'declined', 'told')))`;

/** The answers of a tenant beside their customers, to be selected from: `a` and `c`, with `acted`. Parameters 1 to 5 are the tenant's and the filter's. */
export async function answersFrom(sql: Sql, tenant: string, { owner, customer, from, until }: AnswerFilter): Promise<{ readonly text: string; readonly values: readonly unknown[] }> {
  const table = await liveTable(sql, 'answers', (generation) => entityTableName(answersTable, generation));
  const feedback = await liveTable(sql, 'feedback', (generation) => entityTableName(feedbackTable, generation));
  const { from: customers } = await findLiveRows(sql);
  const acted = ACTED.replace('FEEDBACK', feedback);
  return {
    text: `(select a.*, ${acted} and a.viewed_at is not null as acted, c.name, c.owner, c.segment, coalesce(c.summary -> 'arr', '[]') as arr
      from ${table} as a left join ${customers} as c on c.tenant = a.tenant and c.customer = a.customer
      where a.tenant = $1 and a.answered_at is not null and a.shown and ($2::text is null or c.owner = $2) and ($3::text is null or a.customer = $3)
        and ($4::timestamptz is null or a.answered_at >= $4) and ($5::timestamptz is null or a.answered_at < $5)) as answer`,
    values: [tenant, owner ?? null, customer ?? null, from ?? null, until ?? null],
  };
}
