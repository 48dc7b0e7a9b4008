import { type Figure, proportion, sum } from './figure.js';
import type { Ticket } from './ticket.js';
import { type Wait, type WaitFigures, waitsOf } from './waiting.js';

/** Minutes from one instant to another, by whatever clock. */
export type Minutes = (from: string, to: string) => number;

export const wallMinutes: Minutes = (from, to) => (Date.parse(to) - Date.parse(from)) / 60_000;

export interface TicketFigures {
  readonly tickets: number;
  readonly open: number;
  /** Nobody told when they were opened: they are in no time. */
  readonly withoutOpening: number;
  /** Time to resolve without pauses and without the time in which they were thought solved; to the last resolution. */
  readonly resolve: Clocks;
  readonly firstResponse: Clocks;
  /** Of tickets that were ever resolved. */
  readonly reopened: Figure;
  readonly escalated: Figure;
  /** Of all tickets, those of which no missed target was told: where nobody tells, that is all of them. */
  readonly slaKept: Figure;
}

export interface Clocks { readonly wall: WaitFigures; readonly working: WaitFigures }

export const slaKept = ({ missed }: Ticket): boolean => missed.length === 0;

/** What is said of tickets at a moment; what is open then has lasted until then. `working`: minutes of working time. */
export function ticketFiguresOf(tickets: readonly Ticket[], until: string, working: Minutes): TicketFigures {
  const timed = tickets.filter(({ opened }) => opened !== null);
  const resolved = tickets.filter(({ everResolved }) => everResolved);
  const clocks = (waitOf: (ticket: Ticket, minutes: Minutes) => Wait): Clocks => {
    const by = (minutes: Minutes) => waitsOf(timed.map((ticket) => waitOf(ticket, minutes)));
    return { wall: by(wallMinutes), working: by(working) };
  };
  return {
    tickets: tickets.length, open: tickets.filter((ticket) => ticket.resolved === null).length, withoutOpening: tickets.length - timed.length,
    resolve: clocks((ticket, minutes) => ({ minutes: sum(ticket.running.map(([from, to]) => minutes(from, to ?? until))), over: ticket.resolved !== null })),
    firstResponse: clocks(({ opened, responded }, minutes) => ({ minutes: Math.max(0, minutes(opened!, responded ?? until)), over: responded !== null })),
    reopened: proportion(resolved.filter(({ reopened }) => reopened > 0).length, resolved.length),
    escalated: proportion(tickets.filter(({ escalated }) => escalated > 0).length, tickets.length),
    slaKept: proportion(tickets.filter(slaKept).length, tickets.length),
  };
}
