import type { RecurringOptions, RecurringPart } from './recurring-at.js';
import { partOf } from './recurring-at.js';
import type { RevenueEvent, SubscriptionState } from './subscription-history.js';

export const MOVEMENTS = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'escalator'] as const;
export type MovementKind = (typeof MOVEMENTS)[number];

/** A change of what one customer brings in a year: of the customer as a whole, so that who ends one of two subscriptions contracts. */
export interface Movement {
  readonly kind: MovementKind;
  /** Never negative: its kind says which way. Minor units of the reporting currency. */
  readonly amount: number;
  /** The last moment of it, RFC 3339. */
  readonly at: string;
  readonly before: number;
  readonly after: number;
  /** They sum to `after` less `before`. */
  readonly subscriptions: readonly { readonly subscription: string; readonly product: string | null; readonly amount: number }[];
  readonly events: readonly RevenueEvent[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** All movements of a history, earliest first. `edges`: moments (ms) at which one movement ends and another begins, such as the begin of a period, whatever the window of the policy. */
export function movementsOf(history: readonly SubscriptionState[], options: Pick<RecurringOptions, 'policy' | 'convert' | 'product'>, edges: readonly number[] = []): Movement[] {
  const { policy, convert, product } = options;
  const parts = new Map<string, RecurringPart | null>();
  const movements: Movement[] = [];
  let [total, everPaid, left] = [0, false, 0];
  for (const group of groupsIn(history, policy.groupMinutes, policy.escalators === 'apart', edges)) {
    const before = new Map([...new Set(group.map(({ id }) => id))].map((id) => [id, parts.get(id) ?? null]));
    const events: RevenueEvent[] = [];
    for (const state of group) {
      const part = partOf(state, policy, convert, product);
      if ((part?.amount ?? 0) !== (parts.get(state.id)?.amount ?? 0) && !events.includes(state.event)) events.push(state.event);
      parts.set(state.id, part);
    }
    const subscriptions = [...before].map(([id, was]) => ({ subscription: id, product: (parts.get(id) ?? was)?.product ?? null, amount: (parts.get(id)?.amount ?? 0) - (was?.amount ?? 0) })).filter(({ amount }) => amount !== 0);
    const after = total + subscriptions.reduce((sum, { amount }) => sum + amount, 0);
    const last = group.at(-1)!;
    if (after !== total) {
      const kind = kindOf({ before: total, after, everPaid, awayDays: (last.at - left) / DAY, isEscalator: last.escalator }, options.policy);
      movements.push({ kind, amount: Math.abs(after - total), at: new Date(last.at).toISOString(), before: total, after, subscriptions, events });
    }
    if (after > 0) everPaid = true;
    if (after === 0 && total > 0) left = last.at;
    total = after;
  }
  return movements;
}

interface Change { readonly before: number; readonly after: number; readonly everPaid: boolean; readonly awayDays: number; readonly isEscalator: boolean }

function kindOf({ before, after, everPaid, awayDays, isEscalator }: Change, { reactivation, reactivationDays, escalators }: RecurringOptions['policy']): MovementKind {
  if (before === 0) {
    const isBack = everPaid && (reactivationDays === null || awayDays <= reactivationDays);
    return !isBack ? 'new' : reactivation === 'expansion' ? 'expansion' : 'reactivation';
  }
  if (after === 0) return 'churn';
  if (after < before) return 'contraction';
  return isEscalator && escalators === 'apart' ? 'escalator' : 'expansion';
}

/** What belongs together: within the window of its first, on the same side of every edge; agreed rises, where they are counted apart, by themselves. */
function groupsIn(history: readonly SubscriptionState[], minutes: number, isApart: boolean, edges: readonly number[]): SubscriptionState[][] {
  const groups: SubscriptionState[][] = [];
  for (const state of history) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const belongs = first && state.at - first.at <= minutes * MINUTE && !edges.some((edge) => first.at < edge && edge <= state.at) && !(isApart && first.escalator !== state.escalator);
    if (belongs) group!.push(state);
    else groups.push([state]);
  }
  return groups;
}
