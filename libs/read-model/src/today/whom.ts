import type { Contact } from '#insight';
import type { JourneyEvent } from '#journey';
import { openTickets } from './open-things.js';

export interface Choice {
  readonly contact: Contact;
  /** Why this person, as words that can stand after their name: "asked to be called". */
  readonly because: string;
}

const DAY_MS = 86_400_000;
const RECENT_MS = 60 * DAY_MS;
/** A user's wish to be called goes before the people who decide about a large account for so long. */
const FRESH_MS = 14 * DAY_MS;

/**
 * Who asked for a call comes first; where support is the trouble whoever waits for a ticket; then who decides: the sponsor, a payer, a user.
 * Of several the one who was spoken with last. For a large account a plain user is called only who still waits: for an open ticket, or for a call asked for lately.
 * @param events effective, earliest first
 */
export function whomToCall(contacts: readonly Contact[], worstGroup: string | undefined, events: readonly JourneyEvent[], isLarge = false): Choice | undefined {
  const here = new Map(contacts.filter(({ leftOn }) => leftOn === null).map((contact) => [contact.id, contact]));
  const asked = here.get(whoAsked(events) ?? '');
  if (asked && (!isLarge || asked.sponsor || asked.role === 'payer' || asked.role === 'both' || stillWaits(asked.id, events))) return { contact: asked, because: 'asked to be called' };
  const waiting = worstGroup === 'support' ? here.get(whoWaits(events) ?? '') : undefined;
  if (waiting) return { contact: waiting, because: 'waits for an open ticket' };
  const spoken = new Map(events.flatMap(({ type, data }, place) => (type.startsWith('engagement.') && Array.isArray(data['with']) ? data['with'].map((id) => [id, place] as const) : [])));
  const all = [...here.values()].sort((a, b) => (spoken.get(b.id) ?? -1) - (spoken.get(a.id) ?? -1) || (a.refs[0] ?? 0) - (b.refs[0] ?? 0));
  const first = (is: (contact: Contact) => boolean, because: string): Choice[] => all.filter(is).slice(0, 1).map((contact) => ({ contact, because }));
  return [
    ...first(({ sponsor }) => sponsor, 'is the sponsor'), ...first(({ role }) => role === 'payer' || role === 'both', 'decides about the money'),
    ...first(({ role }) => role === 'user', 'is one of the users'), ...first(() => true, 'is a contact whose role is not known'),
  ][0];
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

/** Whether somebody has an open ticket, or asked for a call in the last two weeks. */
function stillWaits(person: string, events: readonly JourneyEvent[]): boolean {
  const open = openTickets(events);
  const latest = Date.parse(events.at(-1)!.occurredAt);
  return events.some(({ type, data, occurredAt }) => data['contact'] === person
    && ((type === 'ticket.opened' && open.has(String(data['ticket']))) || (data['wantsContact'] === true && latest - Date.parse(occurredAt) <= FRESH_MS)));
}

/** Whose ticket was the latest to be opened or reopened and is not done. */
function whoWaits(events: readonly JourneyEvent[]): string | undefined {
  const latest = [...openTickets(events)].at(-1);
  const opened = events.find(({ type, data }) => type === 'ticket.opened' && data['ticket'] === latest);
  return typeof opened?.data['contact'] === 'string' ? opened.data['contact'] : undefined;
}
