import type { EventRef, JourneyEvent } from '../envelope.js';
import { type Decided, decide } from './decide.js';
import type { Instrument } from './instruments.js';
import type { Program } from './programs.js';
import { daysBefore, nextRenewal } from './renewal.js';
import type { AskingState } from './state.js';
import { isFor, whomToAsk } from './whom.js';

/** A program and what it asks now. */
export interface Asked { readonly program: Program; readonly instrument: Instrument }

/** A moment at which somebody may be asked. */
export interface Moment {
  /** RFC 3339. */
  readonly at: string;
  /** The day that an instant belongs to on the tenant's calendar. */
  readonly dayOf: (instant: string) => string;
  readonly erased: ReadonlySet<string>;
  /** An id for ever the same of the same parts. */
  readonly idOf: (parts: readonly string[]) => string;
}

/** A fact that programs answer: a ticket was solved, or a product went live. */
export interface Cause extends EventRef {
  readonly occurredAt: string;
  readonly ticket?: string;
}

const triggers = { 'ticket.resolved': 'ticket-resolved', 'deployment.went-live': 'went-live' } as const;

/** The facts that programs answer. */
export const causeTypes = Object.keys(triggers);

/** A fact as programs with this trigger answer it; null where they do not. */
export function causeFor({ trigger }: Pick<Program, 'trigger'>, { source, id, type, occurredAt, data }: JourneyEvent): Cause | null {
  if (triggers[type as keyof typeof triggers] !== trigger) return null;
  return { source, id, occurredAt, ...(typeof data['ticket'] === 'string' && { ticket: data['ticket'] }) };
}

/** Whether a program looks at the calendar, not at facts. */
export const goesByCalendar = ({ trigger }: Pick<Program, 'trigger'>): boolean => trigger === 'cadence' || trigger === 'before-renewal';

/** When a program answers a fact, RFC 3339. */
export const answersAt = ({ delayMinutes = 0 }: Program, { occurredAt }: Pick<Cause, 'occurredAt'>): string => new Date(Date.parse(occurredAt) + delayMinutes * 60_000).toISOString();

/** What a program says to a fact, once its delay is over: one answer for each person. */
export function askAfterFact({ program, instrument }: Asked, cause: Cause, { at, erased, idOf }: Moment, state: AskingState): Decided[] {
  if (!isFor(program, state)) return [];
  const because = { source: cause.source, id: cause.id };
  const ticket = cause.ticket === undefined ? {} : { ticket: { id: cause.ticket, solvedAt: cause.occurredAt } };
  return whomToAsk(program, state, cause.ticket).flatMap((contact) =>
    decide({ survey: idOf([program.program, cause.source, cause.id, contact ?? '']), program, instrument, contact, at, because, ...ticket, erased }, state) ?? []);
}

/**
 * What a program that goes by the calendar says on a day: one answer for each person whose turn it is. Who is held back is asked as soon as nothing is in the way;
 * that they were held back is said once a turn.
 */
export function askByCalendar({ program, instrument }: Asked, { at, dayOf, erased, idOf }: Moment, state: AskingState): Decided[] {
  const today = dayOf(at);
  const since = isFor(program, state) ? turnBegan(program, today, state) : null;
  if (since === null) return [];
  return whomToAsk(program, state).flatMap((contact) => {
    const turn = [...state.surveys.values()].filter((each) => each.program === program.program && each.contact === contact);
    const was = (moment: string | null) => moment !== null && dayOf(moment) >= since;
    if (contact === null || erased.has(contact) || turn.some(({ askedAt }) => was(askedAt))) return [];
    const answer = decide({ survey: idOf([program.program, state.root, contact, today]), program, instrument, contact, at, erased }, state);
    const isKnown = answer?.type === 'survey.suppressed' && turn.some(({ suppressedAt }) => was(suppressedAt));
    return answer && !isKnown ? [answer] : [];
  });
}

/** The first day of the turn that a day belongs to; null where nobody's turn it is. */
function turnBegan({ trigger, days = 0 }: Program, today: string, { terms }: AskingState): string | null {
  if (trigger === 'cadence') return daysBefore(today, days - 1);
  const renewal = nextRenewal(terms.values(), today);
  const first = renewal && daysBefore(renewal, days);
  return first !== null && first <= today ? first : null;
}
