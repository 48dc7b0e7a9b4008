import { type Figure, groupsOf, meanOf, proportion, sum, within } from './figure.js';
import { mainCurrency, type Money } from './nps.js';

/** Somebody said, or a ticket shows, that something hurts. */
export interface Mention {
  readonly theme: string;
  readonly customer: string;
  /** RFC 3339. */
  readonly at: string;
  /** 0 does not matter, 1 the worst. */
  readonly severity: number;
  /** The survey or the ticket. */
  readonly of: { readonly kind: 'survey' | 'ticket'; readonly id: string };
}

export interface Pain {
  readonly theme: string;
  readonly mentions: number;
  /** Customers that mention it, of all that could. */
  readonly customers: Figure;
  readonly severity: Figure;
  /** What those customers pay a year, by currency. */
  readonly arr: readonly Money[];
  /** Frequency x severity x recurring amount: over all mentions, the severity times what that customer pays a year; in minor units of the main currency. A weight to rank by: an amount counts once a mention. Null where nobody pays anything. */
  readonly pain: Money | null;
  /** Mentions in the first and in the second half of the time; `lately`: the share of the second. It grows where that is more than half beyond chance. */
  readonly trend: { readonly before: number; readonly after: number; readonly lately: Figure; readonly says: 'growing' | 'fading' | 'steady' };
  readonly firstAt: string;
  readonly ageDays: number;
  readonly of: readonly Mention['of'][];
}

interface PainOptions {
  readonly from: string;
  readonly until: string;
  /** How many customers could have said something, among them all who did. */
  readonly customers: number;
  readonly arrOf: (customer: string) => Money | null;
}

/** What hurts, the worst first. */
export function painsOf(mentions: readonly Mention[], { from, until, customers, arrOf }: PainOptions): Pain[] {
  const middle = (Date.parse(from) + Date.parse(until)) / 2;
  const currency = mainCurrency([...new Set(mentions.map(({ customer }) => customer))].flatMap((customer) => arrOf(customer) ?? []));
  return [...groupsOf(mentions, ({ theme }) => theme)].map(([theme, own]): Pain => {
    const who = [...new Set(own.map(({ customer }) => customer))];
    const after = own.filter(({ at }) => Date.parse(at) >= middle).length;
    const lately = proportion(after, own.length);
    const firstAt = own.reduce((first, { at }) => (Date.parse(at) < Date.parse(first) ? at : first), own[0]!.at);
    const worth = (customer: string) => (arrOf(customer)?.currency === currency ? arrOf(customer)?.amount ?? 0 : 0);
    return {
      theme, mentions: own.length, customers: proportion(who.length, customers), severity: within(meanOf(own.map(({ severity }) => severity)), 0, 1), arr: sumsOf(who.flatMap((customer) => arrOf(customer) ?? [])),
      pain: currency === null ? null : { amount: Math.round(sum(own.map(({ severity, customer }) => severity * worth(customer)))), currency },
      trend: { before: own.length - after, after, lately, says: lately.low! > 0.5 ? 'growing' : lately.high! < 0.5 ? 'fading' : 'steady' },
      firstAt, ageDays: Math.floor((Date.parse(until) - Date.parse(firstAt)) / 86_400_000), of: own.map(({ of }) => of),
    };
  }).sort((a, b) => (b.pain?.amount ?? 0) - (a.pain?.amount ?? 0) || b.mentions - a.mentions || (a.theme < b.theme ? -1 : 1));
}

function sumsOf(amounts: readonly Money[]): Money[] {
  return [...groupsOf(amounts, ({ currency }) => currency)].map(([currency, each]) => ({ currency, amount: sum(each.map(({ amount }) => amount)) })).sort((a, b) => b.amount - a.amount);
}

const PRIORITY: Readonly<Record<string, number>> = { low: 0.25, normal: 0.5, high: 0.75, urgent: 1 };

/** Of a ticket: by its priority; the worst where it came back or was escalated. */
export const severityOfTicket = ({ priority, reopened, escalated }: { readonly priority: string | null; readonly reopened: number; readonly escalated: number }): number =>
  (reopened > 0 || escalated > 0 ? 1 : PRIORITY[priority ?? 'normal'] ?? 0.5);
