import type { Sql } from '#event-store';
import { findLiveRows } from '../customers/live-rows.js';
import { liveEntities } from '../entities/live-entities.js';
import { feedbackTable } from '../feedback/feedback-table.js';
import { answersTable } from './answers-table.js';

/** Which answers: of customers of an owner, of one customer, of a queue; given from one moment (RFC 3339) and before another. */
export interface AnswerFilter {
  readonly owner?: string;
  readonly customer?: string;
  readonly from?: string;
  readonly until?: string;
}

/** What an answer must have come to so that something was done about it: it was set aside with a reason, or a department answered or declined what came out of it. */
const acted = (feedback: string) => `(answer.set_aside_at is not null or exists (
  select from ${feedback} where feedback.tenant = answer.tenant and feedback.customer = answer.customer and feedback.survey = answer.entity and feedback.step in ('answered', 'declined', 'told')))`;

/** The answers of a tenant beside their customers, to be selected from as `a`; parameters 1 to 5 are the tenant's and the filter's. `acted`: somebody read it and something was done about it. */
export async function answersFrom(sql: Sql, tenant: string, { owner, customer, from, until }: AnswerFilter): Promise<{ readonly text: string; readonly values: readonly unknown[] }> {
  const { from: customers } = await findLiveRows(sql);
  return {
    text: `(select answer.*, c.name, c.owner, c.segment, coalesce(c.summary -> 'arr', '[]') as arr, answer.viewed_at is not null and ${acted(await liveEntities(sql, feedbackTable))} as acted
      from ${await liveEntities(sql, answersTable)} left join ${customers} as c using (tenant, customer)
      where tenant = $1 and answered_at is not null and ($2::text is null or c.owner = $2) and ($3::text is null or customer = $3)
        and ($4::timestamptz is null or answered_at >= $4) and ($5::timestamptz is null or answered_at < $5)) as a`,
    values: [tenant, owner ?? null, customer ?? null, from ?? null, until ?? null],
  };
}
