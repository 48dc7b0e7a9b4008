import { dayIn, text, type Fact } from './fact.js';
import { enter, replayer, type EntityLog } from './log.js';

/** Promises, goals and outcomes have one shape: something said, a date, and how it went. */
export function addPledge(log: EntityLog, fact: Fact): void {
  const { data, what } = fact;
  const id = fact.family === 'promise' ? text(data['promise']) : what.startsWith('outcome-') ? prefixed('outcome ', data['outcome']) : prefixed('goal ', data['goal']);
  if (id) enter(log, id, fact, { dueOn: dayIn(data['dueOn'], fact.dayOf) });
}

function prefixed(kind: string, value: unknown): string | undefined {
  const id = text(value);
  return id && kind + id;
}

const outcomes: Record<string, Pledge['outcome']> = {
  kept: 'kept', broken: 'broken', attained: 'kept', missed: 'broken', 'outcome-confirmed': 'kept', 'outcome-rejected': 'broken',
};

export interface Pledge {
  readonly outcome: 'open' | 'kept' | 'broken';
  readonly dueOn: number | null;
  /** An outcome that we claim is neither open nor kept until the customer says so. */
  readonly claimed: boolean;
  /** Day and event of the latest word about it. */
  readonly day: number;
  readonly n: number;
}

export const pledgesOf = replayer((_id, entries): Pledge => {
  let now: Pledge = { outcome: 'open', dueOn: null, claimed: false, day: 0, n: 0 };
  for (const [, n, day, what, kept = {}] of entries) {
    // A new date opens it again.
    const outcome = outcomes[what] ?? (what === 'made' || what === 'set' ? 'open' : now.outcome);
    now = { outcome, dueOn: (kept['dueOn'] as number) ?? now.dueOn, claimed: now.claimed || what === 'outcome-claimed', day, n };
  }
  return now;
});
