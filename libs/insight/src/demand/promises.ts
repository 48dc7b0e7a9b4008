import type { JourneyEvent } from '#journey';
import { type Figure, groupsOf, proportion } from '../experience/figure.js';
import { type CustomerFacts, type DemandAccount, type Evidence, evidence, textIn } from './account.js';

/** One promise of ours. Days are YYYY-MM-DD. */
export interface PromiseMade {
  readonly promise: string;
  /** What was promised, in our words; null where nobody says. */
  readonly what: string | null;
  readonly account: DemandAccount;
  readonly kind: string | null;
  readonly by: string | null;
  readonly dueOn: string | null;
  readonly state: 'kept' | 'broken' | 'open' | 'overdue';
  /** Kept, but first after its day. */
  readonly late: boolean;
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly events: readonly Evidence[];
}

export interface PromiseFigures {
  readonly promises: number;
  readonly kept: number;
  readonly late: number;
  readonly broken: number;
  readonly open: number;
  readonly overdue: number;
  /** Kept, of those kept or broken; and of those kept, broken or overdue. Wilson. */
  readonly keptRate: Figure;
  readonly keptOfDue: Figure;
}

/**
 * The promises of a customer, as of a day, earliest first. Kept is kept, whenever that was told and whatever time it names, also one before it was made; else broken is broken. What is promised anew under
 * another day needs a number of its own; of several days named for one number the last counts.
 */
export function promisesOf({ account, events }: CustomerFacts, today: string, dateOf: (instant: string) => string): PromiseMade[] {
  const own = events.filter(({ type, data }) => type.startsWith('promise.') && data['promise'] !== undefined);
  return [...groupsOf(own, ({ data }) => String(data['promise']))].map(([promise, facts]) => promiseIn(account, promise, facts, { today, dateOf }));
}

function promiseIn(account: DemandAccount, promise: string, facts: readonly JourneyEvent[], { today, dateOf }: { readonly today: string; readonly dateOf: (instant: string) => string }): PromiseMade {
  const made = facts.findLast(({ type }) => type === 'promise.made');
  const kept = facts.find(({ type }) => type === 'promise.kept');
  const ended = kept ?? facts.findLast(({ type }) => type === 'promise.broken');
  const said = (field: string) => (made ? textIn(made.data, field) : null);
  const dueOn = said('dueOn');
  const state = kept ? 'kept' : ended ? 'broken' : dueOn !== null && dueOn < today ? 'overdue' : 'open';
  return {
    promise, what: said('what'), account, kind: said('kind'), by: said('by'), dueOn, state, late: kept !== undefined && dueOn !== null && dateOf(kept.occurredAt) > dueOn,
    madeAt: (made ?? facts[0]!).occurredAt, endedAt: ended?.occurredAt ?? null, events: facts.map(evidence),
  };
}

export function promiseFiguresOf(promises: readonly PromiseMade[]): PromiseFigures {
  const count = (state: PromiseMade['state']) => promises.filter((each) => each.state === state).length;
  const [kept, broken, open, overdue] = [count('kept'), count('broken'), count('open'), count('overdue')];
  return { promises: promises.length, kept, late: promises.filter(({ late }) => late).length, broken, open, overdue, keptRate: proportion(kept, kept + broken), keptOfDue: proportion(kept, kept + broken + overdue) };
}
