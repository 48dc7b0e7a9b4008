import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import type { Task } from '#journey';
import { customerTable } from '../customers/table.js';
import { rootsKnown } from '../customers/together.js';
import { liveEntities } from '../entities/live-entities.js';
import { liveTable, read, type ReadModelOptions } from '../reading.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { taskTable } from './task-table.js';

/** A task, of whom, and who is to do it: whoever was named, else who looks after the customer. `overdue`: it is open, and its day is past. */
export interface TaskAnswer extends Omit<Task, 'owner'> {
  readonly customer: { readonly id: string; readonly name: string | null };
  readonly owner: string | null;
  readonly overdue: boolean;
}

export interface TasksAnswer {
  readonly today: Calendar['today'];
  readonly tasks: readonly TaskAnswer[];
  /** How many more there are, which `limit` left out. */
  readonly more: number;
}

export interface GetTasksOptions {
  readonly tenant: string;
  readonly customer?: string;
  readonly owner?: string;
  /** Default: those that are open. */
  readonly state?: 'open' | 'done' | 'dropped' | 'all';
  /** Default 50. */
  readonly limit?: number;
}

/** Tasks by the day on which they are due; those that ended, the latest first. */
export class GetTasks extends Query<TasksAnswer> {
  constructor(readonly options: GetTasksOptions) {
    super();
  }
}

export async function getTasks(model: ReadModelOptions, { tenant, customer, owner, state = 'open', limit = 50 }: GetTasksOptions): Promise<TasksAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const { today } = await calendarOf(sql, tenant, model.now());
    const root = customer === undefined ? null : (await rootsKnown(sql, tenant)).root(customer);
    const { rows, more } = await tasksIn(sql, tenant, { customers: root === null ? null : [root], owner: owner ?? null, state, limit });
    return { today, tasks: rows.map((row) => taskAnswer(row, today.date)), more };
  });
}

/** A task with what its customer says of it. */
export interface TaskRow { readonly customer: string; readonly name: string | null; readonly looks_after: string | null; readonly task: Task }

interface Wanted { readonly customers: readonly string[] | null; readonly owner: string | null; readonly state: 'open' | 'done' | 'dropped' | 'all'; /** Only those due by a day, and not put off beyond another (YYYY-MM-DD). */ readonly due?: { readonly by: string; readonly today: string }; /** Null: all. */ readonly limit: number | null }

/** Of some customers (null: of all) and of one owner (null: of everybody). */
export async function tasksIn(sql: Sql, tenant: string, { customers, owner, state, due, limit }: Wanted): Promise<{ rows: TaskRow[]; more: number }> {
  const rows = await sql.query<TaskRow & { total: number }>(
    `select task.customer, of.name, of.owner as looks_after, task.task, count(*) over ()::int as total from ${await liveEntities(sql, taskTable)}
     left join ${await liveTable(sql, 'customers', customerTable)} as of on of.tenant = task.tenant and of.customer = task.customer
     where task.tenant = $1 and ($2::text[] is null or task.customer = any($2)) and ($3::text is null or coalesce(task.owner, of.owner) = $3) and ($4 = 'all' or task.state = $4)
       and ($6::text is null or (due_on <= $6 and (until is null or until <= $7)))
     order by task.state <> 'open', case when task.state = 'open' then greatest(due_on, until) end, task.task ->> 'endedAt' desc, task.entity limit $5`,
    [tenant, customers, owner, state, limit, due?.by ?? null, due?.today ?? null]);
  return { rows, more: (rows[0]?.total ?? 0) - rows.length };
}

const taskAnswer = ({ customer, name, looks_after: owner, task }: TaskRow, today: string): TaskAnswer => (
  { ...task, customer: { id: customer, name }, owner: task.owner ?? owner, overdue: task.state === 'open' && task.dueOn < today });
