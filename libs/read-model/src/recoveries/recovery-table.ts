import { clockNames, type JourneyEvent, type Recovery, recoveryOf } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';

/** A recovery as its row keeps it: what lists filter, sort and sum by, and the whole of it. */
export interface RecoveryRow {
  readonly [column: string]: unknown;
  readonly state: Recovery['state'];
  readonly owner: string | null;
  readonly since: string;
  /** When the first of the clocks that still run is over; null when none runs. */
  readonly next_by: string | null;
  /** What its cause is compared by. */
  readonly cause: string | null;
  /** When its first cause was found. */
  readonly cause_at: string | null;
  readonly prevented: boolean;
  readonly acted_on: boolean;
  readonly escalated: boolean;
  readonly fix: 'confirmed' | 'disproved' | null;
  readonly recovery: Recovery;
}

const MINUTE = 60_000;

export const recoveryTable: EntityTable<RecoveryRow> = {
  name: 'recovery', version: 2,
  columns: {
    state: 'text', owner: 'text', since: 'timestamptz', next_by: 'timestamptz', cause: 'text', cause_at: 'timestamptz', prevented: 'boolean', acted_on: 'boolean', escalated: 'boolean', fix: 'text',
    look_worked: 'integer', look_passed: 'integer', look_in_time: 'boolean', contact_worked: 'integer', contact_passed: 'integer', contact_in_time: 'boolean',
    close_worked: 'integer', close_passed: 'integer', close_in_time: 'boolean', recovery: 'jsonb',
  },
  indexes: ['since, entity', 'cause'],
  entityOf: ({ type, data }) => (type.startsWith('recovery.') && typeof data['recovery'] === 'string' ? data['recovery'] : null),
  rowOf,
};

function rowOf(facts: readonly JourneyEvent[]): RecoveryRow | null {
  const recovery = recoveryOf(facts);
  if (!recovery) return null;
  const { state, owner, since, cause, prevention, proof } = recovery;
  return {
    state, owner, since, cause: cause === null ? null : causeKey(cause), recovery, next_by: nextClock(recovery)?.by ?? null, cause_at: facts.find(({ type }) => type === 'recovery.cause-identified')?.occurredAt ?? null,
    prevented: prevention !== null && prevention.noneBecause === null, acted_on: recovery.clocks.contact.doneAt !== null, escalated: facts.some(({ type }) => type === 'recovery.escalated'), fix: proof?.fix ?? null,
    ...Object.fromEntries(clockNames.flatMap((name) => {
      const { doneAt, worked, by } = recovery.clocks[name];
      const passed = doneAt === null ? null : Math.max(0, Math.round((Date.parse(doneAt) - Date.parse(startOf(recovery, name))) / MINUTE));
      return [[`${name}_worked`, worked], [`${name}_passed`, passed], [`${name}_in_time`, doneAt === null ? null : Date.parse(doneAt) <= Date.parse(by)]];
    })),
  };
}

/** Causes are alike whether or not they are written in capitals. */
export const causeKey = (cause: string): string => cause.trim().toLowerCase();

/** From when a clock runs: the last one anew where the recovery was opened again. */
export const startOf = ({ since, reopenedAt }: Recovery, clock: string): string => (clock === 'close' ? reopenedAt ?? since : since);

/** Which of the clocks that still run is over first. */
export function nextClock({ state, clocks }: Recovery): { readonly clock: (typeof clockNames)[number]; readonly by: string } | null {
  const running = state !== 'open' ? [] : clockNames.filter((name) => clocks[name].doneAt === null);
  return running.map((clock) => ({ clock, by: clocks[clock].by })).sort((a, b) => Date.parse(a.by) - Date.parse(b.by))[0] ?? null;
}
