import { type Contact, dateOfDay } from '#insight';
import type { JourneyEvent } from '#journey';
import type { Calendar } from '../tenant.js';
import type { TodayItem } from './today-answer.js';

/** The sponsor when money or the relationship is the trouble, else a user; whoever is left when there is no such contact. */
export function whomToCall(contacts: readonly Contact[], worstGroups: readonly string[]): Contact | undefined {
  const here = contacts.filter(({ leftOn }) => leftOn === null);
  const users = here.filter(({ role }) => role === 'user' || role === 'both');
  const payers = here.filter(({ role }) => role === 'payer' || role === 'both');
  const sponsors = here.filter(({ sponsor }) => sponsor);
  const order = worstGroups[0] === 'support' || worstGroups[0] === 'adoption' ? [users, sponsors, payers] : [sponsors, payers, users];
  return [...order.flat(), ...here][0];
}

/** What to say and what not to do, from effective events with personal fields opened, earliest first. */
export function conversationOf(events: readonly JourneyEvent[], { today, dayOf }: Calendar): Pick<TodayItem, 'say' | 'doNot'> {
  const words = events.findLast((event) => wordsIn(event) !== null);
  const tickets = openTickets(events);
  const fixed = events.filter(({ type, occurredAt }) => type === 'ticket.resolved' && words !== undefined && occurredAt > words.occurredAt)
    .filter(({ data }) => !tickets.has(String(data['ticket'])));
  const doNot = [
    ...(tickets.size > 0 ? [`Do not send a survey: ${tickets.size === 1 ? 'a ticket is' : `${tickets.size} tickets are`} still open.`] : []),
    ...(overdue(events) ? ['Do not offer more before the overdue invoice is spoken about.'] : []),
    ...(isOpen(events, 'subscription', ['cancellation-requested'], ['cancellation-withdrawn', 'ended', 'renewed']) ? ['Do not talk of the renewal as if it were certain: a cancellation was asked for.'] : []),
    ...(tickets.size === 0 && words && dayOf(words.occurredAt) > today.day - 30 ? ['Do not ask for another rating: they answered within the last 30 days.'] : []),
  ];
  return {
    say: {
      openPromises: openPromises(events),
      lastWords: words ? { text: wordsIn(words)!, on: dateOfDay(dayOf(words.occurredAt)) } : null,
      fixedSince: fixed.slice(-3).map(({ data, occurredAt }) => (
        `${subjectOf(events, data['ticket']) ?? 'A ticket'} was resolved on ${dateOfDay(dayOf(occurredAt))}.`)),
    },
    doNot,
  };
}

function wordsIn({ type, data }: JourneyEvent): string | null {
  const text = type.startsWith('survey.respon') ? data['verbatim'] : type === 'ticket.replied' && data['by'] === 'customer' ? data['text'] : null;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

function openPromises(events: readonly JourneyEvent[]): string[] {
  const settled = new Set(events.filter(({ type }) => type === 'promise.kept' || type === 'promise.broken').map(({ data }) => data['promise']));
  return events.filter(({ type, data }) => type === 'promise.made' && !settled.has(data['promise'])).map(({ data }) => (
    `${typeof data['what'] === 'string' ? data['what'] : 'A promise'}${data['dueOn'] ? ` (due ${String(data['dueOn'])})` : ''}`));
}

/** Tickets whose last change is not a resolution or a closing. */
function openTickets(events: readonly JourneyEvent[]): Set<string> {
  const open = new Set<string>();
  for (const { type, data } of events) {
    if (type === 'ticket.opened' || type === 'ticket.reopened') open.add(String(data['ticket']));
    if (type === 'ticket.resolved' || type === 'ticket.closed') open.delete(String(data['ticket']));
  }
  return open;
}

function subjectOf(events: readonly JourneyEvent[], ticket: unknown): string | null {
  const opened = events.find(({ type, data }) => type === 'ticket.opened' && data['ticket'] === ticket);
  const subject = opened?.data['subject'];
  return typeof subject === 'string' ? `"${subject}"` : null;
}

function overdue(events: readonly JourneyEvent[]): boolean {
  return isOpen(events, 'invoice', ['overdue'], ['paid', 'credited']);
}

/** True when for some entity of the family an opening fact has no closing one after it. */
function isOpen(events: readonly JourneyEvent[], family: string, opening: readonly string[], closing: readonly string[]): boolean {
  const open = new Set<unknown>();
  for (const { type, data } of events) {
    const [of, what = ''] = type.split('.');
    if (of === family && opening.includes(what)) open.add(data[family]);
    if (data[family] !== undefined && closing.includes(what)) open.delete(data[family]);
  }
  return open.size > 0;
}
