import type { DataFor } from '../catalogue.js';
import { type JourneyEvent, parsePosition } from '../envelope.js';
import { decideTask, type TaskFact } from '../task/decide-task.js';
import type { Task } from '../task/task.js';
import type { WorkingCalendar } from '../working-time/calendar.js';
import { addWorkingDays } from '../working-time/working-days.js';
import type { Playbook } from './playbooks.js';

type When = Playbook['when'];

const WORSE: readonly string[] = ['healthy', 'watch', 'at-risk'];
const CAUSES = { 'risk-up': 'risk', 'band-fell': 'band', condition: 'condition', 'recovery-escalated': 'recovery', 'answer-unread': 'answer' } as const;

/** Facts that a playbook may answer. */
export const playbookCauses = ['insight.churn-risk-changed', 'insight.health-band-changed', 'insight.condition-changed', 'recovery.escalated', 'survey.responded', 'survey.response-revised'] as const;

/** What a fact is to playbooks; null where none answers it, such as a risk that fell. */
export function causeOf({ type, data }: Pick<JourneyEvent, 'type' | 'data'>): When | null {
  switch (type) {
    case 'insight.churn-risk-changed': return Number(data['to']) > Number(data['from']) ? { kind: 'risk-up' } : null;
    case 'insight.health-band-changed': return isWorse(String(data['from']), String(data['to'])) ? { kind: 'band-fell' } : null;
    case 'insight.condition-changed': return data['state'] === 'began' ? { kind: 'condition', condition: (data as DataFor<'insight.condition-changed'>).condition } : null;
    case 'recovery.escalated': return { kind: 'recovery-escalated' };
    case 'survey.responded': case 'survey.response-revised': return { kind: 'answer-unread' };
    default: return null;
  }
}

const isWorse = (from: string, to: string): boolean => WORSE.includes(from) && WORSE.indexOf(to) > WORSE.indexOf(from);

/** Which playbooks answer it for customers of a segment. */
export const answering = (playbooks: readonly Playbook[], cause: When, segment: string | null): Playbook[] => playbooks.filter(({ running, when, segments }) => (
  running && when.kind === cause.kind && when.condition === cause.condition && (!segments || (segment !== null && segments.includes(segment)))));

/** The tasks that playbooks make of one fact: of each step one, but not while the same is open for the customer. A task's number is made of the step and the fact, so it is never made twice. */
export function tasksFor(fact: Pick<JourneyEvent, 'position' | 'source' | 'id' | 'type'>, playbooks: readonly Playbook[], { tasks, today, calendar }: { readonly tasks: ReadonlyMap<string, Task>; readonly today: string; readonly calendar: WorkingCalendar }): TaskFact[] {
  const { n } = parsePosition(fact.position);
  return playbooks.flatMap(({ playbook, when, tasks: steps }) => steps.flatMap(({ step, what, dueInWorkingDays, owner, hint }) => {
    const decided = decideTask({
      do: 'create', task: `${playbook}.${step}.${n}`, what, dueOn: addWorkingDays(today, dueInWorkingDays, calendar), ...(owner !== undefined && { owner }), ...(hint !== undefined && { hint }),
      playbook, step, because: { source: fact.source, id: fact.id }, cause: CAUSES[when.kind],
    }, tasks);
    return 'refused' in decided ? [] : [decided];
  }));
}
