import type { DataFor } from '../catalogue.js';
import type { Task } from './task.js';

/** What may be done about a task. Free text is as it is sent. */
export type TaskCommand =
  | ({ readonly do: 'create' } & DataFor<'task.created'>)
  | { readonly do: 'done'; readonly task: string; readonly outcome: string; readonly note?: string }
  | { readonly do: 'snooze'; readonly task: string; readonly until: string; readonly note?: string }
  | { readonly do: 'drop'; readonly task: string; readonly reason: string };

/** A fact that is to be appended to the customer's stream. */
export interface TaskFact {
  readonly type: 'task.created' | 'task.done' | 'task.snoozed' | 'task.dropped';
  readonly data: Readonly<Record<string, unknown>>;
}

/** Why not. Codes are published: never renamed. */
export interface TaskRefusal {
  readonly refused: 'task-unknown' | 'task-closed' | 'task-exists' | 'task-open';
  readonly say: string;
}

const TYPES = { create: 'task.created', done: 'task.done', snooze: 'task.snoozed', drop: 'task.dropped' } as const;

/** A task is created once, and no second one of the same step of a playbook while that is open; only an open one is done, put off or dropped. */
export function decideTask(command: TaskCommand, tasks: ReadonlyMap<string, Task>): TaskFact | TaskRefusal {
  const { do: what, ...said } = command;
  const known = tasks.get(command.task);
  if (command.do === 'create') {
    if (known) return { refused: 'task-exists', say: `There is a task ${command.task} already.` };
    const same = command.playbook === undefined ? undefined : [...tasks.values()].find(({ state, playbook, step }) => state === 'open' && playbook === command.playbook && step === (command.step ?? null));
    if (same) return { refused: 'task-open', say: `${same.what} is open already, as ${same.task}.` };
  } else {
    if (!known) return { refused: 'task-unknown', say: `This customer has no task ${command.task}.` };
    if (known.state !== 'open') return { refused: 'task-closed', say: known.state === 'done' ? 'It is done already.' : 'It was dropped.' };
  }
  return { type: TYPES[what], data: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) };
}
