import { familyOf, type JourneyEvent } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';

export const SURVEY_STATES = ['requested', 'sent', 'suppressed', 'answered', 'expired'] as const;
export type SurveyState = (typeof SURVEY_STATES)[number];

interface AskingRow extends Record<string, unknown> {
  readonly state: SurveyState;
  readonly program: string;
  readonly reason: string | null;
  readonly instrument: string | null;
  readonly instrument_version: number | null;
  readonly channel: string | null;
  readonly contact: string | null;
  readonly ticket: string | null;
  /** When it was decided that somebody is asked, or is not. */
  readonly began_at: string;
  readonly sent_at: string | null;
  readonly answered_at: string | null;
  readonly until: string | null;
}

/** What programs of ours wanted to ask: one row each, from the wish on. */
export const askingTable: EntityTable<AskingRow> = {
  name: 'asking', version: 1,
  columns: {
    state: 'text', program: 'text', reason: 'text', instrument: 'text', instrument_version: 'integer', channel: 'text', contact: 'text', ticket: 'text',
    began_at: 'timestamptz', sent_at: 'timestamptz', answered_at: 'timestamptz', until: 'timestamptz',
  },
  indexes: ['began_at'],
  entityOf: ({ type, data }) => (familyOf(type) === 'survey' && typeof data['survey'] === 'string' ? data['survey'] : null),
  rowOf(facts) {
    const wish = facts.find(({ type, data }) => (type === 'survey.requested' || type === 'survey.suppressed') && typeof data['program'] === 'string');
    if (!wish) return null;
    const of = (type: string) => facts.find((fact) => fact.type === type);
    const instrument = (wish.data['instrument'] ?? {}) as { id?: string; version?: number };
    const text = (name: string) => (wish.data[name] as string | undefined) ?? null;
    const suppressed = of('survey.suppressed');
    return {
      state: stateOf(facts), program: text('program')!, reason: (suppressed?.data['reason'] as string | undefined) ?? null, instrument: instrument.id ?? null, instrument_version: instrument.version ?? null,
      channel: text('channel'), contact: text('contact'), ticket: text('ticket'), began_at: wish.occurredAt, sent_at: of('survey.sent')?.occurredAt ?? null, answered_at: of('survey.responded')?.occurredAt ?? null, until: text('until'),
    };
  },
};

const AS: readonly (readonly [type: string, state: SurveyState])[] = [['survey.responded', 'answered'], ['survey.suppressed', 'suppressed'], ['survey.expired', 'expired'], ['survey.sent', 'sent']];

function stateOf(facts: readonly JourneyEvent[]): SurveyState {
  return AS.find(([type]) => facts.some((fact) => fact.type === type))?.[1] ?? 'requested';
}
