import { isHistory } from '#event-store';
import { type Answer, evolveAnswer, familyOf, type JourneyEvent, noAnswer, parsePosition, shareOfScale, type Viewer } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';

/** One asking and what came of it. Times are RFC 3339. */
export interface AnswerRow extends Record<string, unknown> {
  readonly state: Answer['state'];
  /** The question: what kind, its scale, and what it is called where it has a name. */
  readonly kind: string | null;
  readonly instrument: string | null;
  readonly version: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly bar: number | null;
  readonly score: number | null;
  /** Where the score lies on its scale, 0 to 1. */
  readonly share: number | null;
  readonly verdict: Answer['verdict'];
  readonly subject: string | null;
  readonly ticket: string | null;
  readonly contact: string | null;
  readonly role: string | null;
  readonly lost_minutes: number | null;
  readonly wants_contact: boolean;
  readonly has_words: boolean;
  readonly suppressed: string | null;
  /** The program of ours that wanted it, how it goes out, until when it can be answered, and when it was decided whether to ask; null for what other systems asked. */
  readonly program: string | null;
  readonly channel: string | null;
  readonly until: string | null;
  readonly wished_at: string | null;
  readonly requested_at: string | null;
  readonly sent_at: string | null;
  readonly answered_at: string | null;
  readonly revised_at: string | null;
  readonly first_viewed_at: string | null;
  /** The first look at the answer that counts; null while it is unread. */
  readonly viewed_at: string | null;
  readonly viewers: readonly Viewer[];
  readonly complaint_at: string | null;
  readonly set_aside_at: string | null;
  readonly set_aside_reason: string | null;
  /** How soon it should be read: 0 a miss, a complaint or who wants to be contacted, 1 neither, 2 excellent. */
  readonly urgency: number | null;
  /** Whether the answer that counts was recorded long after it was given: nobody is waited for to read it. */
  readonly history: boolean;
  /** What people of ours said that it is about, the last time they did; null: nobody did. */
  readonly themes: readonly string[] | null;
  /** The log position of the answer that counts, whose words are sealed there. */
  readonly answer_position: number | null;
}

/** Every survey that was wanted, sent, held back or answered: one row. */
export const answersTable: EntityTable<AnswerRow> = {
  name: 'answer', version: 3,
  columns: {
    state: 'text', kind: 'text', instrument: 'text', version: 'integer', min: 'double precision', max: 'double precision', bar: 'double precision', score: 'double precision', share: 'double precision', verdict: 'text',
    subject: 'text', ticket: 'text', contact: 'text', role: 'text', lost_minutes: 'double precision', wants_contact: 'boolean', has_words: 'boolean', suppressed: 'text',
    program: 'text', channel: 'text', until: 'timestamptz', wished_at: 'timestamptz', requested_at: 'timestamptz', sent_at: 'timestamptz', answered_at: 'timestamptz', revised_at: 'timestamptz', first_viewed_at: 'timestamptz', viewed_at: 'timestamptz', viewers: 'jsonb',
    complaint_at: 'timestamptz', set_aside_at: 'timestamptz', set_aside_reason: 'text', urgency: 'smallint', history: 'boolean', themes: 'jsonb', answer_position: 'bigint',
  },
  indexes: ['urgency, answered_at', 'ticket', 'wished_at'],
  entityOf: ({ type, data }) => (familyOf(type) === 'survey' ? String(data['survey']) : null),
  rowOf(facts) {
    const answer = facts.reduce(evolveAnswer, noAnswer);
    // Somebody's look at what was taken back is no asking.
    const wasAsked = answer.requestedAt ?? answer.sentAt ?? answer.answeredAt ?? answer.suppressed;
    return wasAsked === null && answer.state !== 'expired' ? null : rowOf(answer, facts);
  },
};

function rowOf(answer: Answer, facts: readonly JourneyEvent[]): AnswerRow {
  const { scale, score, fact } = answer;
  const said = (field: string) => fact?.data[field] ?? null;
  const latest = (field: string) => said(field) ?? facts.findLast(({ data }) => data[field] !== undefined)?.data[field] ?? null;
  const program = latest('program') as string | null;
  return {
    state: answer.state, kind: scale?.kind ?? null, instrument: scale?.id ?? scale?.name ?? null, version: scale?.version ?? null,
    min: scale?.min ?? null, max: scale?.max ?? null, bar: scale?.bar ?? null, score, share: scale && score !== null ? shareOfScale(scale, score) : null, verdict: answer.verdict,
    subject: said('subject') as string | null, ticket: latest('ticket') as string | null, contact: latest('contact') as string | null, role: said('role') as string | null,
    lost_minutes: said('lostMinutes') as number | null, wants_contact: fact?.data['wantsContact'] === true, has_words: fact?.data['verbatim'] !== undefined, suppressed: answer.suppressed,
    program, channel: latest('channel') as string | null, until: latest('until') as string | null,
    wished_at: program === null ? null : facts.find(({ type }) => type === 'survey.requested' || type === 'survey.suppressed')?.occurredAt ?? null, requested_at: answer.requestedAt, sent_at: answer.sentAt, answered_at: answer.answeredAt, revised_at: answer.revisedAt, first_viewed_at: answer.firstViewedAt, viewed_at: answer.viewedAt, viewers: answer.viewers,
    complaint_at: answer.complaintAt, set_aside_at: answer.setAside?.at ?? null, set_aside_reason: answer.setAside?.reason ?? null, urgency: urgencyOf(answer), history: fact !== null && isHistory(fact),
    themes: (facts.findLast(({ type }) => type === 'survey.themed')?.data['themes'] as string[] | undefined) ?? null, answer_position: fact && parsePosition(fact.position).n,
  };
}

function urgencyOf({ verdict, complaintAt, fact }: Answer): number | null {
  if (!fact) return null;
  if (verdict === 'miss' || complaintAt !== null || fact.data['wantsContact'] === true) return 0;
  return verdict === 'neutral' ? 1 : 2;
}
