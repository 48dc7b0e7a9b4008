import type { Sql } from '#event-store';
import { type Answer, evolveAnswer, type JourneyEvent, noAnswer } from '#journey';
import { answersTable } from '../answers/answers-table.js';
import { customerTable } from '../customers/table.js';
import { liveEntities } from '../entities/live-entities.js';
import { liveTable } from '../reading.js';
import { recoveryTable } from '../recoveries/recovery-table.js';
import type { DuePart } from './parts.js';

const DAY = 86_400_000;
/** An answer presses more each day, over so many days. */
const OVER = 5;

/** Answers that nobody has read, but for those of history and those that an open recovery, whoever has it, deals with; `owner`: only of customers that they look after. */
export async function dueAnswers(sql: Sql, tenant: string, now: Date, owner?: string): Promise<DuePart[]> {
  const rows = await sql.query<{ customer: string; entity: string; at: Date; kind: string | null; score: number | null }>(
    `select answer.customer, answer.entity, coalesce(revised_at, answered_at) as at, kind, answer.score from ${await liveEntities(sql, answersTable)}
     left join ${await liveTable(sql, 'customers', customerTable)} as of on of.tenant = answer.tenant and of.customer = answer.customer
     where answer.tenant = $1 and answered_at is not null and viewed_at is null and not history and ($2::text is null or of.owner = $2) and not exists (
       select from ${await liveEntities(sql, recoveryTable)} where recovery.tenant = answer.tenant and recovery.customer = answer.customer and recovery.state = 'open' and recovery.recovery -> 'surveys' ? answer.entity)`, [tenant, owner ?? null]);
  return rows.map(({ customer, entity, at, kind, score }) => {
    const days = Math.max(0, Math.floor((now.getTime() - at.getTime()) / DAY));
    const what = score === null ? 'Read their answer' : `Read their answer: ${score}${kind === null ? '' : ` (${kind.toUpperCase()})`}`;
    return { customer, kind: 'answer', id: entity, what, due: null, owner: null, when: days === 0 ? 'unread since today' : `unread for ${days === 1 ? 'a day' : `${days} days`}`, pressing: days / OVER };
  });
}

/** An answer as the log has it by now: what was read a moment ago is gone. */
export function standingAnswer(part: DuePart, story: readonly JourneyEvent[]): DuePart[] {
  const { viewedAt, fact }: Answer = story.filter(({ type, data }) => type.startsWith('survey.') && data['survey'] === part.id).reduce(evolveAnswer, noAnswer);
  return fact !== null && viewedAt === null ? [part] : [];
}
