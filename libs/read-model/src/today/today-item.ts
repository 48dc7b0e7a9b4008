import { type ChurnRisk, dateOfDay, dayOfDate, eventWords, HEADLINE, sayOverride, type Score, worstMeasures } from '#insight';
import type { JourneyEvent } from '#journey';
import { chance } from '../churn/log-odds-parts.js';
import { betterIn, sayHeldOut, sayRisk } from '../churn/risk-words.js';
import { type CustomerRow, type CustomerSummary, listed } from '../customers/customer-answer.js';
import { contactsOf } from '../customers/get-customer.js';
import type { Calendar } from '../tenant.js';
import { orderOf, type TodayPart } from './parts.js';
import { isLarge, nextDate } from './priority.js';
import type { TodayItem } from './today-answer.js';
import { whatNotToDo } from './what-not-to-do.js';
import { whatToSay } from './what-to-say.js';
import { whomToCall } from './whom.js';
import { sinceWhen, whyNow } from './why-now.js';

/** A customer of the list. `events`: effective, earliest first, opened. */
interface Chosen { readonly row: CustomerRow; readonly health: Score; readonly risk: ChurnRisk; readonly events: readonly JourneyEvent[]; readonly parts: readonly TodayPart[]; readonly heldOut: string | null }

const MOST_SENTENCES = 3;

/** All that whoever calls needs to know. */
export function itemOf({ row, health, risk, events, parts, heldOut }: Chosen, calendar: Calendar): TodayItem {
  const { profile } = row;
  const { day } = calendar.today;
  const choice = whomToCall(profile.contacts, worstMeasures(health, 1)[0]?.group, events, isLarge(profile));
  const { lastWords, ...say } = whatToSay(events, calendar);
  const wanted = new Set([choice?.contact.id, lastWords?.contact]);
  const people = new Map(contactsOf(profile.contacts.filter(({ id }) => wanted.has(id)), events).map((person) => [person.id, person]));
  const named = people.get(choice?.contact.id ?? '');
  const since = sinceWhen(health);
  const next = nextDate(profile, day);
  const line = listed(row, null);
  return {
    id: row.customer, customer: line,
    contact: named && choice ? { id: named.id, name: named.name, role: named.role, sponsor: named.sponsor, because: choice.because } : null,
    whyNow: reasonsOf(parts, whyNow(health, profile, { band: line.computed.band, yesterday: row.close_band, day, told: besideIn(line, day) })), since: since === null ? null : dateOfDay(since),
    risk: riskOf(risk, row.day),
    atStake: { arr: profile.arr, arrAtRisk: risk.chances.length > 0 ? risk.atRisk : [], date: next ? dateOfDay(next.day) : null, what: next?.what ?? null },
    say: { ...say, lastWords: lastWords && { text: lastWords.text, on: lastWords.on, about: lastWords.about, by: people.get(lastWords.contact ?? '')?.name ?? null } },
    doNot: [...sayHeldOut(heldOut), ...whatNotToDo(events, health, calendar)], lastTouch: lastTouchOf(events, calendar), parts, order: orderOf(parts),
  };
}

/** That somebody set the score by hand, and that payers and users see it otherwise. */
function besideIn({ override, computed, perspectives }: CustomerSummary, day: number): string[] {
  const told = override && sayOverride({ score: 100 * override.score, until: dayOfDate(override.until) }, { ...computed, score: computed.score && 100 * computed.score }, day);
  return [told, perspectives?.say].filter((say) => typeof say === 'string');
}

function riskOf(risk: ChurnRisk, day: number): TodayItem['risk'] {
  const found = risk.chances.find(({ horizon }) => horizon === HEADLINE);
  const better = betterIn(risk.explained);
  return { probability: found ? chance(found.probability) : null, otherwise: better ? chance(better.otherwise) : null, say: sayRisk(risk, HEADLINE, day) };
}

/** The latest time that one of us turned to the customer: a conversation, or a call from this list. */
function lastTouchOf(events: readonly JourneyEvent[], { dayOf }: Calendar): TodayItem['lastTouch'] {
  const last = events.findLast(({ type, data }) => type.startsWith('engagement.') || (type === 'task.done' && data['list'] === 'today'));
  if (!last) return null;
  const what = last.type === 'task.done' ? `a call from this list was noted (${String(last.data['outcome']).replaceAll('-', ' ')})` : eventWords(last.type);
  return { on: dateOfDay(dayOf(last.occurredAt)), what, by: (last.data['by'] as string | undefined) ?? last.actor.id };
}

/** Where nobody is to be called for their health, what is to be done is the reason; else what costs health most. */
function reasonsOf(parts: readonly TodayPart[], health: readonly string[]): string[] {
  const others = parts.filter(({ kind }) => kind !== 'call').map(({ what }) => `${what}.`);
  return (others.length === parts.length ? [...others, ...health] : [...health, ...others]).slice(0, MOST_SENTENCES);
}
