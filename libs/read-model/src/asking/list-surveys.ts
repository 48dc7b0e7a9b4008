import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import type { Answer } from '#journey';
import { answersTable } from '../answers/answers-table.js';
import { liveEntities } from '../entities/live-entities.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';

export const SURVEY_STATES = ['requested', 'sent', 'suppressed', 'answered', 'expired'] as const satisfies readonly Answer['state'][];
export type SurveyState = (typeof SURVEY_STATES)[number];

export interface SurveysOptions {
  readonly tenant: string;
  readonly state?: SurveyState;
  readonly program?: string;
  /** Those that began in so many days before now; default 90. */
  readonly days?: number;
  readonly limit?: number;
  readonly cursor?: string;
}

export interface SurveyLine {
  readonly survey: string;
  readonly customer: string;
  readonly state: SurveyState;
  readonly program: string;
  /** Why it was held back; null where it was not. */
  readonly reason: string | null;
  readonly instrument: string | null;
  readonly instrumentVersion: number | null;
  readonly channel: string | null;
  readonly contact: string | null;
  readonly ticket: string | null;
  readonly beganAt: string;
  readonly sentAt: string | null;
  readonly answeredAt: string | null;
  readonly until: string | null;
}

/** How a program did. */
export interface ProgramFigures {
  readonly program: string;
  readonly requested: number;
  readonly sent: number;
  readonly answered: number;
  readonly expired: number;
  readonly suppressed: Readonly<Record<string, number>>;
  /** Of those that went out, so many were answered; null where none did. */
  readonly responseRate: number | null;
}

export interface SurveysAnswer {
  readonly days: number;
  readonly programs: readonly ProgramFigures[];
  /** Wanted, and not out yet: how many, and since when the longest. */
  readonly waiting: { readonly surveys: number; readonly since: string | null };
  readonly surveys: readonly SurveyLine[];
  readonly next: string | null;
}

/** What programs asked, or did not and why: the newest first, with figures of each program. */
export class ListSurveys extends Query<SurveysAnswer> {
  constructor(readonly options: SurveysOptions) {
    super();
  }
}

const DAY_MS = 86_400_000;
/** What a line shows: the row's facts need not go through the sort. */
const COLUMNS = 'entity, customer, state, program, suppressed, instrument, version, channel, contact, ticket, wished_at, sent_at, answered_at, until';
type Row = Record<string, unknown> & { entity: string; customer: string; state: SurveyState; wished_at: Date; sent_at: Date | null; answered_at: Date | null; until: Date | null };

export function listSurveys({ reader, now }: Pick<ReadModelOptions, 'reader' | 'now'>, { tenant, state, program, days = 90, limit = 50, cursor }: SurveysOptions): Promise<SurveysAnswer> {
  const since = new Date(now().getTime() - days * DAY_MS);
  const after = cursor === undefined ? [null, null, null] : placeOf(cursor);
  return read(reader, tenant, async (sql) => {
    const from = await liveEntities(sql, answersTable);
    const rows = await sql.query<Row>(
      `select ${COLUMNS} from ${from} where tenant = $1 and wished_at >= $2 and ($3::text is null or state = $3) and ($4::text is null or program = $4)
         and ($5::timestamptz is null or (wished_at, customer, entity) < ($5, $6::text, $7::text)) order by wished_at desc, customer desc, entity desc limit $8`,
      [tenant, since, state ?? null, program ?? null, ...after, limit + 1]);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const [waiting] = await sql.query<{ surveys: string; since: Date | null }>(`select count(*) as surveys, min(wished_at) as since from ${from} where tenant = $1 and program is not null and state = 'requested'`, [tenant]);
    return {
      days, programs: await figuresOf(sql, from, { tenant, since, program: program ?? null }),
      waiting: { surveys: Number(waiting!.surveys), since: waiting!.since?.toISOString() ?? null }, surveys: shown.map(lineOf),
      next: rows.length > limit && last ? Buffer.from(JSON.stringify([last.wished_at.toISOString(), last.customer, last.entity])).toString('base64url') : null,
    };
  });
}

async function figuresOf(sql: Sql, from: string, { tenant, since, program }: { tenant: string; since: Date; program: string | null }): Promise<ProgramFigures[]> {
  const counts = await sql.query<{ program: string; state: SurveyState; reason: string | null; out: boolean; n: string }>(
    `select program, state, case when state = 'suppressed' then suppressed end as reason, sent_at is not null as out, count(*) as n from ${from}
     where tenant = $1 and wished_at >= $2 and ($3::text is null or program = $3) group by 1, 2, 3, 4 order by program`, [tenant, since, program]);
  return [...new Set(counts.map((count) => count.program))].map((id) => {
    const own = counts.filter((count) => count.program === id);
    const sum = (counted: typeof own) => counted.reduce((total, { n }) => total + Number(n), 0);
    const inState = (wanted: SurveyState) => sum(own.filter(({ state }) => state === wanted));
    const [sent, answered] = [sum(own.filter(({ out }) => out)), inState('answered')];
    const suppressed: Record<string, number> = {};
    for (const { state, reason, n } of own) if (state === 'suppressed') suppressed[reason ?? 'unknown'] = (suppressed[reason ?? 'unknown'] ?? 0) + Number(n);
    return { program: id, requested: inState('requested'), sent, answered, expired: inState('expired'), suppressed, responseRate: sent === 0 ? null : sum(own.filter(({ state, out }) => out && state === 'answered')) / sent };
  });
}

function lineOf({ entity, customer, state, program, suppressed, instrument, version, channel, contact, ticket, wished_at: began, sent_at: sent, answered_at: answered, until }: Row): SurveyLine {
  const text = (value: unknown) => (value as string | null) ?? null;
  return {
    survey: entity, customer, state, program: String(program), reason: state === 'suppressed' ? text(suppressed) : null, instrument: text(instrument), instrumentVersion: (version as number | null) ?? null, channel: text(channel), contact: text(contact), ticket: text(ticket),
    beganAt: began.toISOString(), sentAt: sent?.toISOString() ?? null, answeredAt: answered?.toISOString() ?? null, until: until?.toISOString() ?? null,
  };
}

/** @throws QueryRefused for what is no cursor of ours */
function placeOf(cursor: string): readonly string[] {
  try {
    const [at, customer, entity] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof at === 'string' && !Number.isNaN(Date.parse(at)) && typeof customer === 'string' && typeof entity === 'string') return [at, customer, entity];
  } catch {
    // Said below.
  }
  throw new QueryRefused('invalid-parameter', 'This cursor is not one of ours. Ask for the first page again, without a cursor.', 'cursor');
}
