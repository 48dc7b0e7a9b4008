import type { Program } from './programs.js';
import type { AskingState, Person } from './state.js';

const wanted: Readonly<Record<Exclude<Program['whom'], 'ticket-contact'>, (person: Person) => boolean>> = {
  payers: ({ role }) => role === 'payer' || role === 'both',
  users: ({ role }) => role === 'user' || role === 'both',
  sponsors: ({ sponsor }) => sponsor,
  everybody: () => true,
};

/** Whether a program is for this customer. */
export const isFor = ({ segments = [] }: Program, { segment }: AskingState): boolean => segments.length === 0 || (segment !== null && segments.includes(segment));

/** Whom a program wants to ask; null stands for the unknown person behind a ticket. Who has left is wanted only for a ticket of their own. */
export function whomToAsk({ whom }: Program, state: AskingState, ticket?: string): readonly (string | null)[] {
  if (whom === 'ticket-contact') return [state.tickets.get(ticket ?? '')?.opener ?? null];
  return [...state.people].filter(([, person]) => person.added && !person.left && wanted[whom](person)).map(([contact]) => contact).sort();
}
