import type { Initiative } from '#journey';
import { type Figure, groupsOf, proportion, weightedMean, within } from '../experience/figure.js';
import type { Money } from '../sheet/fact.js';
import { amountIn, arrOf, byAmount, type DemandAccount, mainCurrency } from './account.js';
import { answeredBy } from './initiatives.js';
import type { DemandRequest } from './requests.js';

export interface TracedInitiative {
  readonly initiative: Initiative;
  /** Requests that it names and that were raised no later than it began. */
  readonly evidence: readonly DemandRequest[];
  /** Why it has none: it names no request, only themes, or such as came afterwards or are not known. Null where it has some. */
  readonly lacks: 'nothing-named' | 'themes-only' | 'raised-later' | 'requests-unknown' | null;
}

export interface Traceability {
  /** Share of the initiatives started in the window that a customer asked for before; Wilson. */
  readonly share: Figure;
  readonly initiatives: readonly TracedInitiative[];
  readonly demand: {
    /** By what customers pay: each one's amount is shared out equally over its requests that stood in the window. Interval over accounts. */
    readonly answered: Figure;
    /** The same, by named requests alone. */
    readonly named: Figure;
    readonly currency: string | null;
    readonly arr: readonly Money[];
    /** Who pays most first. */
    readonly accounts: readonly { readonly account: DemandAccount; readonly requests: number; readonly answered: number; readonly named: number }[];
  };
}

/** From request to initiative over a window: `from` belongs to it, `until` does not. A request stood in it if it was raised before its end and the customer was not told before it began. */
export function traceabilityOf(initiatives: readonly Initiative[], requests: readonly DemandRequest[], { from, until }: { readonly from: string; readonly until: string }): Traceability {
  const started = initiatives.filter(({ startedAt }) => Date.parse(startedAt) >= Date.parse(from) && Date.parse(startedAt) < Date.parse(until));
  const traced = started.map((initiative) => tracedIn(initiative, requests)).sort((a, b) => Date.parse(a.initiative.startedAt) - Date.parse(b.initiative.startedAt) || (a.initiative.initiative < b.initiative.initiative ? -1 : 1));
  const standing = requests.filter(({ raisedAt, toldAt }) => Date.parse(raisedAt) < Date.parse(until) && (toldAt === null || Date.parse(toldAt) >= Date.parse(from)));
  const answering = initiatives.filter(({ startedAt, droppedAt }) => Date.parse(startedAt) < Date.parse(until) && droppedAt === null);
  const accounts = [...groupsOf(standing, ({ account }) => account.id).values()].map((own) => {
    const by = own.map((request) => answering.map((initiative) => answeredBy(initiative, request)));
    return { account: own[0]!.account, requests: own.length, answered: by.filter((each) => each.some((how) => how !== null)).length, named: by.filter((each) => each.includes('request')).length };
  });
  const currency = mainCurrency(accounts.map(({ account }) => account));
  const shareOf = (count: (account: (typeof accounts)[number]) => number) => within(weightedMean(accounts.map((each) => ({ value: count(each) / each.requests, weight: amountIn(each.account.arr, currency) }))), 0, 1);
  return {
    share: proportion(traced.filter(({ lacks }) => lacks === null).length, traced.length), initiatives: traced,
    demand: { answered: shareOf(({ answered }) => answered), named: shareOf(({ named }) => named), currency, arr: arrOf(accounts.map(({ account }) => account)), accounts: accounts.sort(byAmount(currency)) },
  };
}

function tracedIn(initiative: Initiative, requests: readonly DemandRequest[]): TracedInitiative {
  const named = requests.filter((request) => answeredBy(initiative, request) === 'request');
  const proof = named.filter(({ raisedAt }) => Date.parse(raisedAt) <= Date.parse(initiative.startedAt));
  if (proof.length > 0) return { initiative, evidence: proof, lacks: null };
  if (named.length > 0) return { initiative, evidence: [], lacks: 'raised-later' };
  if (initiative.requests.length > 0) return { initiative, evidence: [], lacks: 'requests-unknown' };
  return { initiative, evidence: [], lacks: initiative.themes.length > 0 ? 'themes-only' : 'nothing-named' };
}
