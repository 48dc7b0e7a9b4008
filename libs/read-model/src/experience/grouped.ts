import { groupBy } from '../group-by.js';
import type { CountedTicket, Experience, HeardAnswer, SentAsking } from './load.js';

/** By what figures are told apart. */
export const EXPERIENCE_GROUPS = ['queue', 'category', 'priority', 'segment', 'agent', 'role', 'instrument', 'subject'] as const;
export type ExperienceGroup = (typeof EXPERIENCE_GROUPS)[number];

const OF_TICKETS: readonly string[] = ['queue', 'category', 'priority', 'agent'];
export const hasTickets = (by: ExperienceGroup): boolean => by === 'segment' || OF_TICKETS.includes(by);

type Item = { readonly customer: string };

/** The part of each group; null: those of which it is not known. Answers and askings belong to the group of their ticket, and to none where they have no ticket. */
export function grouped({ answers, askings, tickets, customers }: Experience, by: ExperienceGroup): Map<string | null, Experience> {
  const segmentOf = ({ customer }: Item) => customers.get(customer)?.segment ?? null;
  const ofTicket = (ticket: CountedTicket | null) => (ticket === null ? undefined : ticket[by as 'queue']);
  const answerKey = (answer: HeardAnswer) => (by === 'subject' ? answer.subject : by === 'segment' ? segmentOf(answer) : by === 'role' ? answer.role : by === 'instrument' ? answer.instrument : ofTicket(answer.about));
  // What was not answered has not said what it was about: response is not told apart by it.
  const askingKey = (asking: SentAsking) => (by === 'subject' ? undefined : by === 'segment' ? asking.segment : by === 'role' ? asking.role : by === 'instrument' ? asking.instrument : ofTicket(asking.about));
  const ticketKey = (ticket: CountedTicket) => (by === 'segment' ? segmentOf(ticket) : hasTickets(by) ? ofTicket(ticket) : undefined);
  const [ofAnswers, ofAskings, ofTickets] = [groupBy(answers, answerKey), groupBy(askings, askingKey), groupBy(tickets, ticketKey)];
  const keys = new Set([...ofAnswers.keys(), ...ofAskings.keys(), ...ofTickets.keys()].filter((key) => key !== undefined));
  return new Map([...keys].map((key) => [key, { customers, answers: ofAnswers.get(key) ?? [], askings: ofAskings.get(key) ?? [], tickets: ofTickets.get(key) ?? [] }]));
}
