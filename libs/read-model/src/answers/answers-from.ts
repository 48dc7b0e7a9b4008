import type { Sql } from '#event-store';
import { findLiveRows } from '../customers/live-rows.js';
import { liveEntities } from '../entities/live-entities.js';
import { feedbackTable } from '../feedback/feedback-table.js';
import { recoveryTable } from '../recoveries/recovery-table.js';
import { answersTable } from './answers-table.js';

/** Which answers: of customers of an owner, of one customer; given from one moment (RFC 3339) and before another. */
export interface AnswerFilter {
  readonly owner?: string;
  readonly customer?: string;
  readonly from?: string;
  readonly until?: string;
}

/** What is read of an answer's own row: not its facts, which lists would carry through their sort. */
const COLUMNS = ['tenant', 'customer', 'entity', 'kind', 'instrument', 'min', 'max', 'bar', 'score', 'verdict', 'subject', 'ticket', 'contact', 'role', 'lost_minutes', 'wants_contact', 'complaint_at',
  'answered_at', 'revised_at', 'first_viewed_at', 'viewed_at', 'viewers', 'set_aside_at', 'set_aside_reason', 'urgency', 'history'].map((column) => `answer.${column}`).join(', ');

/** The latest recovery that deals with an answer. */
const recoveryOf = (recovery: string) => `(
  select jsonb_build_object('id', recovery.entity, 'state', recovery.state, 'contacted', recovery.acted_on) from ${recovery}
  where recovery.tenant = answer.tenant and recovery.customer = answer.customer and recovery.recovery -> 'surveys' ? answer.entity order by recovery.since desc, recovery.entity limit 1)`;

/** Whether a department answered or declined what came out of an answer. */
const feedbackDone = (feedback: string) => `exists (
  select from ${feedback} where feedback.tenant = answer.tenant and feedback.customer = answer.customer and feedback.survey = answer.entity and feedback.step in ('answered', 'declined', 'told'))`;

/**
 * The answers of a tenant beside their customers, to be selected from as `a`; parameters 1 to 5 are the tenant's and the filter's.
 * `done`: something came of it: it was set aside with a reason, its recovery talked with the customer or was closed, or a department answered or declined what came out of it.
 */
export async function answersFrom(sql: Sql, tenant: string, { owner, customer, from, until }: AnswerFilter): Promise<{ readonly text: string; readonly values: readonly unknown[] }> {
  const { rows: customers } = await findLiveRows(sql);
  const [answers, feedback, recoveries] = [await liveEntities(sql, answersTable), await liveEntities(sql, feedbackTable), await liveEntities(sql, recoveryTable)];
  return {
    text: `(select beside.*, set_aside_at is not null or feedback_done or coalesce((recovery ->> 'contacted')::boolean or recovery ->> 'state' = 'closed', false) as done from (
      select ${COLUMNS}, c.name, c.owner, c.segment, coalesce(c.summary -> 'arr', '[]') as arr, ${recoveryOf(recoveries)} as recovery, ${feedbackDone(feedback)} as feedback_done
      from ${answers} left join ${customers} as c using (tenant, customer)
      where tenant = $1 and answered_at is not null and ($2::text is null or c.owner = $2) and ($3::text is null or customer = $3)
        and ($4::timestamptz is null or answered_at >= $4) and ($5::timestamptz is null or answered_at < $5)) as beside) as a`,
    values: [tenant, owner ?? null, customer ?? null, from ?? null, until ?? null],
  };
}
