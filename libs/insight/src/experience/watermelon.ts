import { type Figure, groupsOf, proportion } from './figure.js';

/** A ticket that somebody answered about. */
export interface JudgedTicket {
  readonly ticket: string;
  readonly customer: string;
  readonly queue: string | null;
  readonly slaKept: boolean;
  /** The newest answer about it is below the bar of its instrument. */
  readonly miss: boolean;
}

/** Green outside, red inside: the promise was kept and the customer was not content. */
export interface Watermelon {
  readonly tickets: number;
  readonly slaKept: Figure;
  /** Of the tickets whose targets were met, those answered below the bar. */
  readonly redInside: Figure;
  /** The same of tickets that missed a target, to hold it against. */
  readonly redOtherwise: Figure;
}

export interface WatermelonOf extends Watermelon { readonly key: string | null; readonly red: readonly string[] }

export function watermelonOf(tickets: readonly JudgedTicket[]): Watermelon {
  const [kept, missed] = [tickets.filter(({ slaKept }) => slaKept), tickets.filter(({ slaKept }) => !slaKept)];
  const red = (of: readonly JudgedTicket[]) => proportion(of.filter(({ miss }) => miss).length, of.length);
  return { tickets: tickets.length, slaKept: proportion(kept.length, tickets.length), redInside: red(kept), redOtherwise: red(missed) };
}

/** By queue or account, those with most red ones first; `red`: which tickets these are. */
export function watermelonsBy(tickets: readonly JudgedTicket[], keyOf: (ticket: JudgedTicket) => string | null): WatermelonOf[] {
  return [...groupsOf(tickets, keyOf)]
    .map(([key, own]) => ({ key, ...watermelonOf(own), red: own.filter(({ slaKept, miss }) => slaKept && miss).map(({ ticket }) => ticket) }))
    .sort((a, b) => b.red.length - a.red.length || b.tickets - a.tickets || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}
