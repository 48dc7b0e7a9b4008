import { taskFrom, taskOf } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';

/** Tasks, a row each. */
export const taskTable = {
  name: 'task', version: 1,
  columns: { state: 'text', due_on: 'text', until: 'text', owner: 'text', task: 'jsonb' },
  indexes: ['state, due_on'],
  entityOf: taskOf,
  rowOf: (facts) => {
    const task = taskFrom(facts);
    return task && { state: task.state, due_on: task.dueOn, until: task.until, owner: task.owner, task };
  },
} satisfies EntityTable;
