import { type Answer, type JourneyEvent, type Verdict, type Viewer, type WorkingCalendar, workingTimeBetween } from '#journey';
import { personIn, ticketIn } from './told-of.js';

type Money = { readonly amount: number; readonly currency: string };

/** Where an answer is on its way: nobody read it, somebody did, something came of it. `history`: nobody that we know of read it, and it was told of long after it was given. */
export const ANSWER_STATES = ['unread', 'read', 'acted-on', 'history'] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];

/** One answer as lists show it. Times are RFC 3339. */
export interface AnswerLine {
  readonly survey: string;
  readonly customer: { readonly id: string; readonly name: string | null; readonly owner: string | null; readonly segment: string | null; readonly arr: readonly Money[] };
  readonly state: AnswerState;
  readonly instrument: { readonly kind: string; readonly name: string | null; readonly min: number; readonly max: number; readonly bar: number | null };
  readonly score: number;
  readonly verdict: Verdict;
  readonly subject: string | null;
  readonly role: string | null;
  readonly contact: { readonly id: string; readonly name: string | null } | null;
  readonly ticket: { readonly id: string; readonly queue: string | null; readonly subject: string | null } | null;
  /** What the person wrote; null where nothing was written, or it was erased. */
  readonly words: string | null;
  readonly lostMinutes: number | null;
  readonly wantsContact: boolean;
  readonly complaint: boolean;
  readonly answeredAt: string;
  readonly revisedAt: string | null;
  readonly viewers: readonly Viewer[];
  readonly setAside: Answer['setAside'];
  /** The recovery that deals with it, and whether it has talked with the customer; null where there is none. */
  readonly recovery: { readonly id: string; readonly state: string; readonly contacted: boolean } | null;
  /** Minutes since the answer that counts, until its first look or now: on the wall, and of working time. */
  readonly waited: { readonly minutes: number; readonly workingMinutes: number };
}

/** A row of the table beside its customer, as `answersFrom` selects it. */
export interface AnswerRead {
  customer: string; entity: string; name: string | null; owner: string | null; segment: string | null; arr: readonly Money[];
  kind: string; instrument: string | null; min: number; max: number; bar: number | null; score: number; verdict: Verdict; subject: string | null; ticket: string | null; contact: string | null; role: string | null;
  lost_minutes: number | null; wants_contact: boolean; complaint_at: Date | null; answered_at: Date; revised_at: Date | null; viewed_at: Date | null; viewers: readonly Viewer[];
  set_aside_at: Date | null; set_aside_reason: string | null; urgency: number; history: boolean; recovery: AnswerLine['recovery']; done: boolean;
}

const MINUTE = 60_000;

/** `events`: what was told of the customer, `now` the moment of the question. */
export function lineOf(row: AnswerRead, events: readonly JourneyEvent[], { now, work }: { readonly now: string; readonly work: WorkingCalendar }): AnswerLine {
  const answered = (row.revised_at ?? row.answered_at).toISOString();
  const until = latest(row.viewed_at?.toISOString() ?? now, answered);
  const said = events.findLast(({ type, data }) => (type === 'survey.responded' || type === 'survey.response-revised') && data['survey'] === row.entity);
  return {
    survey: row.entity, customer: { id: row.customer, name: row.name, owner: row.owner, segment: row.segment, arr: row.arr },
    state: stateOf(row), instrument: { kind: row.kind, name: row.instrument, min: row.min, max: row.max, bar: row.bar }, score: row.score, verdict: row.verdict,
    subject: row.subject, role: row.role, contact: personIn(events, row.contact), ticket: ticketIn(events, row.ticket), words: (said?.data['verbatim'] as string | null | undefined) ?? null,
    lostMinutes: row.lost_minutes, wantsContact: row.wants_contact, complaint: row.complaint_at !== null,
    answeredAt: row.answered_at.toISOString(), revisedAt: row.revised_at?.toISOString() ?? null, viewers: row.viewers,
    setAside: row.set_aside_at && { at: row.set_aside_at.toISOString(), reason: row.set_aside_reason! }, recovery: row.recovery,
    waited: { minutes: Math.round((Date.parse(until) - Date.parse(answered)) / MINUTE), workingMinutes: Math.round(workingTimeBetween(answered, until, work)) },
  };
}

const latest = (a: string, b: string): string => (a > b ? a : b);

function stateOf({ viewed_at, done, history }: Pick<AnswerRead, 'viewed_at' | 'done' | 'history'>): AnswerState {
  if (viewed_at === null) return history ? 'history' : 'unread';
  return done ? 'acted-on' : 'read';
}
