import type { Contact } from '#insight';
import type { JourneyEvent } from '#journey';
import { openTickets } from './open-things.js';

export interface Choice {
  readonly contact: Contact;
  /** Why this person, as words that can stand after their name: "asked to be called". */
  readonly because: string;
}

const RECENT_MS = 60 * 86_400_000;

/**
 * Who asked for a call comes first; then who suffers where support or use is the trouble, else who decides: the sponsor, then a payer.
 * @param events effective, earliest first
 */
export function whomToCall(contacts: readonly Contact[], worstGroup: string | undefined, events: readonly JourneyEvent[]): Choice | undefined {
  const here = new Map(contacts.filter(({ leftOn }) => leftOn === null).map((contact) => [contact.id, contact]));
  const asked = here.get(whoAsked(events) ?? '');
  if (asked) return { contact: asked, because: 'asked to be called' };
  const suffering = worstGroup === 'support' ? here.get(whoWaits(events) ?? '') : undefined;
  if (suffering) return { contact: suffering, because: 'waits for an open ticket' };
  const all = [...here.values()];
  const sponsor = all.find((contact) => contact.sponsor);
  const payer = all.find(({ role }) => role === 'payer' || role === 'both');
  const user = all.find(({ role }) => role === 'user' || role === 'both');
  const choices = [sponsor && { contact: sponsor, because: 'is the sponsor' }, payer && { contact: payer, because: 'decides about the money' }];
  const users = user && { contact: user, because: 'uses it every day' };
  const order = worstGroup === 'support' || worstGroup === 'adoption' ? [users, ...choices] : [...choices, users];
  return order.find((choice) => choice !== undefined) ?? (all[0] && { contact: all[0], because: 'is the only contact that is known' });
}

/** Whoever wanted contact in an answer of the last 60 days, and has not been spoken with since. */
function whoAsked(events: readonly JourneyEvent[]): string | undefined {
  const answer = events.findLast(({ type, data }) => type.startsWith('survey.respon') && data['wantsContact'] === true && typeof data['contact'] === 'string');
  const latest = events.at(-1);
  if (!answer || Date.parse(latest!.occurredAt) - Date.parse(answer.occurredAt) > RECENT_MS) return undefined;
  const person = answer.data['contact'] as string;
  const spoken = events.some(({ type, data, occurredAt }) => type.startsWith('engagement.') && data['twoWay'] === true && occurredAt > answer.occurredAt
    && Array.isArray(data['with']) && data['with'].includes(person));
  return spoken ? undefined : person;
}

/** Whose ticket was the latest to be opened or reopened and is not done. */
function whoWaits(events: readonly JourneyEvent[]): string | undefined {
  const latest = [...openTickets(events)].at(-1);
  const opened = events.find(({ type, data }) => type === 'ticket.opened' && data['ticket'] === latest);
  return typeof opened?.data['contact'] === 'string' ? opened.data['contact'] : undefined;
}
