import type { Initiative } from '#journey';
import type { Money } from '../sheet/fact.js';
import { groupsOf } from '../experience/figure.js';
import { arrOf, byAmount, type CustomerFacts, type DemandAccount, type Evidence, evidence, mainCurrency } from './account.js';
import type { DemandRequest } from './requests.js';

/** How an initiative stands with one customer. Times are RFC 3339, null where that has not happened. */
export interface InitiativeCustomer {
  readonly account: DemandAccount;
  /** What it asked for: requests that the initiative names, else those of its themes. */
  readonly requests: readonly string[];
  readonly by: 'request' | 'theme' | 'none';
  readonly linkedAt: string | null;
  readonly hasAt: string | null;
  readonly toldAt: string | null;
  readonly events: readonly Evidence[];
}

export interface InitiativeReach {
  readonly initiative: Initiative;
  readonly state: 'running' | 'delivered' | 'told' | 'dropped';
  /** Those who asked, and those who were linked without. Who pays most first. */
  readonly customers: readonly InitiativeCustomer[];
  readonly asked: number;
  readonly linked: number;
  readonly have: number;
  readonly told: number;
  /** Asked, it is there, and nobody told them. */
  readonly neverHeard: number;
  /** What those who asked pay a year. */
  readonly arr: readonly Money[];
}

/**
 * Whom each initiative reaches, the newest first. Asked: a request of theirs is named by it, or has one of its themes and was raised before it was delivered.
 * Has it: by a fact of their own, or because it was delivered to all. Told: by a fact about the initiative, or about such a request once it was delivered.
 */
export function reachOf(initiatives: readonly Initiative[], customers: readonly CustomerFacts[], requests: readonly DemandRequest[]): InitiativeReach[] {
  const currency = mainCurrency(customers.map(({ account }) => account));
  const facts = groupsOf(customers.flatMap(({ account, events }) => events.filter(({ type }) => type.startsWith('initiative.')).map((event) => ({ account, event, initiative: String(event.data['initiative']) }))), ({ initiative }) => initiative);
  return initiatives.map((initiative) => {
    const asking = groupsOf(requests.filter((request) => answeredBy(initiative, request) !== null), ({ account }) => account.id);
    const linked = groupsOf(facts.get(initiative.initiative) ?? [], ({ account }) => account.id);
    const accounts = new Map([...asking.values(), ...linked.values()].map(([first]) => [first!.account.id, first!.account]));
    const lines = [...accounts.values()].map((account) => customerOf(initiative, account, asking.get(account.id) ?? [], (linked.get(account.id) ?? []).map(({ event }) => event))).sort(byAmount(currency));
    const asked = lines.filter(({ by }) => by !== 'none');
    return {
      initiative, state: stateOf(initiative), customers: lines, asked: asked.length, linked: lines.filter(({ linkedAt }) => linkedAt !== null).length, have: lines.filter(({ hasAt }) => hasAt !== null).length,
      told: lines.filter(({ toldAt }) => toldAt !== null).length, neverHeard: asked.filter(isLeftOut).length, arr: arrOf(asked.map(({ account }) => account)),
    };
  }).sort((a, b) => Date.parse(b.initiative.startedAt) - Date.parse(a.initiative.startedAt) || (a.initiative.initiative < b.initiative.initiative ? -1 : 1));
}

/** Asked, has it, and never heard of it. */
export const isLeftOut = ({ by, hasAt, toldAt }: InitiativeCustomer): boolean => by !== 'none' && hasAt !== null && toldAt === null;

/** Whether an initiative answers a request: it names it, or has a theme of it and came to be there only afterwards. */
export function answeredBy({ requests, themes, deliveredAt }: Initiative, { feedback, account, raisedAt, themes: own }: DemandRequest): 'request' | 'theme' | null {
  if (requests.some((request) => request.feedback === feedback && request.customer === account.id)) return 'request';
  return own.some((theme) => themes.includes(theme)) && (deliveredAt === null || Date.parse(raisedAt) <= Date.parse(deliveredAt)) ? 'theme' : null;
}

export const isAnsweredBy = (initiative: Initiative, request: DemandRequest): boolean => answeredBy(initiative, request) !== null;

function customerOf(initiative: Initiative, account: DemandAccount, asking: readonly DemandRequest[], own: readonly CustomerFacts['events'][number][]): InitiativeCustomer {
  const named = asking.filter((request) => answeredBy(initiative, request) === 'request');
  const first = (what: string) => own.find(({ type }) => type === `initiative.${what}`)?.occurredAt ?? null;
  const hasAt = first('delivered') ?? initiative.deliveredAt;
  const heard = asking.flatMap(({ toldAt }) => (toldAt !== null && hasAt !== null && Date.parse(toldAt) >= Date.parse(hasAt) ? [toldAt] : []));
  return {
    account, requests: (named.length > 0 ? named : asking).map(({ feedback }) => feedback), by: named.length > 0 ? 'request' : asking.length > 0 ? 'theme' : 'none', linkedAt: first('customer-linked'), hasAt,
    toldAt: [...own.filter(({ type }) => type === 'initiative.customer-told').map(({ occurredAt }) => occurredAt), ...heard].sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
    events: [...asking.flatMap(({ events }) => events), ...own.map(evidence)],
  };
}

function stateOf({ droppedAt, deliveredAt, toldAt }: Initiative): InitiativeReach['state'] {
  if (droppedAt !== null) return 'dropped';
  return toldAt !== null ? 'told' : deliveredAt !== null ? 'delivered' : 'running';
}
