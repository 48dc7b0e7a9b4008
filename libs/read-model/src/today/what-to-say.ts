import { dateOfDay, dateWords, dayOfDate } from '#insight';
import type { JourneyEvent } from '#journey';
import type { Calendar } from '../tenant.js';
import { openIn, openTickets } from './open-things.js';
import type { LastWords, TodayItem } from './today-answer.js';

const MOST = 3;
const LONGEST = 90;

/** Still with the contact's id in place of their name. */
type Words = Omit<LastWords, 'by'> & { readonly contact: string | null };

/** What we owe, what they said last, what was mended since. Events are effective, with personal fields opened, earliest first. */
export function whatToSay(events: readonly JourneyEvent[], { today, dayOf }: Calendar): Omit<TodayItem['say'], 'lastWords'> & { readonly lastWords: Words | null } {
  const said = events.findLast((event) => wordsIn(event) !== null);
  const talked = events.findLast(({ type, data }) => type.startsWith('engagement.') && data['twoWay'] === true);
  // Whoever spoke last, they or we: what was mended after the earlier of the two is news to one side.
  const since = Math.max(today.day - LONGEST, Math.min(...[said, talked].flatMap((event) => (event ? [dayOf(event.occurredAt)] : [])), today.day));
  return {
    openPromises: openPromises(events, today),
    lastWords: said ? { text: wordsIn(said)!, on: dateOfDay(dayOf(said.occurredAt)), about: aboutOf(said, events), contact: (said.data['contact'] as string | undefined) ?? null } : null,
    fixedSince: fixedSince(events.filter(({ occurredAt }) => dayOf(occurredAt) >= since), events, ({ occurredAt }) => dateWords(dayOf(occurredAt), today.day)),
  };
}

function wordsIn({ type, data }: JourneyEvent): string | null {
  const text = type.startsWith('survey.respon') ? data['verbatim'] : type === 'ticket.replied' && data['by'] === 'customer' ? data['text'] : null;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

/** Where the words were said: "in an answer of 2 out of 10", "on the ticket “Nothing prints”". */
function aboutOf({ type, data }: JourneyEvent, events: readonly JourneyEvent[]): string {
  if (type === 'ticket.replied') return `on ${subjectOf(events, data['ticket']) ? `the ticket ${subjectOf(events, data['ticket'])}` : 'a ticket'}`;
  const { max } = (data['instrument'] ?? {}) as { max?: number };
  return typeof data['score'] === 'number' && max !== undefined ? `in an answer of ${data['score']} out of ${max}` : 'in an answer';
}

function openPromises(events: readonly JourneyEvent[], today: Calendar['today']): string[] {
  const open = openIn(events, 'promise', ['made'], ['kept', 'broken']);
  const latest = new Map(events.filter(({ type }) => type === 'promise.made').map(({ data }) => [String(data['promise']), data]));
  return [...open].map((id) => latest.get(id)!).map(({ what, dueOn }) => {
    const due = typeof dueOn === 'string' ? ` (${dueOn < today.date ? 'was due' : 'due'} ${dateWords(dayOfDate(dueOn.slice(0, 10)), today.day)})` : '';
    return `${typeof what === 'string' ? what.trim().replace(/\.$/, '') : 'A promise whose words are gone'}${due}`;
  });
}

function fixedSince(recent: readonly JourneyEvent[], all: readonly JourneyEvent[], dateOf: (event: JourneyEvent) => string): string[] {
  const tickets = openTickets(all);
  const outages = openIn(all, 'outage', ['customer-affected'], ['resolved']);
  const promises = new Map(all.filter(({ type }) => type === 'promise.made').map(({ data }) => [data['promise'], data['what']]));
  const fixed = new Map<string, string>();
  for (const event of recent) {
    const { type, data } = event;
    if (type === 'ticket.resolved' && !tickets.has(String(data['ticket']))) fixed.set(`ticket ${String(data['ticket'])}`, `${subjectOf(all, data['ticket']) ?? 'A ticket'} was resolved on ${dateOf(event)}.`);
    if (type === 'outage.resolved' && !outages.has(String(data['outage']))) fixed.set(`outage ${String(data['outage'])}`, `The outage was over on ${dateOf(event)}.`);
    if (type === 'promise.kept') fixed.set(`promise ${String(data['promise'])}`, `The promise ${spaced(quoted(promises.get(data['promise'])))}was kept on ${dateOf(event)}.`);
  }
  return [...fixed.values()].slice(-MOST);
}

function subjectOf(events: readonly JourneyEvent[], ticket: unknown): string | null {
  return quoted(events.find(({ type, data }) => type === 'ticket.opened' && data['ticket'] === ticket)?.data['subject']);
}

const spaced = (text: string | null): string => (text === null ? '' : `${text} `);
const quoted = (text: unknown): string | null => (typeof text === 'string' ? `“${text.trim()}”` : null);
