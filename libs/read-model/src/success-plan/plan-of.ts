import type { EventRef, JourneyEvent } from '#journey';

/** Something that the customer gained, as we say; it counts once somebody at the customer says so. */
export interface Outcome {
  readonly outcome: string;
  readonly goal: string | null;
  readonly what: string | null;
  readonly evidence: readonly EventRef[];
  readonly state: 'claimed' | 'confirmed' | 'disputed';
  /** When it was claimed, and when somebody at the customer answered; RFC 3339. */
  readonly claimedAt: string;
  readonly answeredAt: string | null;
  /** Our id of who answered; null where nobody was named. */
  readonly contact: string | null;
  readonly reason: string | null;
}

/** What the customer or we want to reach. `proof`: of one that was attained: facts or a confirmed outcome show it, or we only say so. */
export interface Objective {
  readonly goal: string;
  readonly whose: 'customer' | 'ours';
  readonly what: string | null;
  readonly dueOn: string | null;
  readonly percent: number | null;
  readonly state: 'open' | 'attained' | 'missed';
  readonly evidence: readonly EventRef[];
  readonly proof: 'evidence' | 'declared' | null;
  readonly setAt: string;
  readonly endedAt: string | null;
  readonly outcomes: readonly Outcome[];
}

export interface Plan {
  readonly objectives: readonly Objective[];
  /** Of no objective that was set. */
  readonly outcomes: readonly Outcome[];
}

const textIn = (data: JourneyEvent['data'], name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
const evidenceIn = (data: JourneyEvent['data']): readonly EventRef[] => (Array.isArray(data['evidence']) ? data['evidence'] as EventRef[] : []);

/** The success plan that a customer's facts come to: effective, earliest first, with personal fields opened, or without. */
export function planOf(events: readonly JourneyEvent[]): Plan {
  const [objectives, outcomes] = [new Map<string, Omit<Objective, 'outcomes' | 'proof'>>(), new Map<string, Outcome>()];
  for (const event of events) {
    const goal = textIn(event.data, 'goal');
    const outcome = textIn(event.data, 'outcome');
    if (event.type.startsWith('goal.outcome-')) {
      const next = outcome === null ? null : outcomeAfter(outcomes.get(outcome), outcome, event);
      if (next) outcomes.set(next.outcome, next);
    } else if (event.type.startsWith('goal.') && goal !== null) {
      const next = objectiveAfter(objectives.get(goal), goal, event);
      if (next) objectives.set(goal, next);
    }
  }
  const own = [...outcomes.values()];
  return {
    objectives: [...objectives.values()].map((objective) => {
      const of = own.filter(({ goal }) => goal === objective.goal);
      const proven = objective.evidence.length > 0 || of.some(({ state }) => state === 'confirmed');
      return { ...objective, proof: objective.state === 'attained' ? (proven ? 'evidence' as const : 'declared' as const) : null, outcomes: of };
    }),
    outcomes: own.filter(({ goal }) => goal === null || !objectives.has(goal)),
  };
}

function objectiveAfter(before: Omit<Objective, 'outcomes' | 'proof'> | undefined, goal: string, { type, data, occurredAt }: JourneyEvent): Omit<Objective, 'outcomes' | 'proof'> | null {
  if (type === 'goal.set') {
    const said = { whose: data['whose'] === 'customer' ? 'customer' as const : 'ours' as const, what: textIn(data, 'what'), dueOn: textIn(data, 'dueOn') ?? before?.dueOn ?? null };
    // Set again, it is open again.
    return { goal, percent: before?.percent ?? null, evidence: [], setAt: before?.setAt ?? occurredAt, ...said, state: 'open', endedAt: null };
  }
  if (!before) return null;
  if (type === 'goal.progressed') return { ...before, percent: Number(data['percent']) };
  if (type === 'goal.attained') return { ...before, state: 'attained', evidence: evidenceIn(data), endedAt: occurredAt };
  return type === 'goal.missed' ? { ...before, state: 'missed', evidence: [], endedAt: occurredAt } : before;
}

function outcomeAfter(before: Outcome | undefined, outcome: string, { type, data, occurredAt }: JourneyEvent): Outcome | null {
  if (type === 'goal.outcome-claimed') {
    return { outcome, goal: textIn(data, 'goal'), what: textIn(data, 'what'), evidence: evidenceIn(data), state: 'claimed', claimedAt: occurredAt, answeredAt: null, contact: null, reason: null };
  }
  if (!before) return null;
  const answered = { answeredAt: occurredAt, contact: textIn(data, 'contact'), reason: textIn(data, 'reason') };
  return type === 'goal.outcome-confirmed' ? { ...before, ...answered, state: 'confirmed', evidence: [...before.evidence, ...evidenceIn(data)] } : { ...before, ...answered, state: 'disputed' };
}
