import { Query } from '@nestjs/cqrs';
import { effectiveEvents, type Task, tasksOf } from '#journey';
import { storyOf, togetherOf } from '../customers/together.js';
import { liveEntities } from '../entities/live-entities.js';
import { computable } from '../health/held.js';
import { read, type ReadModelOptions } from '../reading.js';
import { taskTable } from './task-table.js';

/** A customer with a task of this number, and all its tasks as the log has them now. */
export interface FoundTask {
  readonly customer: string;
  readonly tasks: ReadonlyMap<string, Task>;
}

/** Nobody where no row has it (yet); several where systems have given a number twice. */
export class FindTask extends Query<FoundTask[]> {
  constructor(readonly options: { readonly tenant: string; readonly task: string }) {
    super();
  }
}

const FACTS = ['task.created', 'task.done', 'task.snoozed', 'task.dropped', 'record.retracted', 'record.amended'];

export async function findTask(model: ReadModelOptions, { tenant, task }: FindTask['options']): Promise<FoundTask[]> {
  return read(model.reader, tenant, async (sql) => {
    const rows = await sql.query<{ customer: string }>(`select customer from ${await liveEntities(sql, taskTable)} where tenant = $1 and entity = $2 order by customer`, [tenant, task]);
    const found: FoundTask[] = [];
    for (const { customer } of rows) {
      const { root, members } = await togetherOf(sql, tenant, customer);
      found.push({ customer: root, tasks: tasksOf(computable(await storyOf(sql, tenant, { members }, FACTS), effectiveEvents).value) });
    }
    return found;
  });
}
