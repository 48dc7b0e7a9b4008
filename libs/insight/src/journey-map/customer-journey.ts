import type { JourneyMap, JourneyStage } from '#journey';
import type { DayOf } from '../day.js';
import type { ToldEvent } from '../fact-sheet.js';
import { type Expectation, Expectations } from './expectations.js';
import { type FactRef, refOf } from './fact-ref.js';
import { FactsSoFar } from './facts-so-far.js';
import { type RenewalDecision, RenewalDecisions } from './renewal-decision.js';

/** A customer's stay in a stage. Days are whole days on the tenant's calendar. */
export interface Visit {
  readonly stage: string;
  readonly entered: FactRef;
  readonly enteredOn: number;
  /** The fact with which it ended; null: it goes on. */
  readonly left: FactRef | null;
  /** The day on which it ended, or else up to which is looked. */
  readonly until: number;
  /** The stage that came next; null: none, or it goes on. */
  readonly to: string | null;
  readonly days: number;
}

/** One customer's way over a map. */
export interface CustomerJourney {
  readonly visits: readonly Visit[];
  readonly expectations: readonly Expectation[];
  /** The first fact of each start of the time to value, by its id, and all facts that are value. */
  readonly starts: ReadonlyMap<string, FactRef>;
  readonly values: readonly FactRef[];
  readonly decision: RenewalDecision | null;
  /** How the journey ended; null while it goes on. */
  readonly ended: { readonly how: 'churned' | 'lost'; readonly by: FactRef } | null;
}

export interface JourneyOptions {
  /** What had happened by then counts; RFC 3339. */
  readonly until: string;
  readonly dayOf: DayOf;
}

type Stay = Omit<Visit, 'left' | 'until' | 'to' | 'days'> & { readonly of: JourneyStage };

/** @param events effective, earliest first, in the versions of today; those of who is merged into the customer are marked as `absorbed` */
export function journeyOf(map: JourneyMap, events: readonly ToldEvent[], { until, dayOf }: JourneyOptions): CustomerJourney {
  const [facts, expectations, decisions] = [new FactsSoFar(), new Expectations(map), new RenewalDecisions()];
  const [starts, values, visits]: [Map<string, FactRef>, FactRef[], Visit[]] = [new Map(), [], []];
  const end = Date.parse(until);
  let now: Stay | null = null;
  for (const event of events) {
    if (Date.parse(event.occurredAt) > end) continue;
    const day = dayOf(event.occurredAt);
    facts.take(event);
    decisions.take(event);
    for (const { start, on } of map.timeToValue.starts) if (!starts.has(start) && facts.isOne(on, event)) starts.set(start, refOf(event));
    if (facts.isOne(map.timeToValue.value, event)) values.push(refOf(event));
    expectations.meet(event, day, facts);
    const next = nextStage(map, now, event, facts);
    if (next !== undefined) {
      if (now) visits.push(visitOf(now, day, refOf(event), next?.stage ?? null));
      if (now) expectations.leave(now.stage, day);
      if (next?.ends) expectations.leave(null, day);
      now = next && { stage: next.stage, of: next, entered: refOf(event), enteredOn: day };
      if (next && !next.ends) expectations.enter(next, refOf(event), day);
    }
    if (!now?.of.ends) expectations.beginBy(event, day, facts);
  }
  const last = dayOf(until);
  if (now) visits.push(visitOf(now, last, null, null));
  const ended = now?.of.ends ? { how: now.of.ends, by: now.entered } : null;
  return { visits, expectations: expectations.upTo(last), starts, values, decision: decisions.last(ended?.how === 'churned' ? ended.by : null), ended };
}

/** The stage that a fact moves a customer into; null: out of the one there is, into none; undefined: nowhere. */
function nextStage({ stages }: JourneyMap, now: Stay | null, event: ToldEvent, facts: FactsSoFar): JourneyStage | null | undefined {
  const next = stages.find(({ stage, enter, after }) => stage !== now?.stage && (now === null || !after || after.includes(now.stage)) && facts.isOne(enter, event));
  return next ?? (now?.of.leave && facts.isOne(now.of.leave, event) ? null : undefined);
}

const visitOf = ({ stage, entered, enteredOn }: Stay, until: number, left: FactRef | null, to: string | null): Visit => ({ stage, entered, enteredOn, left, until, to, days: until - enteredOn });
