import { type CalendarAt, type ClockName, clockNames, madeAt, type Recovery, workingTimeBetween } from '#journey';
import { nextClock, startOf } from './recovery-table.js';

/** A clock as people see it. */
export interface ClockAnswer {
  readonly clock: ClockName;
  /** Working minutes that it has, and how many of them are used, by the hours that it was made with: up to its step, else up to now. */
  readonly minutes: number;
  readonly used: number;
  readonly by: string;
  readonly doneAt: string | null;
  readonly escalatedAt: string | null;
  /** `running`, or `overdue`; `done` or `late`: its step was done in time, or not; `stopped`: there is nothing to do any more. */
  readonly state: 'running' | 'overdue' | 'done' | 'late' | 'stopped';
}

export interface Money { readonly amount: number; readonly currency: string }

/** One line of the list of recoveries. */
export interface RecoveryItem extends Pick<Recovery, 'id' | 'state' | 'reasons' | 'since' | 'openedAt' | 'reopenedAt' | 'reopenings' | 'closedAt' | 'owner' | 'escalateTo' | 'answer' | 'contact' | 'tickets' | 'others' | 'cause' | 'prevention' | 'proof' | 'done'> {
  readonly customer: { readonly id: string; readonly name: string | null };
  readonly clocks: readonly ClockAnswer[];
  /** The clock that runs out next; null when none runs. */
  readonly next: { readonly clock: ClockName; readonly by: string } | null;
  readonly overdue: boolean;
  /** What the customer pays a year. */
  readonly arr: readonly Money[];
  /** How many other recoveries have the same cause; null while no cause is known. */
  readonly sameCause: number | null;
  /** What a change is based on: send it as `If-Match`. */
  readonly version: string;
}

/** What is joined to a row. */
export interface Beside { readonly customer: string; readonly name: string | null; readonly arr: readonly Money[] | null; readonly alike: number | null; /** Whether one of its answers asks to be contacted, which is often told after its score. */ readonly asks: boolean; readonly recovery: Recovery }

export function itemOf({ customer, name, arr, alike, asks, recovery }: Beside, now: string, calendarAt: CalendarAt): RecoveryItem {
  const { id, state, reasons: opened, since, openedAt, reopenedAt, reopenings, closedAt, owner, escalateTo, answer, contact, tickets, others, cause, prevention, proof, done, version } = recovery;
  const reasons = asks && !opened.includes('wants-contact') ? [...opened, 'wants-contact' as const] : opened;
  const clocks = clockNames.map((clock) => clockOf(recovery, clock, now, calendarAt));
  return {
    id, customer: { id: customer, name }, state, reasons, since, openedAt, reopenedAt, reopenings, closedAt, owner, escalateTo, clocks, next: nextClock(recovery), overdue: clocks.some((clock) => clock.state === 'overdue'),
    answer, contact, tickets, others, cause, sameCause: cause === null ? null : alike ?? 0, prevention, done, proof, arr: arr ?? [], version,
  };
}

export function clockOf(recovery: Recovery, clock: ClockName, now: string, calendarAt: CalendarAt): ClockAnswer {
  const { minutes, by, doneAt, worked, escalatedAt } = recovery.clocks[clock];
  const until = doneAt ?? recovery.closedAt ?? (recovery.state === 'withdrawn' ? recovery.changedAt : now);
  const used = worked ?? Math.max(0, Math.floor(workingTimeBetween(startOf(recovery, clock), until, calendarAt(madeAt(recovery, clock)))));
  const isOver = Date.parse(until) > Date.parse(by);
  return { clock, minutes, used, by, doneAt, escalatedAt, state: recovery.state === 'withdrawn' && doneAt === null ? 'stopped' : doneAt !== null || recovery.closedAt !== null ? (isOver ? 'late' : 'done') : isOver ? 'overdue' : 'running' };
}
