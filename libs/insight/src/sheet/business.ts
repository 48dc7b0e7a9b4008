import { dayIn, money, number, text, type Fact, type Money } from './fact.js';
import { enter, replayer, type EntityLog } from './log.js';

export function addInvoice(log: EntityLog, fact: Fact): void {
  const { data, day, dayOf } = fact;
  const id = text(data['invoice']);
  const days = number(data['days']);
  // An invoice may first be heard of when it is overdue.
  const dueOn = dayIn(data['dueOn'], dayOf) ?? (fact.what === 'overdue' ? day - (days ?? 1) : undefined);
  if (id) enter(log, id, fact, { amount: money(data['amount']), dueOn });
}

export interface Invoice {
  readonly dueOn: number | null;
  readonly settled: boolean;
  readonly settledOn: number | null;
  readonly refs: readonly number[];
}

export const invoicesOf = replayer((_id, entries): Invoice => {
  let dueOn: number | null = null;
  let owed: Money | null = null;
  let credited = 0;
  let paid = false;
  let settledOn: number | null = null;
  for (const [, , day, what, kept = {}] of entries) {
    const amount = kept['amount'] as Money | undefined;
    if (what === 'issued') [dueOn, owed] = [(kept['dueOn'] as number) ?? dueOn, amount ?? owed];
    if (what === 'overdue') dueOn ??= kept['dueOn'] as number;
    if (what === 'paid') paid = true;
    if (what === 'credited') credited += amount?.amount ?? 0;
    settledOn = paid || (owed !== null && credited >= owed.amount) ? (settledOn ?? day) : null;
  }
  return { dueOn, settled: settledOn !== null, settledOn, refs: entries.map((entry) => entry[1]) };
});

export function addRenewal(log: EntityLog, fact: Fact): void {
  const { data, dayOf } = fact;
  const id = text(data['renewal']);
  if (id) enter(log, id, fact, { subscription: text(data['subscription']), dueOn: dayIn(data['dueOn'], dayOf), decision: text(data['decision']) });
}

export interface Renewal {
  readonly subscription: string | null;
  readonly dueOn: number | null;
  readonly openedOn: number;
  /** `yes` and `no` as decided; `lapsed` when it ran out. */
  readonly outcome: 'open' | 'yes' | 'no' | 'renewed' | 'lapsed';
  /** Day and event of the outcome. */
  readonly day: number;
  readonly n: number;
}

export const renewalsOf = replayer((_id, entries): Renewal => {
  const [, firstRef, openedOn] = entries[0]!;
  let now: Renewal = { subscription: null, dueOn: null, openedOn, outcome: 'open', day: openedOn, n: firstRef };
  for (const [, n, day, what, kept = {}] of entries) {
    const outcome = what === 'renewed' || what === 'lapsed' ? what : what === 'decided' ? (kept['decision'] as 'yes' | 'no') : null;
    now = {
      ...now, subscription: (kept['subscription'] as string) ?? now.subscription, dueOn: (kept['dueOn'] as number) ?? now.dueOn,
      ...(outcome && { outcome, day, n }),
    };
  }
  return now;
});

export function addDeployment(log: EntityLog, fact: Fact): void {
  const id = text(fact.data['deployment']);
  if (id) enter(log, id, fact, { planned: dayIn(fact.data['plannedGoLive'], fact.dayOf) });
}

export interface Deployment {
  readonly plannedOn: number | null;
  readonly liveOn: number | null;
  readonly stalledOn: number | null;
  readonly cancelled: boolean;
  readonly refs: readonly number[];
  readonly lastDay: number;
}

export const deploymentsOf = replayer((_id, entries): Deployment => {
  let now: Deployment = { plannedOn: null, liveOn: null, stalledOn: null, cancelled: false, refs: entries.map((entry) => entry[1]), lastDay: 0 };
  for (const [, , day, what, kept = {}] of entries) {
    now = {
      ...now, lastDay: day, plannedOn: (kept['planned'] as number) ?? now.plannedOn,
      liveOn: what === 'went-live' ? day : now.liveOn,
      // Whatever is reached or started after a stall ends it.
      stalledOn: what === 'stalled' ? day : null,
      cancelled: now.cancelled || what === 'cancelled',
    };
  }
  return now;
});
