import type { Sql } from '#event-store';
import type { Answer } from '../webhook/answer.js';
import { disableEndpoint } from './endpoints.js';
import { type Endpoint, lockEndpoint } from './endpoint.js';
import { release } from './queue.js';
import { DOWN_AFTER, nextAttempt, restMs } from './schedule.js';
import type { Taken } from './take.js';

/** What came of an attempt. */
export interface Attempt {
  readonly taken: Taken;
  readonly sent: boolean;
  /** Not sent, and never to be. */
  readonly forGood: boolean;
  readonly why: string | null;
  readonly answer: Answer | null;
}

const GONE = 410;

/** What became of an endpoint, where somebody should hear of it. */
export type Turn = 'down' | 'gone' | null;

/** Writes down what came of attempts at one endpoint, and what that says of it. In a transaction. An attempt that somebody else has taken over counts for nothing. */
export async function settle(sql: Sql, attempts: readonly Attempt[], now: Date): Promise<Turn> {
  const { tenant, id } = attempts[0]!.taken.endpoint;
  const endpoint = await lockEndpoint(sql, tenant, id);
  if (!endpoint) return null;
  const customers: string[] = [];
  const counted: Attempt[] = [];
  for (const attempt of attempts) {
    const settled = await settleOne(sql, attempt, now);
    if (!settled) continue;
    if (settled.over) customers.push(settled.customer);
    if (attempt.taken.position !== null || attempt.sent) counted.push(attempt);
  }
  if (endpoint.ordered && customers.length > 0) await release(sql, endpoint, customers);
  const down = await noteHowItDoes(sql, endpoint, counted, now);
  // One is enough, whatever became of the others.
  if (!endpoint.enabled || !counted.some(({ answer }) => answer?.code === GONE)) return down ? 'down' : null;
  await disableEndpoint(sql, tenant, id, 'the receiver answered 410: it is gone');
  return 'gone';
}

/** @returns whether it is taken to be down from now on */
async function noteHowItDoes(sql: Sql, endpoint: Endpoint, counted: readonly Attempt[], now: Date): Promise<boolean> {
  if (counted.some(({ sent }) => sent)) {
    await recovered(sql, endpoint, now);
    return false;
  }
  // What could not be sent for a reason of its own says nothing of the endpoint.
  const failed = counted.filter(({ forGood, answer }) => !forGood || answer !== null);
  return failed.length > 0 && failing(sql, endpoint, failed, now);
}

async function settleOne(sql: Sql, { taken, sent, forGood, why, answer }: Attempt, now: Date): Promise<{ customer: string; over: boolean } | undefined> {
  const isTest = taken.position === null;
  const again = sent || isTest || (forGood && answer === null) ? null : nextAttempt({ attempts: taken.attempts, firstAt: taken.firstAt, now, retryAfterMs: answer?.retryAfterMs ?? null, chance: Math.random() });
  const state = sent ? 'delivered' : again ? 'waiting' : 'failed';
  const [row] = await sql.query<{ customer: string }>(
    `update webhook_delivery set state = $5, next_at = $6, held_until = null, done_at = case when $5 <> 'waiting' then $7::timestamptz end, code = $8, answer = $9, failure = $10
     where tenant = $1 and endpoint = $2 and id = $3 and attempts = $4 and attempted_at = $11 and state = 'waiting' returning customer`,
    [taken.endpoint.tenant, taken.endpoint.id, taken.id, taken.attempts, state, again, now, answer?.code ?? null, answer?.text ?? null, why, taken.attemptedAt]);
  return row && { customer: row.customer, over: state !== 'waiting' };
}

/** What it did not take while it was down goes out at once. */
async function recovered(sql: Sql, { tenant, id, failures, failingSince }: Endpoint, now: Date): Promise<void> {
  await sql.query('update webhook_endpoint set failures = 0, failing_since = null, failure = null, retry_at = null, delivered_at = $3 where tenant = $1 and id = $2', [tenant, id, now]);
  if (failures >= DOWN_AFTER) {
    await sql.query(`update webhook_delivery set next_at = $3 where tenant = $1 and endpoint = $2 and state = 'waiting' and next_at > $3 and held_until is null and attempted_at >= $4`, [tenant, id, now, failingSince]);
  }
}

/** It fails from the moment on at which the first attempt of these was begun. @returns whether it is taken to be down from now on */
async function failing(sql: Sql, { tenant, id, failures }: Endpoint, failed: readonly Attempt[], now: Date): Promise<boolean> {
  const last = failed.at(-1)!;
  const asked = Math.max(...failed.map(({ answer }) => answer?.retryAfterMs ?? 0));
  const rest = restMs(failures + failed.length, asked, Math.random());
  await sql.query(
    `update webhook_endpoint set failures = failures + $3, failing_since = coalesce(failing_since, $4), failure = $5, retry_at = $6 where tenant = $1 and id = $2`,
    [tenant, id, failed.length, failed[0]!.taken.attemptedAt, last.why, rest > 0 ? new Date(now.getTime() + rest) : null]);
  return failures < DOWN_AFTER && failures + failed.length >= DOWN_AFTER;
}
