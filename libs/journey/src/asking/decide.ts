import type { DataFor } from '../catalogue.js';
import type { EventRef } from '../envelope.js';
import { asAsked, type Instrument } from './instruments.js';
import { answerableUntil, type Program } from './programs.js';
import type { AskingState } from './state.js';

/** Nobody is asked again within so many days, whatever it is about. */
const BETWEEN_DAYS = 30;
const BETWEEN_MS = BETWEEN_DAYS * 86_400_000;

/** Why somebody is not asked, as codes that are published: never renamed. */
export type WhyNot = 'closed-customer' | 'no-contact' | 'erased' | 'left' | 'no-address' | 'ticket-reopened' | 'open-ticket' | 'asked-lately';

/** May this person be asked now? */
export interface Ask {
  readonly survey: string;
  readonly program: Program;
  readonly instrument: Instrument;
  /** Null where a ticket does not say whose it is. */
  readonly contact: string | null;
  /** RFC 3339. */
  readonly at: string;
  readonly because?: EventRef;
  /** The ticket that it is about, and when it was solved. */
  readonly ticket?: { readonly id: string; readonly solvedAt: string };
  /** Those whose keys were destroyed. */
  readonly erased: ReadonlySet<string>;
}

export type Decided =
  | { readonly type: 'survey.requested'; readonly data: DataFor<'survey.requested'> }
  | { readonly type: 'survey.suppressed'; readonly data: DataFor<'survey.suppressed'> & { readonly reason: WhyNot } };

/** The fact that answers: the person is asked, or held back for a reason. Null where this very asking was decided before. */
export function decide(ask: Ask, state: AskingState): Decided | null {
  const { survey, program, instrument, contact, at, because, ticket } = ask;
  if (state.surveys.has(survey)) return null;
  const about = {
    survey, instrument: asAsked(instrument), program: program.program, ...(because && { because }), ...(contact !== null && { contact }), ...(ticket && { ticket: ticket.id }),
  };
  const reason = whyNot({ ...ask, channel: program.channel }, state);
  if (reason) return { type: 'survey.suppressed', data: { ...about, reason } };
  return { type: 'survey.requested', data: { ...about, subject: instrument.subject, channel: program.channel, until: answerableUntil(program, at) } };
}

/** What may keep us from asking. */
type Wish = Pick<Ask, 'survey' | 'contact' | 'at' | 'ticket' | 'erased'> & Pick<Program, 'channel'>;

/** What keeps us from asking; null for nothing. */
export function whyNot({ survey, channel, contact, at, ticket, erased }: Wish, state: AskingState): WhyNot | null {
  if (state.closed) return 'closed-customer';
  if (contact === null) return 'no-contact';
  if (erased.has(contact)) return 'erased';
  const person = state.people.get(contact);
  if (person?.left) return 'left';
  if (channel === 'mail' && !person?.hasAddress) return 'no-address';
  if (ticket && wasReopened(state, ticket)) return 'ticket-reopened';
  if (hasOpenTicket(state, contact)) return 'open-ticket';
  return wasAskedLately(state, contact, { at, but: survey }) ? 'asked-lately' : null;
}

function wasReopened({ tickets }: AskingState, { id, solvedAt }: NonNullable<Ask['ticket']>): boolean {
  const reopened = tickets.get(id)?.reopenedAt;
  return tickets.get(id)?.open === true || (reopened != null && Date.parse(reopened) >= Date.parse(solvedAt));
}

/** A ticket is of those who opened it or wrote about it. */
function hasOpenTicket({ tickets }: AskingState, contact: string): boolean {
  return [...tickets.values()].some(({ open, people }) => open && people.has(contact));
}

function wasAskedLately({ surveys }: AskingState, contact: string, { at, but }: { readonly at: string; readonly but: string }): boolean {
  const now = Date.parse(at);
  return [...surveys].some(([id, asking]) => id !== but && asking.contact === contact && asking.askedAt !== null && Math.abs(now - Date.parse(asking.askedAt)) < BETWEEN_MS);
}
