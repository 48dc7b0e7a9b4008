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
  const said = wordsThatCarry(events, ({ occurredAt }) => today.day - dayOf(occurredAt));
  const talked = events.findLast(({ type, data }) => type.startsWith('engagement.') && data['twoWay'] === true);
  // Whoever spoke last, they or we: what was mended after the earlier of the two is news to one side.
  const since = Math.max(today.day - LONGEST, Math.min(...[said, talked].flatMap((event) => (event ? [dayOf(event.occurredAt)] : [])), today.day));
  return {
    openPromises: openPromises(events, today),
    lastWords: said ? { text: wordsIn(said)!.trim(), on: dateOfDay(dayOf(said.occurredAt)), about: aboutOf(said, events), contact: (said.data['contact'] as string | undefined) ?? whoOpened(said, events) } : null,
    fixedSince: fixedSince(events.filter(({ occurredAt }) => dayOf(occurredAt) >= since), events, ({ occurredAt }) => dateWords(dayOf(occurredAt), today.day)),
  };
}

/**
 * The words that say most about how things are. Of the last 90 days, the latest complaint: a low answer, why a ticket came back or an outcome was rejected, what was
 * written on a ticket that went wrong; else the latest other answer. Older ones only where there is nothing newer; small talk never.
 */
function wordsThatCarry(events: readonly JourneyEvent[], ageOf: (event: JourneyEvent) => number): JourneyEvent | undefined {
  const wrong = new Set(events.filter(({ type }) => /^ticket\.(reopened|escalated|sla-missed)$/.test(type)).map(({ data }) => data['ticket']));
  const troubled = (ticket: unknown) => wrong.has(ticket) || openTickets(events).has(String(ticket));
  const complaints = events.filter((event) => wordsIn(event) !== null && isComplaint(event, troubled));
  const others = events.filter((event) => wordsIn(event) !== null && event.type.startsWith('survey.respon'));
  const [complaint, other] = [complaints.at(-1), others.at(-1)];
  const recent = [complaint, other].find((event) => event && ageOf(event) <= LONGEST);
  return recent ?? [complaint, other].filter((event) => event !== undefined).sort((a, b) => ageOf(a) - ageOf(b))[0];
}

const LOW = 0.5;
/** Words that only answer, thank or make a date. */
const SMALL_TALK = /^(yes|no|ok(ay)?|sure|thanks?|thank you|great|perfect|fine|done|works|sorry|hello|hi|message attached|ja|nein|danke|gern|passt|erledigt)\b(?!.*\b(again|still|but|until|when|wieder|immer noch|aber|wann)\b)/is;

function isComplaint({ type, data }: JourneyEvent, troubled: (ticket: unknown) => boolean): boolean {
  if (type === 'ticket.replied') return troubled(data['ticket']) && !SMALL_TALK.test(String(data['text']).trim());
  if (!type.startsWith('survey.respon')) return true;
  const { min, max } = (data['instrument'] ?? {}) as { min?: number; max?: number };
  return typeof data['score'] === 'number' && min !== undefined && max !== undefined && (data['score'] - min) / (max - min) <= LOW;
}

const SPOKEN: Readonly<Record<string, string>> = {
  'survey.responded': 'verbatim', 'survey.response-revised': 'verbatim', 'ticket.replied': 'text', 'ticket.reopened': 'reason', 'goal.outcome-rejected': 'reason',
};

function wordsIn({ type, data }: JourneyEvent): string | null {
  const text = type === 'ticket.replied' && data['by'] !== 'customer' ? null : data[SPOKEN[type] ?? ''];
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** A ticket comes back from whoever opened it. */
function whoOpened({ type, data }: JourneyEvent, events: readonly JourneyEvent[]): string | null {
  const opened = type === 'ticket.reopened' ? events.find((event) => event.type === 'ticket.opened' && event.data['ticket'] === data['ticket']) : undefined;
  return (opened?.data['contact'] as string | undefined) ?? null;
}

/** Where the words were said: "in an answer of 2 out of 10", "on the ticket “Nothing prints”". */
function aboutOf({ type, data }: JourneyEvent, events: readonly JourneyEvent[]): string {
  if (type === 'goal.outcome-rejected') return 'when they rejected an outcome';
  if (type === 'ticket.reopened') return `when ${subjectOf(events, data['ticket']) ? `the ticket ${subjectOf(events, data['ticket'])}` : 'a ticket'} came back`;
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
