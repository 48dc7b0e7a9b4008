import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import type { WorkingCalendar } from '#journey';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { type Calendar, calendarOf } from '../tenant.js';
import { recoverySettings } from '../recoveries/settings.js';
import { ANSWER_STATES, type AnswerLine, type AnswerRead, type AnswerState, lineOf } from './answer-line.js';
import { type AnswerFilter, answersFrom } from './answers-from.js';
import { AROUND, toldOf } from './told-of.js';

export const ANSWER_FILTERS = [...ANSWER_STATES, 'all'] as const;

export interface ListAnswersOptions extends AnswerFilter {
  readonly tenant: string;
  /** Default `unread`. */
  readonly state?: AnswerState | 'all';
  readonly cursor?: string;
  /** 1 to 200, default 50. */
  readonly limit?: number;
}

export interface AnswersPage {
  readonly today: Calendar['today'];
  /** How they are ordered, in a sentence. */
  readonly order: string;
  readonly answers: readonly AnswerLine[];
  /** Pass it as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

export class ListAnswers extends Query<AnswersPage> {
  constructor(readonly options: ListAnswersOptions) {
    super();
  }
}

type Place = readonly [urgency: number, answeredAt: string, customer: string, survey: string];

/** What is still to be dealt with: the worst first and of these the oldest. Else the newest first. */
const TO_DO = ['unread', 'read'];
const ORDERS = {
  worst: { say: 'Misses, complaints and who wants to be contacted first, then the neutral, then the excellent; of each the oldest first.', place: '(urgency, answered_at, customer, entity)', after: '>', direction: '' },
  newest: { say: 'The newest first.', place: '(0, answered_at, customer, entity)', after: '<', direction: ' desc' },
} as const;

const IN_STATE: Readonly<Record<AnswerState | 'all', string>> = { unread: 'viewed_at is null and not history', history: 'viewed_at is null and history', read: 'viewed_at is not null and not done', 'acted-on': 'viewed_at is not null and done', all: 'true' };

/** Answers in order. A page goes on behind the last line of the one before, so none is shown twice, whatever is read meanwhile. */
export async function listAnswers(model: ReadModelOptions, { tenant, state = 'unread', cursor, limit = 50, ...filter }: ListAnswersOptions): Promise<AnswersPage> {
  const after = cursor === undefined ? null : placeIn(cursor);
  const order = ORDERS[TO_DO.includes(state) ? 'worst' : 'newest'];
  return read(model.reader, tenant, async (sql) => {
    const { text, values } = await answersFrom(sql, tenant, filter);
    const columns = order.place.slice(1, -1).split(', ').map((column) => (column === '0' ? column : `${column}${order.direction}`)).filter((column) => column !== '0').join(', ');
    const rows = await sql.query<AnswerRead>(
      `select * from ${text} where ${IN_STATE[state]} and ($7::integer is null or ${order.place} ${order.after} ($7::integer, $8::timestamptz, $9::text, $10::text)) order by ${columns} limit $6`,
      [...values, limit + 1, ...(after ?? [null, null, null, null])]);
    const page = rows.slice(0, limit);
    const calendar = await calendarOf(sql, tenant, model.now());
    const last = page.at(-1);
    return {
      today: calendar.today, order: order.say, answers: await linesOf(model, sql, tenant, page, { now: calendar.now, work: (await recoverySettings(sql, tenant)).calendar }),
      next: rows.length > limit && last ? cursorOf([order === ORDERS.worst ? last.urgency : 0, last.answered_at.toISOString(), last.customer, last.entity]) : null,
    };
  });
}

/** Lines with what was written, by whom, and about which ticket. */
export async function linesOf(model: Pick<ReadModelOptions, 'keys'>, sql: Sql, tenant: string, rows: readonly AnswerRead[], moment: { readonly now: string; readonly work: WorkingCalendar }): Promise<AnswerLine[]> {
  const told = await toldOf(model, sql, tenant, rows.map(({ customer }) => customer), ['survey.responded', 'survey.response-revised', ...AROUND]);
  return rows.map((row) => lineOf(row, told.get(row.customer) ?? [], moment));
}

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws QueryRefused for a text that is no cursor of ours */
function placeIn(cursor: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Place;
    if (Array.isArray(place) && place.length === 4 && Number.isInteger(place[0]) && !Number.isNaN(Date.parse(place[1])) && place.slice(1).every((part) => typeof part === 'string')) return place;
  } catch {
    // Not one of ours: said below.
  }
  throw new QueryRefused('invalid-parameter', 'This cursor is not one of ours. Ask for the first page again, without a cursor.', 'cursor');
}
