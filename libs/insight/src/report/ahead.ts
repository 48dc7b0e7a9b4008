import { dateOfDay } from '../day.js';
import { revenueFigures } from '../revenue/portfolio.js';
import type { ReportAccount } from './account.js';
import { type ReportBook, worth } from './book.js';
import type { Due } from './forecast-of.js';
import { quarterAfter } from './quarter.js';
import { type Chanced, sumOfChances, type SumOfChances } from './sum-of-chances.js';

/** Renewals of one customer in the time ahead, in minor units of the reporting currency a year. */
export interface DueCustomer extends DueSum, Pick<ReportAccount, 'customer' | 'name' | 'leftSince'> {
  /** What of it can still be won, by what is known: of who has not left, renewals whose day has not come. */
  readonly open: DueSum | null;
  readonly events: ReportAccount['revenueFacts'];
}

interface DueSum { readonly firstOn: number; readonly amount: number; readonly atRisk: number }

export interface Ahead extends SumOfChances {
  readonly to: string;
  readonly amount: number;
  readonly atRisk: number;
  /** By the month in which they are due. */
  readonly months: readonly { readonly month: string; readonly n: number; readonly amount: number; readonly expected: number }[];
  /** Most at risk first. */
  readonly customers: readonly DueCustomer[];
  /** Expected over two quarters; null where nobody pays, or of nobody anything is foretold. `low` and `high`: 80 %, of who leaves alone. */
  readonly grr: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly nrr: number | null;
  /** Customers who pay, and of how many of these the model says something. */
  readonly paying: number;
  readonly foretold: number;
}

export interface PastAhead extends SumOfChances {
  /** The quarter at whose end it was made, and the last day that it looked to. */
  readonly quarter: string;
  readonly to: string;
  readonly n: number;
  readonly amount: number;
  /** What of the amount was still paid at the end. */
  readonly kept: number;
  readonly within: boolean;
}

export const SHARE = 0.8;

/** A customer's renewals with the same chance stay or go together: they are not independent of each other. */
const chancedOf = (book: ReportBook, due: readonly Due[]): Chanced[] => {
  const sums = new Map<number, number>();
  for (const { stays, arr } of due) sums.set(stays, (sums.get(stays) ?? 0) + worth(book, [arr]));
  return [...sums].map(([stays, amount]) => ({ stays, amount }));
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const ofDue = (book: ReportBook, due: readonly Due[]): number => worth(book, due.map(({ arr }) => arr));
function dueSum(book: ReportBook, due: readonly Due[]): DueSum {
  const amount = ofDue(book, due);
  return { firstOn: Math.min(...due.map(({ day }) => day)), amount, atRisk: Math.round(amount - sum(chancedOf(book, due).map((one) => one.amount * one.stays))) };
}
const whole = ({ expected, low, high }: SumOfChances): SumOfChances => ({ expected: Math.round(expected), low: Math.round(low), high: Math.round(high) });

export function aheadOf(book: ReportBook): Ahead {
  const { accounts, window } = book;
  const all = accounts.flatMap((account) => account.forecast.due.map((due) => ({ account, due })));
  const months = [...new Set(all.map(({ due }) => dateOfDay(due.day).slice(0, 7)))].sort().map((month) => {
    const own = all.filter(({ due }) => dateOfDay(due.day).startsWith(month)).map(({ due }) => due);
    return { month, n: own.length, amount: ofDue(book, own), expected: Math.round(sum(chancedOf(book, own).map(({ amount, stays }) => amount * stays))) };
  });
  const today = window.calendar.dayOf(window.knownAt > window.asOf ? window.knownAt : window.asOf);
  const customers = accounts.filter(({ forecast }) => forecast.due.length > 0).map(({ customer, name, leftSince, forecast: { due }, revenueFacts }): DueCustomer => {
    const open = leftSince ? [] : due.filter(({ day }) => day > today);
    return { customer, name, leftSince, ...dueSum(book, due), open: open.length === 0 ? null : dueSum(book, open), events: revenueFacts };
  }).sort((a, b) => b.atRisk - a.atRisk || (a.customer < b.customer ? -1 : 1));
  const amount = sum(customers.map((one) => one.amount));
  const spread = whole(sumOfChances(accounts.flatMap(({ forecast }) => chancedOf(book, forecast.due)), SHARE));
  return { to: dateOfDay(window.aheadTo), amount, ...spread, atRisk: amount - spread.expected, months, customers, ...retentionAhead(book) };
}

/** What stays by the chance to leave within 180 days; contraction and expansion as in the mean quarter of the last four, for two quarters. */
function retentionAhead(book: ReportBook): Pick<Ahead, 'grr' | 'nrr' | 'paying' | 'foretold'> {
  // The same customers and amounts as in the figure of ARR, whatever the risk model counts as running.
  const paying = book.accounts.map(({ forecast: { leaves } }, place) => ({ amount: book.ledgers[0]![place]!.end.amount, leaves })).filter(({ amount }) => amount > 0);
  const foretold = paying.flatMap(({ amount, leaves }) => (leaves === null ? [] : [{ amount, stays: 1 - leaves }]));
  const total = sum(foretold.map(({ amount }) => amount));
  if (total === 0) return { grr: null, nrr: null, paying: paying.length, foretold: 0 };
  const { expected, low, high } = sumOfChances(foretold, SHARE);
  const quarters = book.ledgers.slice(0, 4).map((ledgers) => revenueFigures(ledgers, book.policy).waterfall).filter(({ start }) => start > 0);
  const rate = (kind: 'contraction' | 'expansion') => (quarters.length === 0 ? 0 : (2 * sum(quarters.map((one) => one[kind] / one.start))) / quarters.length);
  const grr = (stays: number) => Math.round(1e6 * Math.max(0, stays / total - rate('contraction'))) / 1e6;
  return { grr: { value: grr(expected), low: grr(low), high: grr(high) }, nrr: Math.round(1e6 * (grr(expected) + rate('expansion'))) / 1e6, paying: paying.length, foretold: foretold.length };
}

/** The last four forecasts whose time is up, newest first: as known when they were made, by the model that answered then, beside what came. */
export function pastAhead(book: ReportBook): PastAhead[] {
  return book.window.models.map((_, place): PastAhead => {
    const own = book.accounts.flatMap(({ past }) => past[place] ?? []);
    const spread = whole(sumOfChances(own.flatMap(({ due }) => chancedOf(book, due)), SHARE));
    const kept = sum(own.map((one) => worth(book, one.kept)));
    return {
      quarter: quarterAfter(book.quarter, -(place + 2)).name, to: dateOfDay(book.window.closes[place]!.day), n: own.filter(({ due }) => due.length > 0).length, amount: sum(own.map(({ due }) => ofDue(book, due))), ...spread,
      kept, within: kept >= spread.low && kept <= spread.high,
    };
  });
}
