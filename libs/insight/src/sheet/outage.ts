import { dayIn, text, type Fact } from './fact.js';
import { enter, replayer, type EntityLog } from './log.js';

export function addOutage(log: EntityLog, fact: Fact): void {
  const id = text(fact.data['outage']);
  if (!id || fact.what === 'updated' || fact.what === 'customer-reported') return;
  enter(log, id, fact, { eta: dayIn(fact.data['eta'], fact.dayOf), startedOn: dayIn(fact.data['startedAt'], fact.dayOf) });
}

export interface Outage {
  readonly startedOn: number;
  readonly resolvedOn: number | null;
  /** The last end that we announced; null when we never did. */
  readonly announcedFor: number | null;
  readonly refs: readonly number[];
}

export const outagesOf = replayer((_id, entries): Outage => {
  let now: Outage = { startedOn: entries[0]![2], resolvedOn: null, announcedFor: null, refs: entries.map((entry) => entry[1]) };
  for (const [, , day, what, kept = {}] of entries) {
    now = {
      ...now, startedOn: Math.min((kept['startedOn'] as number) ?? now.startedOn, now.startedOn),
      announcedFor: (kept['eta'] as number) ?? now.announcedFor,
      resolvedOn: what === 'resolved' ? day : what === 'customer-affected' ? null : now.resolvedOn,
    };
  }
  return now;
});

export function addCompetitor(log: EntityLog, fact: Fact): void {
  const id = text(fact.data['competitor']);
  if (id) enter(log, id, fact);
}

export interface Rival {
  readonly mentions: readonly (readonly [day: number, n: number])[];
  readonly evaluations: readonly (readonly [day: number, n: number])[];
}

export const rivalsOf = replayer((_id, entries): Rival => {
  const those = (what: string) => entries.filter((entry) => entry[3] === what).map((entry) => [entry[2], entry[1]] as const);
  return { mentions: those('mentioned'), evaluations: those('evaluated') };
});
