import type { Profile } from '#insight';
import { MOST_URGENT, priorityOf, round, yearlyOf } from './priority.js';

export type PartKind = 'call' | 'recovery' | 'task' | 'answer';

/** Something that is due for a customer, as it is read from where it stands. */
export interface DuePart {
  readonly customer: string;
  readonly kind: Exclude<PartKind, 'call'>;
  readonly id: string;
  readonly what: string;
  /** A day, or the moment at which a clock runs out; null where there is none. */
  readonly due: string | null;
  /** Who is named to do it; null: who looks after the customer. */
  readonly owner: string | null;
  /** To whom else it went, because a clock ran out: it stands in their list, too. */
  readonly escalatedTo?: string | null;
  /** How it stands in time, in words: "due today". */
  readonly when: string;
  /** 0: it can wait, 1: it is due or late. */
  readonly pressing: number;
}

/** One thing to be done for a customer, and what a day's delay of it may cost. */
export interface TodayPart {
  readonly kind: PartKind;
  /** To report it by; of a call the customer's. */
  readonly id: string;
  readonly what: string;
  readonly due: string | null;
  readonly owner: string | null;
  readonly cost: number;
  readonly because: string;
}

/** The share of the yearly amount that is in play, as `ORDER_SAYS` has it. */
const SHARES: Readonly<Record<DuePart['kind'], number>> = { recovery: 0.25, task: 0.1, answer: 0.05 };
/** What kinds are called at the head of a line. */
export const PART_NAMES: Readonly<Record<PartKind, string>> = { call: 'Call', recovery: 'Recovery', task: 'Task', answer: 'Answer' };

export interface Standing { readonly customer: string; readonly profile: Profile; readonly score: number | null; /** Whether a call is due: they are at risk or to be watched, and do not rest. */ readonly call: boolean }

/** What is to be done for a customer, the most pressing first; `owner`: only what that person is to do, or what went to them because its clock ran out. */
export function partsOf({ customer, profile, score, call }: Standing, due: readonly DuePart[], { day, owner }: { readonly day: number; readonly owner?: string | undefined }): TodayPart[] {
  const { amount, words } = yearlyOf(profile);
  const mine = due.filter(({ owner: named, escalatedTo }) => owner === undefined || (named ?? profile.owner) === owner || escalatedTo === owner);
  const others = mine.map(({ kind, id, what, due: at, owner: named, when, pressing }): TodayPart => {
    const urgency = 1 + (MOST_URGENT - 1) * Math.min(1, Math.max(0, pressing));
    return { kind, id, what, due: at, owner: named ?? profile.owner, cost: Math.round(amount * SHARES[kind] * urgency), because: `${100 * SHARES[kind]} % of ${words} counts; ${when}: urgency ${round(urgency)} of ${MOST_URGENT}.` };
  });
  const calls = call && score !== null && (owner === undefined || profile.owner === owner) ? [callPart(customer, profile, score, day)] : [];
  return [...calls, ...others].sort((a, b) => b.cost - a.cost || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.id < b.id ? -1 : 1));
}

function callPart(customer: string, profile: Profile, score: number, day: number): TodayPart {
  const { priority, because } = priorityOf(score, profile, day);
  return { kind: 'call', id: customer, what: 'Call', due: null, owner: profile.owner, cost: priority, because };
}

/** Why a customer stands where it does: what a day's delay of all that is to be done for it may cost. */
export function orderOf(parts: readonly TodayPart[]): { readonly priority: number; readonly because: string } {
  const priority = parts.reduce((sum, { cost }) => sum + cost, 0);
  if (parts.length === 1 && parts[0]!.kind === 'call') return { priority, because: parts[0]!.because };
  return { priority, because: parts.map(({ kind, cost, because }) => `${PART_NAMES[kind]}, ${cost.toLocaleString('en')}: ${because}`).join(' ') };
}

/** The one order: most first, and among equals by id, so that it does not depend on how they came. */
export const inOneOrder = <Item extends { readonly customer: string; readonly priority: number }>(items: readonly Item[]): Item[] => (
  [...items].sort((a, b) => b.priority - a.priority || (a.customer < b.customer ? -1 : 1)));
