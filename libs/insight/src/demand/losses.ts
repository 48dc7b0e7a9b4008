import type { Initiative, JourneyEvent } from '#journey';
import { groupsOf } from '../experience/figure.js';
import type { Money } from '../sheet/fact.js';
import { type CustomerFacts, type DemandAccount, type Evidence, evidence, sumMoney, textIn } from './account.js';
import { answeredBy } from './initiatives.js';
import type { DemandRequest } from './requests.js';

/** An opportunity that a customer decided against us. */
export interface Loss {
  readonly account: DemandAccount;
  readonly opportunity: string;
  /** Who won instead; null where nobody says. */
  readonly competitor: string | null;
  readonly reason: string | null;
  readonly product: string | null;
  /** What it was worth a year; null where nobody said. */
  readonly amount: Money | null;
  readonly lostAt: string;
  readonly events: readonly Evidence[];
}

export interface LostTo { readonly competitor: string | null; readonly losses: number; readonly amount: readonly Money[]; readonly withoutAmount: number; readonly items: readonly Loss[] }

/** Whom to win back: it went to a competitor, and has not bought since. */
export interface WinBack {
  readonly account: DemandAccount;
  readonly last: Loss;
  /** What it had asked for, and which initiatives have been delivered since: what to come with. */
  readonly asked: readonly DemandRequest[];
  readonly delivered: readonly string[];
}

/** What was lost from `since` on, the newest first; one that was won in the end is no loss. */
export function lossesOf({ account, events }: CustomerFacts, since: string): Loss[] {
  const own = groupsOf(events.filter(({ type, data }) => type.startsWith('sale.') && data['opportunity'] !== undefined), ({ data }) => String(data['opportunity']));
  return [...own].flatMap(([opportunity, facts]): Loss[] => {
    const end = facts.findLast(({ type }) => type === 'sale.won' || type === 'sale.lost' || type === 'sale.declined-by-us');
    if (end?.type !== 'sale.lost' || Date.parse(end.occurredAt) < Date.parse(since)) return [];
    const said = <T>(field: string) => facts.findLast(({ data }) => data[field] !== undefined)?.data[field] as T | undefined;
    return [{ account, opportunity, competitor: textIn(end.data, 'competitor'), reason: textIn(end.data, 'reason'), product: said<string>('product') ?? null, amount: said<Money>('amount') ?? null, lostAt: end.occurredAt, events: facts.map(evidence) }];
  }).sort((a, b) => Date.parse(b.lostAt) - Date.parse(a.lostAt) || (a.opportunity < b.opportunity ? -1 : 1));
}

/** By who won, the one who won most often first. */
export function lostTo(losses: readonly Loss[]): LostTo[] {
  return [...groupsOf(losses, ({ competitor }) => competitor)].map(([competitor, items]): LostTo => ({
    competitor, losses: items.length, amount: sumMoney(items.map(({ amount }) => (amount ? [amount] : []))), withoutAmount: items.filter(({ amount }) => amount === null).length, items,
  })).sort((a, b) => b.losses - a.losses || ((a.competitor ?? '\uffff') < (b.competitor ?? '\uffff') ? -1 : 1));
}

/** Those who went to a competitor and bought nothing of us since; those for whom something they asked for is there now first, then the newest loss. */
export function winBacksOf(losses: readonly Loss[], customers: readonly CustomerFacts[], requests: readonly DemandRequest[], initiatives: readonly Initiative[]): WinBack[] {
  const events = new Map(customers.map((one) => [one.account.id, one.events]));
  const asking = groupsOf(requests, ({ account }) => account.id);
  return [...groupsOf(losses.filter(({ competitor }) => competitor !== null), ({ account }) => account.id)].flatMap(([id, own]): WinBack[] => {
    const last = own.reduce((newest, each) => (Date.parse(each.lostAt) > Date.parse(newest.lostAt) ? each : newest));
    if ((events.get(id) ?? []).some((event) => boughtSince(event, last.lostAt))) return [];
    const asked = asking.get(id) ?? [];
    const delivered = initiatives.filter((initiative) => initiative.deliveredAt !== null && Date.parse(initiative.deliveredAt) > Date.parse(last.lostAt) && asked.some((request) => answeredBy(initiative, request) !== null));
    return [{ account: last.account, last, asked, delivered: delivered.map(({ initiative }) => initiative) }];
  }).sort((a, b) => Number(b.delivered.length > 0) - Number(a.delivered.length > 0) || Date.parse(b.last.lostAt) - Date.parse(a.last.lostAt) || (a.account.id < b.account.id ? -1 : 1));
}

const boughtSince = ({ type, occurredAt }: JourneyEvent, at: string): boolean => (type === 'sale.won' || type === 'subscription.started') && Date.parse(occurredAt) > Date.parse(at);
