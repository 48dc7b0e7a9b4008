import { type EventRef, evolveFeedback, familyOf, type FeedbackStep, noFeedback, parsePosition, stepOf, type Turn } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';

/** One piece of feedback and where it stands. Times are RFC 3339. */
export interface FeedbackRow extends Record<string, unknown> {
  readonly step: FeedbackStep;
  /** Who has it, or had it last. */
  readonly department: string | null;
  /** What it comes out of. */
  readonly survey: string | null;
  readonly ticket: string | null;
  readonly talk: EventRef | null;
  readonly contact: string | null;
  readonly themes: readonly string[];
  readonly raised_at: string;
  readonly told_at: string | null;
  /** Since when the last department has it, and what it did. */
  readonly routed_at: string | null;
  readonly accepted_at: string | null;
  readonly answered_at: string | null;
  readonly declined_at: string | null;
  /** Every department's turn, in their order. */
  readonly turns: readonly Turn[];
  /** The log position of the fact that raised it, whose words are sealed there. */
  readonly raised_position: number;
}

/** Every piece of feedback that was raised: one row. */
export const feedbackTable: EntityTable<FeedbackRow> = {
  name: 'feedback', version: 1,
  columns: {
    step: 'text', department: 'text', survey: 'text', ticket: 'text', talk: 'jsonb', contact: 'text', themes: 'jsonb', raised_at: 'timestamptz', told_at: 'timestamptz',
    routed_at: 'timestamptz', accepted_at: 'timestamptz', answered_at: 'timestamptz', declined_at: 'timestamptz', turns: 'jsonb', raised_position: 'bigint',
  },
  indexes: ['step, department', 'survey'],
  entityOf: ({ type, data }) => (familyOf(type) === 'feedback' && data['feedback'] !== undefined ? String(data['feedback']) : null),
  rowOf(facts) {
    const state = facts.reduce(evolveFeedback, noFeedback);
    const raised = facts.find(({ type }) => type === 'feedback.request-raised') ?? facts[0];
    if (!raised || state.raisedAt === null) return null;
    const { survey, ticket, talk, contact } = raised.data as { survey?: string; ticket?: string; talk?: EventRef; contact?: string };
    const last = state.turns.at(-1);
    return {
      step: stepOf(state), department: last?.department ?? null, survey: survey ?? null, ticket: ticket ?? null, talk: talk ?? null, contact: contact ?? null, themes: state.themes,
      raised_at: state.raisedAt, told_at: state.toldAt, routed_at: last?.routedAt ?? null, accepted_at: last?.acceptedAt ?? null, answered_at: last?.answeredAt ?? null, declined_at: last?.declinedAt ?? null,
      turns: state.turns, raised_position: parsePosition(raised.position).n,
    };
  },
};
