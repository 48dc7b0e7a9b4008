import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { type EventRef, feedbackSteps, type FeedbackStep, type JourneyEvent, type Turn, type WorkingCalendar, workingTimeBetween } from '#journey';
import { personIn, toldOf } from '../answers/told-of.js';
import { findLiveRows } from '../customers/live-rows.js';
import { liveEntities } from '../entities/live-entities.js';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import { recoverySettings } from '../recoveries/settings.js';
import { type Department, departmentsOf } from './departments.js';
import { feedbackTable } from './feedback-table.js';

/** One piece of feedback as lists show it. Times are RFC 3339. */
export interface FeedbackLine {
  readonly feedback: string;
  readonly customer: { readonly id: string; readonly name: string | null; readonly owner: string | null };
  readonly step: FeedbackStep;
  /** What they want: as it was written down, or the words of the answer that it comes out of; null where these were erased. */
  readonly what: string | null;
  readonly contact: { readonly id: string; readonly name: string | null } | null;
  readonly survey: string | null;
  readonly ticket: string | null;
  readonly talk: EventRef | null;
  readonly themes: readonly string[];
  /** Who has it, or had it last. */
  readonly department: { readonly id: string; readonly name: string | null; readonly owner: string | null } | null;
  readonly raisedAt: string;
  readonly routedAt: string | null;
  readonly toldAt: string | null;
  readonly turns: readonly Turn[];
  /** Working minutes that the department has had, until it answered, declined or passed it on, or until now; null where none has it. */
  readonly workingMinutes: number | null;
  /** Whether it has had it for longer than it should, and has not answered. */
  readonly overdue: boolean;
}

export interface FeedbackRead { customer: string; entity: string; name: string | null; owner: string | null; step: FeedbackStep; department: string | null; survey: string | null; ticket: string | null; talk: EventRef | null; contact: string | null; themes: readonly string[]; raised_at: Date; told_at: Date | null; turns: readonly Turn[] }

export const FEEDBACK_FILTERS = ['open', ...feedbackSteps, 'all'] as const;

export interface ListFeedbackOptions {
  readonly tenant: string;
  /** `open`, which is the default: all that no department has answered or declined yet, and of which the customer has not been told. */
  readonly step?: (typeof FEEDBACK_FILTERS)[number];
  readonly department?: string;
  readonly owner?: string;
  readonly customer?: string;
  /** 1 to 500, default 100. */
  readonly limit?: number;
}

export interface FeedbackList { readonly feedback: readonly FeedbackLine[]; readonly more: number }

export class ListFeedback extends Query<FeedbackList> {
  constructor(readonly options: ListFeedbackOptions) {
    super();
  }
}

/** Feedback, the oldest first. */
export async function listFeedback(model: ReadModelOptions, { tenant, step = 'open', department, owner, customer, limit = 100 }: ListFeedbackOptions): Promise<FeedbackList> {
  return read(model.reader, tenant, async (sql) => {
    const steps = step === 'all' ? feedbackSteps : step === 'open' ? feedbackSteps.filter((each) => each !== 'told') : [step];
    const rows = await feedbackRows(sql, tenant, 'step = any($2) and ($3::text is null or department = $3) and ($4::text is null or owner = $4) and ($5::text is null or customer = $5)', [steps, department ?? null, owner ?? null, customer ?? null]);
    const calendar = await calendarOf(sql, tenant, model.now());
    const moment = { now: calendar.now, work: (await recoverySettings(sql, tenant)).calendar };
    return { feedback: await linesOf(model, sql, tenant, rows.slice(0, limit), moment), more: Math.max(0, rows.length - limit) };
  });
}

/** Rows beside their customers, the oldest first. `where` counts its parameters from 2 on. */
export async function feedbackRows(sql: Sql, tenant: string, where: string, values: readonly unknown[]): Promise<FeedbackRead[]> {
  const { rows: customers } = await findLiveRows(sql);
  return sql.query<FeedbackRead>(
    `select customer, entity, name, owner, step, department, survey, ticket, talk, contact, themes, raised_at, told_at, turns
     from ${await liveEntities(sql, feedbackTable)} left join (select tenant, customer, name, owner from ${customers}) as who using (tenant, customer)
     where tenant = $1 and ${where} order by raised_at, customer, entity`, [tenant, ...values]);
}

interface Moment { readonly now: string; readonly work: WorkingCalendar }

/** What came out of an answer. */
export async function feedbackOf(model: Pick<ReadModelOptions, 'keys'>, sql: Sql, tenant: string, { customer, survey, ...moment }: { customer: string; survey: string } & Moment): Promise<FeedbackLine[]> {
  return linesOf(model, sql, tenant, await feedbackRows(sql, tenant, 'customer = $2 and survey = $3', [customer, survey]), moment);
}

const WORDS = ['feedback.request-raised', 'survey.responded', 'survey.response-revised', 'contact.added'];

export async function linesOf(model: Pick<ReadModelOptions, 'keys'>, sql: Sql, tenant: string, rows: readonly FeedbackRead[], moment: Moment): Promise<FeedbackLine[]> {
  const told = await toldOf(model, sql, tenant, rows.map(({ customer }) => customer), WORDS);
  const departments = await departmentsOf(sql, tenant);
  return rows.map((row) => lineOf(row, told.get(row.customer) ?? [], departments, moment));
}

function lineOf(row: FeedbackRead, events: readonly JourneyEvent[], departments: ReadonlyMap<string, Department>, moment: Moment): FeedbackLine {
  const last = row.turns.at(-1);
  const department = row.department === null ? undefined : departments.get(row.department);
  const workingMinutes = last ? Math.round(workingMinutesOf(last, moment)) : null;
  return {
    feedback: row.entity, customer: { id: row.customer, name: row.name, owner: row.owner }, step: row.step, what: wordsOf(row, events), contact: personIn(events, row.contact),
    survey: row.survey, ticket: row.ticket, talk: row.talk, themes: row.themes, department: row.department === null ? null : { id: row.department, name: department?.name ?? null, owner: department?.owner ?? null },
    raisedAt: row.raised_at.toISOString(), routedAt: last?.routedAt ?? null, toldAt: row.told_at?.toISOString() ?? null, turns: row.turns, workingMinutes,
    overdue: (row.step === 'routed' || row.step === 'accepted') && department !== undefined && workingMinutes! > 60 * department.answerWithinHours,
  };
}

/** What a department has had of it: until its turn ended, or until now. */
export function workingMinutesOf({ routedAt, answeredAt, declinedAt, movedAt }: Turn, { now, work }: Moment): number {
  const until = answeredAt ?? declinedAt ?? movedAt ?? now;
  return until <= routedAt ? 0 : workingTimeBetween(routedAt, until, work);
}

function wordsOf({ entity, survey }: FeedbackRead, events: readonly JourneyEvent[]): string | null {
  const raised = events.find(({ type, data }) => type === 'feedback.request-raised' && data['feedback'] === entity);
  if (raised?.data['what'] !== undefined) return raised.data['what'] as string | null;
  return (events.findLast(({ type, data }) => type.startsWith('survey.res') && data['survey'] === survey)?.data['verbatim'] as string | null | undefined) ?? null;
}
