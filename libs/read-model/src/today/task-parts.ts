import type { Sql } from '#event-store';
import { dateOfDay, dayOfDate } from '#insight';
import { type JourneyEvent, type Task, tasksOf } from '#journey';
import { tasksIn } from '../tasks/get-tasks.js';
import type { DuePart } from './parts.js';
import { inDays } from './priority.js';

/** A task is listed from so many days before its day on. */
const AHEAD = 10;

/** Open tasks that are due soon or late, and not put off beyond today; `owner`: only those that are that person's to do. */
export async function dueTasks(sql: Sql, tenant: string, day: number, owner?: string): Promise<DuePart[]> {
  const { rows } = await tasksIn(sql, tenant, { customers: null, owner: owner ?? null, state: 'open', due: { by: dateOfDay(day + AHEAD), today: dateOfDay(day) }, limit: null });
  return rows.map(({ customer, task }) => taskPart(customer, task, day));
}

/** A task as the log has it by now; what was done or put off a moment ago is not in its row yet. */
export function standingTask(part: DuePart, story: readonly JourneyEvent[], day: number): DuePart[] {
  const task = tasksOf(story).get(part.id);
  return !task ? [part] : isDue(task, day) ? [taskPart(part.customer, task, day)] : [];
}

const isDue = ({ state, dueOn, until }: Task, day: number): boolean => state === 'open' && dayOfDate(dueOn) - day <= AHEAD && (until === null || dayOfDate(until) <= day);

function taskPart(customer: string, { task, what, hint, dueOn, owner }: Task, day: number): DuePart {
  const left = dayOfDate(dueOn) - day;
  return {
    customer, kind: 'task', id: task, what: hint === null ? what : `${what} (${hint.charAt(0).toLowerCase()}${hint.slice(1)})`, due: dueOn, owner,
    when: left < 0 ? `due ${-left === 1 ? 'yesterday' : `${-left} days ago`}` : `due ${inDays(left)}`, pressing: 1 - Math.max(0, left) / AHEAD,
  };
}
