import type { EventRef } from '#journey';
import type { Money } from '../sheet/fact.js';
import { painsOf, type Pain } from '../experience/pain.js';
import { dateOfDay } from '../day.js';
import { plural } from '../words.js';
import type { Ahead } from './ahead.js';
import { isWithin, type ReportBook, worth } from './book.js';
import { calledOf } from './called.js';
import { marginParts } from './economics-in.js';
import { moneyWords } from './words.js';

/** A decision that the report asks for. */
export interface Ask {
  readonly what: string;
  readonly why: string;
  /** Null: nobody has said what it costs. */
  readonly cost: Money | null;
  readonly costSays: string;
  readonly arr: Money | null;
  /** Figures and tables of the report that it stands on. */
  readonly evidence: readonly string[];
  readonly customers: readonly string[];
  readonly events: readonly EventRef[];
}

/** How decisions are proposed: printed in the report. */
export const ASKS_RULE = 'First what people asked for (company.decision-recorded with the state asked). Then, by rule: to win over the five customers with most at risk among renewals of the two quarters ahead, but for who has left since and renewals whose day is past; to end what hurts most (of each mention its severity times what that customer pays a year, summed over the quarter); '
  + 'to price anew or part with the five customers who lost most, of those who cost more than they brought in the quarter and have not left. Who is in both is named. What serving these customers cost in the quarter stands for the cost where nobody has named one.';

const COST = 'not measured; needs company.decision-recorded with a cost, or cost.service-cost-recorded';
const FEW = 5;
const EVENTS = 25;

/** What hurt in the quarter reported. */
export function painsIn(book: ReportBook): (Pain & { readonly events: readonly EventRef[] })[] {
  const [span] = book.spans;
  const mentions = book.accounts.flatMap(({ mentions: own }) => own.filter(({ at }) => isWithin(span!, at)));
  const arr = new Map(book.accounts.map(({ customer, arr: own }) => [customer, worth(book, own)]));
  const arrOf = (customer: string) => (book.currency === null ? null : { amount: arr.get(customer) ?? 0, currency: book.currency });
  const could = book.accounts.filter(({ status, customer }) => status === 'active' || mentions.some((mention) => mention.customer === customer)).length;
  return painsOf(mentions, { from: span!.begins, until: span!.until, customers: could, arrOf }).map((pain) => ({ ...pain, events: mentions.filter(({ theme }) => theme === pain.theme).flatMap(({ events }) => events) }));
}

export function asksOf(book: ReportBook, ahead: Ahead): Ask[] {
  const asked = book.company.decisions.filter(({ state }) => state === 'asked').map((decision): Ask => ({
    what: decision.what, why: decision.reason ?? `asked for by ${decision.by}`, cost: decision.cost, costSays: decision.cost ? moneyWords(decision.cost.amount, decision.cost.currency) : 'not measured; needs company.decision-recorded with a cost', arr: decision.arr,
    evidence: decision.evidence.map(({ figure, report, event }) => figure ?? report ?? `${event!.source}/${event!.id}`), customers: [], events: [decision.event],
  }));
  const toWin = winOver(book, ahead);
  return [...asked, ...[toWin, endPain(book), priceAnew(book, toWin?.customers ?? [])].flatMap((ask) => ask ?? [])];
}

/** What serving these customers cost in the quarter. */
function costOf(book: ReportBook, customers: readonly string[]): Pick<Ask, 'cost' | 'costSays'> {
  const [{ from, to }] = book.spans as [ReportBook['spans'][number]];
  const lines = book.accounts.filter(({ customer }) => customers.includes(customer)).flatMap(({ economics }) => economics.ledger.lines.filter(({ kind, day, currency }) => kind === 'service' && day >= from && day <= to && currency === book.currency));
  if (lines.length === 0 || book.currency === null) return { cost: null, costSays: COST };
  const amount = 0 - lines.reduce((total, line) => total + line.amount, 0);
  return { cost: { amount, currency: book.currency }, costSays: `${moneyWords(amount, book.currency)} to serve them in the quarter` };
}

const arrOf = (book: ReportBook, amount: number): Money | null => (book.currency === null ? null : { amount, currency: book.currency });

function winOver(book: ReportBook, { customers: all }: Ahead): Ask | null {
  const due = all.flatMap(({ open, ...one }) => (open && open.atRisk > 0 ? [{ ...one, ...open }] : [])).sort((a, b) => b.atRisk - a.atRisk).slice(0, FEW);
  if (due.length === 0) return null;
  const [amount, atRisk] = [due.reduce((sum, one) => sum + one.amount, 0), due.reduce((sum, one) => sum + one.atRisk, 0)];
  return {
    what: `Win over ${due.map(({ name, customer }) => name ?? customer).join(', ')} before they renew, the first on ${dateOfDay(Math.min(...due.map(({ firstOn }) => firstOn)))}`,
    why: `of ${moneyWords(amount, book.currency)} a year that they renew, ${moneyWords(atRisk, book.currency)} is at risk`, ...costOf(book, due.map(({ customer }) => customer)), arr: arrOf(book, amount),
    evidence: ['renewals ahead'], customers: due.map(({ customer }) => customer), events: due.flatMap(({ events }) => events.map(({ source, id }) => ({ source, id }))).slice(0, EVENTS),
  };
}

function endPain(book: ReportBook): Ask | null {
  const [worst] = painsIn(book);
  if (!worst) return null;
  const customers = book.accounts.filter(({ mentions }) => mentions.some(({ theme, at }) => theme === worst.theme && isWithin(book.spans[0]!, at))).map(({ customer }) => customer);
  const amount = worst.arr.reduce((sum, money) => sum + (book.convert(money) ?? 0), 0);
  return {
    what: `End what hurts most: ${worst.theme}`, why: `${plural(worst.mentions, 'mention')} by ${plural(customers.length, 'customer')} in the quarter, ${worst.trend.says}`, ...costOf(book, customers), arr: arrOf(book, amount),
    evidence: ['pains'], customers, events: worst.events.slice(0, EVENTS),
  };
}

/** By the figure of contribution: who is not in it loses nothing. */
function priceAnew(book: ReportBook, toWin: readonly string[]): Ask | null {
  const accounts = new Map(book.accounts.map((account) => [account.customer, account]));
  const all = marginParts(book, 0).flatMap(({ customer, part, of, events }) => {
    const account = accounts.get(customer!)!;
    return part < 0 && account.status === 'active' && account.leftSince === null ? [{ account, lost: 0 - part, income: of, events }] : [];
  }).sort((a, b) => b.lost - a.lost);
  const losing = all.slice(0, FEW);
  if (losing.length === 0 || book.currency === null) return null;
  const lostBy = (some: typeof all) => some.reduce((sum, { lost }) => sum + lost, 0);
  const named = (some: typeof all) => some.map(({ account }) => calledOf(account)).join(', ');
  const rest = all.slice(FEW);
  const [unpaid, both] = [losing.filter(({ income }) => income <= 0), losing.filter(({ account }) => toWin.includes(account.customer))];
  const words = (amount: number) => moneyWords(amount, book.currency);
  return {
    what: `Price anew, or part with, ${losing.map(({ account, lost }) => `${calledOf(account)} (lost ${words(lost)})`).join(', ')}`,
    why: [
      'serving them cost more than they brought in the quarter', ...(rest.length > 0 ? [`${rest.length} more lost ${words(lostBy(rest))}`] : []),
      ...(unpaid.length > 0 ? [`${named(unpaid)} brought nothing`] : []), ...(both.length > 0 ? [`${named(both)} ${both.length === 1 ? 'is' : 'are'} also to be won over: agree on a price before the renewal`] : []),
    ].join('; '),
    cost: { amount: lostBy(losing), currency: book.currency }, costSays: `${words(lostBy(losing))} lost on them in the quarter`, arr: arrOf(book, losing.reduce((sum, { account }) => sum + worth(book, account.arr), 0)),
    evidence: ['contribution'], customers: losing.map(({ account }) => account.customer), events: losing.flatMap(({ events }) => events).slice(0, EVENTS),
  };
}
