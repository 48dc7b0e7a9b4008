import type { JourneyEvent } from '#journey';
import { type CustomerFacts, daysBetween, type DemandAccount, type Evidence, evidence } from './account.js';

export const TOUCH_ROLES = ['payer', 'user', 'sponsor'] as const;
export type TouchRole = (typeof TOUCH_ROLES)[number];

/** The newest of a kind: when, how many days ago, and the fact. */
export interface Newest { readonly at: string; readonly days: number; readonly event: Evidence }

/** What is heard of one role. `people`: those who are there now. */
export interface RolePresence { readonly people: number; readonly last: Newest | null; readonly quiet: boolean }

export interface AccountPresence {
  readonly account: DemandAccount;
  /** The newest talk in both directions, feedback (an answer, a request), and use; null where there never was any. */
  readonly talk: Newest | null;
  readonly feedback: Newest | null;
  readonly usage: Newest | null;
  /** None of the three in so many days. */
  readonly quiet: boolean;
  readonly roles: Readonly<Record<TouchRole, RolePresence>>;
  /** `live`: one who is there was met; `not-met`: not in so many days; `left`: all have left; `never`: nobody was ever named. */
  readonly sponsor: 'live' | 'not-met' | 'left' | 'never';
  readonly sponsorEvents: readonly Evidence[];
  readonly visit: Newest | null;
}

export interface PresenceOptions { readonly until: string; readonly days: number; readonly sponsorDays: number }

interface Person { role: string | null; sponsor: boolean; here: boolean; facts: JourneyEvent[] }

/** Who is heard of, and when last. A task that ended in a talk counts as one with the account, not with a person. */
export function presenceOf({ account, events }: CustomerFacts, { until, days, sponsorDays }: PresenceOptions): AccountPresence {
  const newest = (which: (event: JourneyEvent) => boolean): Newest | null => {
    const event = events.findLast(which);
    return event ? { at: event.occurredAt, days: daysBetween(event.occurredAt, until), event: evidence(event) } : null;
  };
  const isQuiet = (last: Newest | null, within = days) => last === null || last.days >= within;
  const people = peopleIn(events);
  const hereWith = (wanted: (person: Person) => boolean) => [...people].filter(([, person]) => person.here && wanted(person)).map(([id]) => id);
  const met = (ids: readonly string[]) => newest((event) => isTalk(event) && whoIn(event).some((id) => ids.includes(id)));
  const role = (ids: readonly string[], within = days): RolePresence => {
    const last = met(ids);
    return { people: ids.length, last, quiet: ids.length > 0 && isQuiet(last, within) };
  };
  const [talk, feedback, usage] = [newest((event) => isTalk(event)), newest(isFeedback), newest(isUse)];
  const sponsors = [...people.values()].filter(({ sponsor }) => sponsor);
  const theirs = role(hereWith(({ sponsor }) => sponsor), sponsorDays);
  return {
    account, talk, feedback, usage, quiet: isQuiet(talk) && isQuiet(feedback) && isQuiet(usage),
    roles: { payer: role(hereWith(({ role: is }) => is === 'payer' || is === 'both')), user: role(hereWith(({ role: is }) => is === 'user' || is === 'both')), sponsor: theirs },
    sponsor: theirs.people > 0 ? (theirs.quiet ? 'not-met' : 'live') : sponsors.length > 0 ? 'left' : 'never',
    sponsorEvents: [...sponsors.flatMap(({ facts }) => facts.map(evidence)), ...(theirs.last ? [theirs.last.event] : [])], visit: newest(({ type }) => type === 'engagement.visit-made'),
  };
}

function peopleIn(events: readonly JourneyEvent[]): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const event of events) {
    const { type, data } = event;
    if (!['contact.added', 'contact.role-changed', 'contact.left'].includes(type) || typeof data['contact'] !== 'string') continue;
    const person = people.get(data['contact']) ?? { role: null, sponsor: false, here: true, facts: [] };
    const said = data as { role?: string; sponsor?: boolean };
    people.set(data['contact'], { role: said.role ?? person.role, sponsor: said.sponsor ?? person.sponsor, here: type !== 'contact.left', facts: [...person.facts, event] });
  }
  return people;
}

const whoIn = ({ data }: JourneyEvent): readonly string[] => (data['with'] as readonly string[] | undefined) ?? [];
/** Outcomes of a task by which somebody was spoken to, as `sheet/touch.ts` has them. */
const SPOKEN = ['spoke', 'reached', 'met', 'answered', 'saved'];

const isTalk = ({ type, data }: JourneyEvent): boolean => (type.startsWith('engagement.') && data['twoWay'] === true) || (type === 'task.done' && SPOKEN.includes(String(data['outcome'])));
const isFeedback = ({ type }: JourneyEvent): boolean => type === 'survey.responded' || type === 'survey.response-revised' || type === 'feedback.request-raised';

/** A report that nobody was active is no use; one that does not say counts by the features it names. */
function isUse({ type, data }: JourneyEvent): boolean {
  if (type === 'usage.feature-adopted') return true;
  if (type !== 'usage.reported') return false;
  const figures = [data['active'], data['volume']].filter((figure) => typeof figure === 'number');
  return figures.length > 0 ? figures.some((figure) => figure > 0) : Array.isArray(data['features']) && data['features'].length > 0;
}

/** How people are met, of all talks and messages from `since` on. */
export function channelsOf(customers: readonly CustomerFacts[], since: string): { readonly channel: string; readonly touches: number; readonly twoWay: number; readonly accounts: number }[] {
  const counts = new Map<string, { touches: number; twoWay: number; accounts: Set<string> }>();
  for (const { account, events } of customers) {
    for (const { type, data, occurredAt } of events) {
      if (!type.startsWith('engagement.') || type === 'engagement.observation-recorded' || Date.parse(occurredAt) < Date.parse(since)) continue;
      const count = counts.get(type) ?? { touches: 0, twoWay: 0, accounts: new Set<string>() };
      counts.set(type, { touches: count.touches + 1, twoWay: count.twoWay + Number(data['twoWay'] === true), accounts: count.accounts.add(account.id) });
    }
  }
  return [...counts].map(([type, { touches, twoWay, accounts }]) => ({ channel: type.slice('engagement.'.length), touches, twoWay, accounts: accounts.size })).sort((a, b) => b.touches - a.touches || (a.channel < b.channel ? -1 : 1));
}
