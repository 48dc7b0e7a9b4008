import { text, type Fact } from './fact.js';
import { enter, replayer, type EntityLog, type Entry } from './log.js';

const transitions = new Set(['opened', 'paused', 'resumed', 'escalated', 'reopened', 'resolved', 'closed']);

export function addTicket(log: EntityLog, fact: Fact): void {
  const id = text(fact.data['ticket']);
  if (id && transitions.has(fact.what)) enter(log, id, fact);
}

/** Apart from the ticket's own log: a missed target neither opens a ticket nor changes it. */
export function addMissedTarget(log: EntityLog, fact: Fact): void {
  const id = text(fact.data['ticket']);
  if (id) enter(log, id, fact);
}

/** When the targets of a ticket were missed, by which events. */
export type MissedTargets = readonly Entry[];

export const missedTargetsOf = replayer((_id, entries): MissedTargets => entries);

export interface Ticket {
  readonly id: string;
  readonly openedOn: number;
  readonly openedRef: number;
  readonly state: 'open' | 'paused' | 'done';
  /** Day of the latest change of state. */
  readonly since: number;
  /** Days open and not paused, up to `since`. */
  readonly daysWorked: number;
  /** Milliseconds open and not paused, up to the latest change. */
  readonly worked: number;
  /** From when until when it was not done; the last one may still run. */
  readonly spans: readonly (readonly [from: number, to: number | null])[];
  readonly reopenings: readonly Entry[];
  readonly escalations: readonly Entry[];
  /** The latest time that it was done. */
  readonly doneOn: number | null;
  readonly lastRef: number;
}

interface Draft {
  state: Ticket['state'];
  at: number;
  since: number;
  daysWorked: number;
  worked: number;
  spans: [number, number | null][];
  doneOn: number | null;
}

const nextState: Record<string, Partial<Record<string, Ticket['state']>>> = {
  paused: { open: 'paused' },
  resumed: { paused: 'open' },
  reopened: { done: 'open', paused: 'open' },
  resolved: { open: 'done', paused: 'done' },
  closed: { open: 'done', paused: 'done' },
};

export const ticketsOf = replayer((id, entries): Ticket => {
  const [at, openedRef, openedOn] = entries[0]!;
  const draft: Draft = { state: 'open', at, since: openedOn, daysWorked: 0, worked: 0, spans: [[openedOn, null]], doneOn: null };
  for (const entry of entries) step(draft, entry);
  return {
    id, openedOn, openedRef, ...draft,
    reopenings: entries.filter((entry) => entry[3] === 'reopened'),
    escalations: entries.filter((entry) => entry[3] === 'escalated'),
    lastRef: entries[entries.length - 1]![1],
  };
});

function step(draft: Draft, [at, , day, what]: Entry): void {
  const state = nextState[what]?.[draft.state];
  if (!state) return;
  if (draft.state === 'open') {
    draft.worked += at - draft.at;
    draft.daysWorked += day - draft.since;
  }
  if (state === 'done') {
    draft.spans[draft.spans.length - 1]![1] = day;
    draft.doneOn = day;
  } else if (draft.state === 'done') draft.spans.push([day, null]);
  draft.state = state;
  draft.at = at;
  draft.since = day;
}
