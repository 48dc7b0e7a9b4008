import type { JourneyEvent } from '#journey';
import { type Figure, groupsOf, proportion } from '../experience/figure.js';
import type { Money } from '../sheet/fact.js';
import { type CustomerFacts, type DemandAccount, type Evidence, evidence, sumMoney, textIn } from './account.js';

/** What we say that a customer gained, and what the customer says of it. */
export interface ClaimedOutcome {
  readonly outcome: string;
  readonly account: DemandAccount;
  readonly goal: string | null;
  readonly initiative: string | null;
  readonly state: 'open' | 'confirmed' | 'rejected';
  /** A year, in minor units: as the customer says where it does, else as we claimed; null where nobody names one. */
  readonly value: Money | null;
  readonly claimedValue: Money | null;
  readonly claimedAt: string;
  readonly answeredAt: string | null;
  readonly events: readonly Evidence[];
}

export interface OutcomeFigures {
  readonly claimed: number;
  readonly confirmed: number;
  readonly rejected: number;
  readonly open: number;
  /** Of those that the customer answered; Wilson. */
  readonly confirmedShare: Figure;
  /** Added up by currency; `claimed` as we said it, `confirmed` as they did. */
  readonly value: { readonly claimed: readonly Money[]; readonly confirmed: readonly Money[]; readonly rejected: readonly Money[]; readonly open: readonly Money[]; readonly without: number };
}

/** Every claim, the newest first; an answer to what nobody claimed is none. */
export function outcomesOf({ account, events }: CustomerFacts): ClaimedOutcome[] {
  const own = events.filter(({ type, data }) => type.startsWith('goal.outcome-') && data['outcome'] !== undefined);
  return [...groupsOf(own, ({ data }) => String(data['outcome']))].flatMap(([outcome, facts]) => outcomeIn(account, outcome, facts))
    .sort((a, b) => Date.parse(b.claimedAt) - Date.parse(a.claimedAt) || (a.outcome < b.outcome ? -1 : 1));
}

function outcomeIn(account: DemandAccount, outcome: string, facts: readonly JourneyEvent[]): ClaimedOutcome[] {
  const at = facts.findLastIndex(({ type }) => type === 'goal.outcome-claimed');
  if (at < 0) return [];
  const claim = facts[at]!;
  // Claimed again, it is to be answered again.
  const answer = facts.slice(at + 1).at(-1);
  const claimedValue = (claim.data['value'] as Money | undefined) ?? null;
  const state = !answer ? 'open' : answer.type === 'goal.outcome-confirmed' ? 'confirmed' : 'rejected';
  return [{
    outcome, account, goal: textIn(claim.data, 'goal'), initiative: textIn(claim.data, 'initiative'), state, claimedValue, claimedAt: claim.occurredAt, answeredAt: answer?.occurredAt ?? null,
    value: (state === 'confirmed' ? (answer!.data['value'] as Money | undefined) : undefined) ?? claimedValue, events: facts.map(evidence),
  }];
}

export function outcomeFiguresOf(claims: readonly ClaimedOutcome[]): OutcomeFigures {
  const of = (state: ClaimedOutcome['state']) => claims.filter((claim) => claim.state === state);
  const worth = (list: readonly ClaimedOutcome[]) => sumMoney(list.map(({ value }) => (value ? [value] : [])));
  const [confirmed, rejected, open] = [of('confirmed'), of('rejected'), of('open')];
  return {
    claimed: claims.length, confirmed: confirmed.length, rejected: rejected.length, open: open.length, confirmedShare: proportion(confirmed.length, confirmed.length + rejected.length),
    value: { claimed: sumMoney(claims.map(({ claimedValue }) => (claimedValue ? [claimedValue] : []))), confirmed: worth(confirmed), rejected: worth(rejected), open: worth(open), without: claims.filter(({ value }) => value === null).length },
  };
}
