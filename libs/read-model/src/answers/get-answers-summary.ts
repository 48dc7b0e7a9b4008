import { Query } from '@nestjs/cqrs';
import { type Figure, proportion, type WaitFigures, waitsOf } from '#insight';
import { type Viewer, type WorkingCalendar, workingTimeBetween } from '#journey';
import { windowOf } from '../experience/window.js';
import { read, type ReadModelOptions } from '../reading.js';
import { recoverySettings } from '../recoveries/settings.js';
import type { Calendar } from '../tenant.js';
import { type AnswerRead } from './answer-line.js';
import { answersFrom } from './answers-from.js';

export interface AnswersSummaryOptions {
  readonly tenant: string;
  readonly owner?: string;
  /** Days on the tenant's calendar, both included. Left out: the last 90. */
  readonly from?: string;
  readonly to?: string;
  /** Days within which an answer should be seen, default 7. */
  readonly within?: number;
}

/** How answers are dealt with. Shares have a 95 % interval; minutes are on the wall, or of working time. */
export interface AnswersSummary {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly answered: number;
  /** Of these, told of long after they were given and read by nobody that we know of: no share below counts them. */
  readonly history: number;
  readonly unread: number;
  readonly oldestUnread: { readonly minutes: number; readonly workingMinutes: number } | null;
  /** Of the answers that were given long enough ago: read by anybody, and by an executive, in so many days. */
  readonly seen: { readonly within: number; readonly byAnybody: Figure; readonly byExecutive: Figure };
  readonly actedOn: Figure;
  /** From the answer to its first look; those that nobody looked at count as far as they have waited. */
  readonly firstLook: { readonly wall: WaitFigures; readonly working: WaitFigures };
}

export class GetAnswersSummary extends Query<AnswersSummary> {
  constructor(readonly options: AnswersSummaryOptions) {
    super();
  }
}

const DAY_MS = 86_400_000;
const MINUTE = 60_000;
const EXECUTIVES = new Set(['executive']);

export async function getAnswersSummary(model: ReadModelOptions, { tenant, owner, within = 7, ...days }: AnswersSummaryOptions): Promise<AnswersSummary> {
  return read(model.reader, tenant, async (sql) => {
    const { calendar: { today, now }, from, to, begins, ends } = await windowOf(sql, { ...days, tenant }, model.now());
    const { text, values } = await answersFrom(sql, tenant, { owner, from: begins, until: ends });
    const rows = await sql.query<LookedAt>(`select answered_at, first_viewed_at, viewed_at, viewers, history, done from ${text}`, values);
    const work = (await recoverySettings(sql, tenant)).calendar;
    return { today, from, to, ...figuresOf(rows, { now, within, work }) };
  });
}

type LookedAt = Pick<AnswerRead, 'answered_at' | 'viewed_at' | 'history' | 'done'> & { first_viewed_at: Date | null; viewers: readonly Viewer[] };

function figuresOf(rows: readonly LookedAt[], { now, within, work }: { now: string; within: number; work: WorkingCalendar }) {
  const isPast = ({ history, first_viewed_at }: LookedAt) => history && first_viewed_at === null;
  const counted = rows.filter((row) => !isPast(row));
  const unread = counted.filter(({ viewed_at }) => viewed_at === null);
  const end = Date.parse(now);
  const due = counted.filter(({ answered_at }) => answered_at.getTime() + within * DAY_MS <= end);
  const seenBy = (row: LookedAt, counts: (viewer: Viewer) => boolean) => row.viewers.some((viewer) => counts(viewer) && Date.parse(viewer.at) <= row.answered_at.getTime() + within * DAY_MS);
  const share = (counts: (viewer: Viewer) => boolean) => proportion(due.filter((row) => seenBy(row, counts)).length, due.length);
  const waitOf = (minutes: (from: string, until: string) => number) => waitsOf(counted.map(({ answered_at, first_viewed_at }) => (
    { minutes: Math.max(0, minutes(answered_at.toISOString(), (first_viewed_at ?? new Date(now)).toISOString())), over: first_viewed_at !== null })));
  const wall = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / MINUTE;
  const working = (from: string, until: string) => (until <= from ? 0 : workingTimeBetween(from, until, work));
  const oldest = unread.map(({ answered_at }) => answered_at.toISOString()).sort()[0];
  return {
    answered: rows.length, history: rows.length - counted.length, unread: unread.length,
    oldestUnread: oldest === undefined ? null : { minutes: Math.round(wall(oldest, now)), workingMinutes: Math.round(working(oldest, now)) },
    seen: { within, byAnybody: share(() => true), byExecutive: share(({ role }) => role !== null && EXECUTIVES.has(role)) },
    actedOn: proportion(counted.filter(({ viewed_at, done }) => viewed_at !== null && done).length, counted.length),
    firstLook: { wall: waitOf(wall), working: waitOf(working) },
  };
}
