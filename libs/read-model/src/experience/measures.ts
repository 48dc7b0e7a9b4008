import { cesOf, csatOf, type Figure, type NetScores, npsOf, type ResponseFigures, responseOf, type TicketFigures, ticketFiguresOf, topBoxOf, xlaOf } from '#insight';
import { type WorkingCalendar, workingTimeBetween } from '#journey';
import type { Experience } from './load.js';

/** All figures of some answers, askings and tickets. */
export interface Measures {
  readonly answers: { readonly n: number; readonly people: number; readonly accounts: number };
  readonly nps: NetScores;
  readonly topBox: Figure;
  readonly csat: ReturnType<typeof csatOf>;
  readonly ces: ReturnType<typeof cesOf>;
  readonly xla: ReturnType<typeof xlaOf>;
  readonly response: ResponseFigures;
  /** Null where answers are told apart by what tickets do not have: roles, instruments and subjects. */
  readonly tickets: TicketFigures | null;
}

export interface MeasureOptions {
  readonly until: string;
  readonly work: WorkingCalendar;
  readonly withTickets: boolean;
}

/** Transactional and relational answers of one kind count together: `by=instrument` tells them apart. */
export function measuresOf({ answers, askings, tickets, customers }: Experience, { until, work, withTickets }: MeasureOptions): Measures {
  const working = (from: string, to: string) => (Date.parse(to) <= Date.parse(from) ? 0 : workingTimeBetween(from, to, work));
  return {
    answers: { n: answers.length, people: new Set(answers.map(({ customer, contact, survey }) => JSON.stringify([customer, contact ?? { survey }]))).size, accounts: new Set(answers.map(({ customer }) => customer)).size },
    nps: npsOf(answers.filter(({ kind }) => kind === 'nps'), (customer) => customers.get(customer)?.arr ?? null),
    topBox: topBoxOf(answers), csat: csatOf(answers), ces: cesOf(answers), xla: xlaOf(answers), response: responseOf(askings, until),
    tickets: withTickets ? ticketFiguresOf(tickets, until, working) : null,
  };
}

/** Figures are told to four decimals: rounded once, here. */
export function rounded<T>(value: T): T {
  if (typeof value === 'number') return (Math.round(value * 10_000) / 10_000 + 0) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => rounded(each)) as T;
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)])) as T : value;
}
