import type { JourneyEvent } from '#journey';
import { groupsOf } from '../experience/figure.js';
import type { Money } from '../sheet/fact.js';
import { arrOf, byAmount, type CustomerFacts, type DemandAccount, type Evidence, evidence, mainCurrency, sumMoney, textIn } from './account.js';
import { type PaysForKind, paysForKindAmong } from './pays.js';
import type { DemandRequest } from './requests.js';

/** A competitor at a customer. `stage`: the customer looks seriously at it, or only spoke of it. */
export interface LiveCompetitor {
  readonly competitor: string;
  readonly product: string | null;
  readonly stage: 'evaluated' | 'mentioned';
  readonly lastAt: string;
  readonly events: readonly Evidence[];
}

export interface PressedAccount {
  readonly account: DemandAccount;
  readonly competitors: readonly LiveCompetitor[];
  /** What it asks for and was not told of: the gap that the competitor may fill. */
  readonly gaps: readonly DemandRequest[];
  /** Whole years as a customer; null where nobody says since when. */
  readonly years: number | null;
  readonly pays: PaysForKind;
  /** A customer for so many years that pays at least the median of its kind; null where one of them is not known. */
  readonly longAndWell: boolean | null;
}

/** Where competitors press: accounts counted once each. `name`: the product, or the theme; null where nobody says. */
export interface PressedArea { readonly name: string | null; readonly accounts: number; readonly arr: readonly Money[]; readonly competitors: readonly string[]; readonly customers: readonly string[] }

export interface Pressure {
  /** Those with a gap asked for first, then by what they pay. */
  readonly accounts: readonly PressedAccount[];
  readonly withGap: number;
  readonly arr: readonly Money[];
  /** Of those with a gap, who has long been a customer and pays well for its kind; `unknown`: of so many nobody can say. */
  readonly longAndWell: { readonly accounts: number; readonly arr: readonly Money[]; readonly arrAtRisk: readonly Money[]; readonly withRisk: number; readonly unknown: number; readonly customers: readonly string[] };
  readonly products: readonly PressedArea[];
  readonly themes: readonly PressedArea[];
}

export interface PressureOptions {
  /** Competitors spoken of from then on are live. */
  readonly since: string;
  /** The day that is looked from. */
  readonly day: number;
  /** Who has been a customer for so many years has long been one. */
  readonly longYears: number;
}

/** Running customers who spoke of a competitor, or looked at one, with what they ask for. */
export function pressureOf(customers: readonly CustomerFacts[], requests: readonly DemandRequest[], { since, day, longYears }: PressureOptions): Pressure {
  const all = customers.map(({ account }) => account);
  const open = groupsOf(requests.filter(({ toldAt }) => toldAt === null), ({ account }) => account.id);
  const currency = mainCurrency(all);
  const paysForKind = paysForKindAmong(all);
  const accounts = customers.filter(({ account }) => account.current).flatMap(({ account, events }): PressedAccount[] => {
    const live = events.filter(({ type, occurredAt }) => type.startsWith('competitor.') && Date.parse(occurredAt) >= Date.parse(since));
    if (live.length === 0) return [];
    const years = account.since === null ? null : Math.max(0, Math.floor((day - account.since) / 365.25));
    const pays = paysForKind(account);
    // One that is known not to be so decides it, whatever is not known of the other.
    const longAndWell = (years !== null && years < longYears) || (pays.ratio !== null && pays.ratio < 1) ? false : years === null || pays.ratio === null ? null : true;
    return [{ account, competitors: competitorsIn(live), gaps: open.get(account.id) ?? [], years, pays, longAndWell }];
  }).sort((a, b) => Number(b.gaps.length > 0) - Number(a.gaps.length > 0) || byAmount(currency)(a, b));
  const gapped = accounts.filter(({ gaps }) => gaps.length > 0);
  const loyal = gapped.flatMap(({ account, longAndWell }) => (longAndWell ? [account] : []));
  return {
    accounts, withGap: gapped.length,
    longAndWell: {
      accounts: loyal.length, arr: arrOf(loyal), arrAtRisk: sumMoney(loyal.map(({ arrAtRisk }) => arrAtRisk ?? [])), withRisk: loyal.filter(({ arrAtRisk }) => arrAtRisk !== null).length,
      unknown: gapped.filter(({ longAndWell }) => longAndWell === null).length, customers: loyal.map(({ id }) => id),
    },
    arr: arrOf(accounts.map(({ account }) => account)),
    products: areasOf(accounts.flatMap((one) => one.competitors.map(({ product }) => [product, one] as const))),
    themes: areasOf(accounts.flatMap((one) => one.gaps.flatMap(themesOf).map((theme) => [theme, one] as const))),
  };
}

const themesOf = ({ themes }: DemandRequest): (string | null)[] => (themes.length === 0 ? [null] : [...themes]);

function competitorsIn(live: readonly JourneyEvent[]): LiveCompetitor[] {
  return [...groupsOf(live, ({ data }) => JSON.stringify([data['competitor'], data['product'] ?? null])).values()].map((own): LiveCompetitor => ({
    competitor: String(own[0]!.data['competitor']), product: textIn(own[0]!.data, 'product'), stage: own.some(({ type }) => type === 'competitor.evaluated') ? 'evaluated' : 'mentioned', lastAt: own.at(-1)!.occurredAt, events: own.map(evidence),
  }));
}

function areasOf(pairs: readonly (readonly [string | null, PressedAccount])[]): PressedArea[] {
  return [...groupsOf(pairs, ([name]) => name)].map(([name, own]): PressedArea => {
    const accounts = new Map(own.map(([, { account }]) => [account.id, account]));
    return { name, accounts: accounts.size, arr: arrOf([...accounts.values()]), competitors: [...new Set(own.flatMap(([, { competitors }]) => competitors.map(({ competitor }) => competitor)))].sort(), customers: [...accounts.keys()].sort() };
  }).sort((a, b) => b.accounts - a.accounts || ((a.name ?? '\uffff') < (b.name ?? '\uffff') ? -1 : 1));
}
