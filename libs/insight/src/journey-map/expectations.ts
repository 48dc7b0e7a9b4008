import type { JourneyCondition, JourneyMap, JourneyRole, JourneyStage } from '#journey';
import type { ToldEvent } from '../fact-sheet.js';
import { type FactsSoFar, valueIn } from './facts-so-far.js';
import { type FactRef, refOf } from './fact-ref.js';

/**
 * A touch that is expected in a stage, or a moment of truth. `met` in time; `missed`: the time went by without it, or it came late (`by` is then the late fact); `waiting`: there is time left;
 * `not-due`: the stage was left, or the journey ended, while there was time left.
 */
export interface Expectation {
  readonly kind: 'touch' | 'moment';
  readonly id: string;
  readonly label: string;
  /** In which stage it is expected, or whose entering began it; null: it began with a fact of its own. */
  readonly stage: string | null;
  readonly begun: FactRef;
  /** The last day on which it counts. */
  readonly dueOn: number;
  readonly state: 'met' | 'missed' | 'waiting' | 'not-due';
  readonly by: FactRef | null;
}

interface Open {
  expectation: Expectation;
  readonly on: readonly JourneyCondition[];
  readonly role?: JourneyRole | undefined;
  readonly same?: { readonly field: string; readonly value: unknown } | undefined;
}

/** What is expected of one customer, fact by fact. Days are whole days on the tenant's calendar. */
export class Expectations {
  private readonly all: Open[] = [];
  private open: Open[] = [];

  constructor(private readonly map: JourneyMap) {}

  /** A fact may meet what is open. */
  meet(event: ToldEvent, day: number, facts: FactsSoFar): void {
    this.settle((open) => {
      if (!facts.isOne(open.on, event) || (open.role && !facts.has(open.role, event)) || (open.same && valueIn(event.data, open.same.field) !== open.same.value)) return null;
      return { state: day <= open.expectation.dueOn ? 'met' : 'missed', by: refOf(event) };
    });
  }

  /** A stage was left: its touches are expected no longer. Null: the journey has ended, and nothing is. */
  leave(stage: string | null, day: number): void {
    this.settle(({ expectation }) => (stage === null || (expectation.kind === 'touch' && expectation.stage === stage) ? { state: day > expectation.dueOn ? 'missed' : 'not-due', by: null } : null));
  }

  /** A stage was entered: what is expected there begins. */
  enter({ stage, touches = [] }: JourneyStage, begun: FactRef, day: number): void {
    for (const { touch, label, on, withinDays, role } of touches) this.begin({ kind: 'touch', id: touch, label, stage, begun, dueOn: day + withinDays }, { on, role });
    for (const { moment, label, met, withinDays, stage: of } of this.map.moments) if (of === stage) this.begin({ kind: 'moment', id: moment, label, stage, begun, dueOn: day + withinDays }, { on: met });
  }

  /** Moments that begin with a fact of their own. */
  beginBy(event: ToldEvent, day: number, facts: FactsSoFar): void {
    for (const { moment, label, begins, met, withinDays, same } of this.map.moments) {
      if (!begins || !facts.isOne(begins, event)) continue;
      this.begin({ kind: 'moment', id: moment, label, stage: null, begun: refOf(event), dueOn: day + withinDays }, { on: met, same: same === undefined ? undefined : { field: same, value: valueIn(event.data, same) } });
    }
  }

  /** All of them as they stand at the end of what is known, in the order in which they began. */
  upTo(day: number): Expectation[] {
    return this.all.map(({ expectation }) => (expectation.state === 'waiting' && day > expectation.dueOn ? { ...expectation, state: 'missed' } : expectation));
  }

  private begin(expectation: Omit<Expectation, 'state' | 'by'>, how: Omit<Open, 'expectation'>): void {
    const open: Open = { expectation: { ...expectation, state: 'waiting', by: null }, ...how };
    this.all.push(open);
    this.open.push(open);
  }

  private settle(how: (open: Open) => Pick<Expectation, 'state' | 'by'> | null): void {
    this.open = this.open.filter((open) => {
      const settled = how(open);
      if (settled) open.expectation = { ...open.expectation, ...settled };
      return !settled;
    });
  }
}
