import type { JourneyEvent } from '#journey';

/** One ticket as its facts tell it. Times are RFC 3339. */
export interface Ticket {
  readonly queue: string | null;
  readonly category: string | null;
  readonly priority: string | null;
  readonly agent: string | null;
  readonly contact: string | null;
  /** Null where nobody told that it was opened: then nothing is known of how long it took. */
  readonly opened: string | null;
  /** The first reply of ours; where there was none, the first resolution. */
  readonly responded: string | null;
  /** Null while it is open, also again. */
  readonly resolved: string | null;
  /** Stretches in which its clock ran: open, not paused, not resolved. The last has no end while it runs. */
  readonly running: readonly (readonly [from: string, to: string | null])[];
  readonly everResolved: boolean;
  readonly reopened: number;
  readonly escalated: number;
  /** The targets that were missed. */
  readonly missed: readonly string[];
}

/** Of effective facts about one ticket, earliest first. The clock is a switch: a pause within a pause changes nothing, and the first resumption ends both. Closing what was not resolved resolves it. */
export function ticketOf(facts: readonly JourneyEvent[]): Ticket {
  const clock = clockOf(facts);
  const said = (field: string): string | null => (facts.findLast(({ data }) => typeof data[field] === 'string')?.data[field] as string | undefined) ?? null;
  const count = (type: string) => facts.filter((fact) => fact.type === type).length;
  const opened = facts.find(({ type }) => type === 'ticket.opened');
  const reply = facts.find(({ type, data }) => type === 'ticket.replied' && data['by'] === 'agent');
  const contact = opened?.data['contact'];
  return {
    queue: said('queue'), category: said('category'), priority: said('priority'), agent: said('agent'), contact: typeof contact === 'string' ? contact : null,
    opened: opened?.occurredAt ?? null, responded: firstOf(reply?.occurredAt, clock.firstResolved), resolved: clock.resolved, running: clock.running, everResolved: clock.firstResolved !== undefined,
    reopened: count('ticket.reopened'), escalated: count('ticket.escalated'), missed: facts.filter(({ type }) => type === 'ticket.sla-missed').map(({ data }) => (data['target'] as string | undefined) ?? 'not said'),
  };
}

const firstOf = (...times: readonly (string | undefined)[]): string | null => times.filter((time) => time !== undefined).sort()[0] ?? null;

interface Clock {
  state: 'unknown' | 'running' | 'paused' | 'resolved';
  readonly running: [from: string, to: string | null][];
  resolved: string | null;
  firstResolved?: string;
}

/** What a fact does to the clock, by the states in which it does it. */
const HANDS: Readonly<Record<string, (clock: Clock, at: string) => void>> = {
  'ticket.opened': (clock, at) => clock.state === 'unknown' && run(clock, at),
  'ticket.paused': (clock, at) => clock.state === 'running' && stop(clock, at, 'paused'),
  'ticket.resumed': (clock, at) => clock.state === 'paused' && run(clock, at),
  'ticket.resolved': resolve,
  'ticket.closed': resolve,
  'ticket.reopened': (clock, at) => (clock.state === 'resolved' || clock.state === 'unknown') && run(clock, at),
};

function clockOf(facts: readonly JourneyEvent[]): Clock {
  const clock: Clock = { state: 'unknown', running: [], resolved: null };
  for (const { type, occurredAt } of facts) HANDS[type]?.(clock, occurredAt);
  return clock;
}

function run(clock: Clock, at: string): void {
  clock.running.push([at, null]);
  clock.state = 'running';
  clock.resolved = null;
}

function stop(clock: Clock, at: string, next: Clock['state']): void {
  if (clock.state === 'running') clock.running[clock.running.length - 1]![1] = at;
  clock.state = next;
}

function resolve(clock: Clock, at: string): void {
  if (clock.state === 'resolved') return;
  stop(clock, at, 'resolved');
  clock.resolved = at;
  clock.firstResolved ??= at;
}
