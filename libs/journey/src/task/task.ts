import type { EventRef, JourneyEvent } from '../envelope.js';

/** Something to be done for a customer, as its facts left it. Days are YYYY-MM-DD. */
export interface Task {
  readonly task: string;
  readonly what: string;
  readonly dueOn: string;
  /** Who was named to do it; null: who looks after the customer. */
  readonly owner: string | null;
  readonly hint: string | null;
  readonly playbook: string | null;
  readonly step: string | null;
  readonly cause: string | null;
  readonly because: EventRef | null;
  readonly state: 'open' | 'done' | 'dropped';
  /** The day from which it counts again, while it is put off. */
  readonly until: string | null;
  readonly outcome: string | null;
  /** Why it was dropped. */
  readonly reason: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
}

/** The number of the task that a fact is about; null where it is about none, such as a customer on a list. */
export const taskOf = ({ type, data }: Pick<JourneyEvent, 'type' | 'data'>): string | null => (type.startsWith('task.') && typeof data['task'] === 'string' ? data['task'] : null);

/** What the facts of one task come to, as corrections left them, earliest first; null where nobody created it. What was told of it before that counts all the same. */
export function taskFrom(facts: readonly JourneyEvent[]): Task | null {
  const created = facts.findLast(({ type }) => type === 'task.created');
  return created ? facts.reduce(evolveTask, begun(created, facts)) : null;
}

function begun({ data }: JourneyEvent, facts: readonly JourneyEvent[]): Task {
  const text = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
  const first = facts.find(({ type }) => type === 'task.created')!;
  return {
    task: String(data['task']), what: String(data['what']), dueOn: String(data['dueOn']), owner: text('owner'), hint: text('hint'), playbook: text('playbook'), step: text('step'), cause: text('cause'),
    because: (data['because'] as EventRef | undefined) ?? null, state: 'open', until: null, outcome: null, reason: null, createdAt: first.occurredAt, createdBy: first.actor.id, endedAt: null, endedBy: null,
  };
}

/** An end stays an end. */
function evolveTask(task: Task, { type, data, occurredAt, actor }: JourneyEvent): Task {
  if (task.state !== 'open') return task;
  const ended = { endedAt: occurredAt, endedBy: actor.id };
  if (type === 'task.snoozed') return { ...task, until: String(data['until']) };
  if (type === 'task.done') return { ...task, ...ended, state: 'done', outcome: String(data['outcome']) };
  if (type === 'task.dropped') return { ...task, ...ended, state: 'dropped', reason: String(data['reason']) };
  return task;
}

/** The tasks of a customer, by number. Facts are as corrections left them, earliest first. */
export function tasksOf(events: readonly JourneyEvent[]): ReadonlyMap<string, Task> {
  const facts = new Map<string, JourneyEvent[]>();
  for (const event of events) {
    const id = taskOf(event);
    if (id !== null) facts.set(id, [...facts.get(id) ?? [], event]);
  }
  return new Map([...facts.values()].map(taskFrom).filter((task) => task !== null).map((task) => [task.task, task]));
}
