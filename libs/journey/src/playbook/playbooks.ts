import type { DataFor } from '../catalogue.js';
import type { JourneyEvent } from '../envelope.js';

/** The stream in which a tenant decides on its playbooks. */
export const PLAYBOOKS = { category: 'playbook', id: 'playbooks' } as const;

type Said = DataFor<'playbook.set'>;

/** What is to be done when something happens at a customer. */
export interface Playbook extends Pick<Said, 'playbook' | 'label' | 'when' | 'tasks' | 'segments'> {
  /** Whether it makes tasks. */
  readonly running: boolean;
  /** True for one of ours that nobody has changed. */
  readonly builtIn: boolean;
}

const builtIn = (playbook: string, label: string, when: Said['when'], step: string, what: string, dueInWorkingDays: number, hint?: string): Playbook => (
  { playbook, label, when, tasks: [{ step, what, dueInWorkingDays, ...(hint !== undefined && { hint }) }], running: true, builtIn: true });

/** What runs until somebody says otherwise: set one under the same id, or stop it. Recoveries and unread answers stand in the list of the day by themselves; who wants a task of them, say for somebody else, sets a playbook. */
export const builtInPlaybooks: readonly Playbook[] = [
  builtIn('risk-up', 'The risk went up', { kind: 'risk-up' }, 'call', 'Find out what has changed, and call', 2, 'The customer page says which facts raised the risk'),
  builtIn('band-fell', 'The health fell', { kind: 'band-fell' }, 'plan', 'Agree with them on what gets better, and by when', 5),
  builtIn('sponsor-gone', 'The sponsor left', { kind: 'condition', condition: 'sponsor-gone' }, 'successor', 'Find out who sponsors us now', 5),
  builtIn('notice-near', 'Notice is near and the health is not good', { kind: 'condition', condition: 'notice-near-falling' }, 'talk', 'Talk about the renewal before notice can be given', 3, 'Say first what has been mended'),
  builtIn('stalled-deployment', 'A deployment does not go on', { kind: 'condition', condition: 'stalled-deployment' }, 'next-step', 'Agree on the next step of the deployment, and its day', 3),
  builtIn('silence', 'Nothing is heard', { kind: 'condition', condition: 'silence' }, 'call', 'Call and ask how it goes', 5),
];

/** The playbooks after these decisions of a tenant, in their order. */
export function playbooksAfter(decisions: readonly JourneyEvent[]): readonly Playbook[] {
  const playbooks = new Map(builtInPlaybooks.map((playbook) => [playbook.playbook, playbook]));
  for (const { type, data } of decisions) {
    const id = String(data['playbook']);
    const known = playbooks.get(id);
    if (type === 'playbook.set') {
      const { playbook, label, when, tasks, segments } = data as Said;
      playbooks.set(id, { playbook, label, when, tasks, ...(segments && { segments }), running: true, builtIn: false });
    } else if (type === 'playbook.stopped' && known) playbooks.set(id, { ...known, running: false });
  }
  return [...playbooks.values()];
}
