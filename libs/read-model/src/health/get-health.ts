import { Query } from '@nestjs/cqrs';
import { readEpoch, readPositions, readStreamRows, type Sql } from '#event-store';
import { type Card, firstScorecard, foldEvents, healthAt, type HealthDifference, healthDifference, type HealthPoint, healthHistory, dateOfDay, dayOfDate, profileOf } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { points, positionOf, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { calendarOf, type Calendar, endOfDay } from '../tenant.js';
import { type Evidence, evidenceOf, type HealthAnswer, lastPosition, scoreParts } from './health-answer.js';

export interface HealthOptions {
  readonly tenant: string;
  readonly customer: string;
  /** What was true then (by occurredAt): an instant or a date, which means the end of that day. */
  readonly asOf?: string;
  /** What was known then (by observedAt). */
  readonly knownAt?: string;
}

export class GetHealth extends Query<HealthAnswer> {
  constructor(readonly options: HealthOptions) {
    super();
  }
}

/** Without `asOf` and `knownAt` the read model answers; with one of them the answer is folded from the log. */
export async function getHealth(model: ReadModelOptions, { tenant, customer, asOf, knownAt }: HealthOptions): Promise<HealthAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const row = await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const common = { customer, today: calendar.today, held: row.held };
    if (asOf === undefined && knownAt === undefined) {
      const { health } = row;
      const events = await readPositions(sql, tenant, health.measures.flatMap(({ refs }) => [...refs]));
      return {
        ...common, name: row.profile.name, asOf: row.day === calendar.today.day ? calendar.now : endOfDay(row.day, calendar.dayOf), knownAt: calendar.now,
        position: await positionOf(sql, Number(row.position)), ...scoreParts(health, events), band: row.band, bandYesterday: row.close_band,
        knowledge: row.declared ? 'declared' : 'witnessed',
      };
    }
    const moment = { asOf: instantOf(asOf, 'asOf', calendar), knownAt: instantOf(knownAt, 'knownAt', calendar), dayOf: calendar.dayOf };
    const events = await storyOf(sql, tenant, customer);
    const { score, band, closedAs, knowledge } = healthAt(events, currentCard(), moment);
    const name = profileOf(foldEvents(events, calendar.dayOf), calendar.today.day).name;
    return {
      ...common, name, asOf: moment.asOf, knownAt: moment.knownAt, position: lastPosition(events, await readEpoch(sql)),
      ...scoreParts(score, events), band, bandYesterday: closedAs, knowledge,
    };
  });
}

export interface HistoryOptions extends Pick<HealthOptions, 'tenant' | 'customer' | 'knownAt'> {
  /** Dates, both included. Default: the 90 days up to today. */
  readonly from?: string;
  readonly to?: string;
  /** Days between two points, 1 to 366. */
  readonly step?: number;
}

export interface HistoryAnswer {
  readonly customer: string;
  readonly today: Calendar['today'];
  readonly position: string;
  readonly points: readonly { readonly date: string; readonly score: number | null; readonly band: HealthPoint['band']; readonly coverage: number }[];
}

export class GetHealthHistory extends Query<HistoryAnswer> {
  constructor(readonly options: HistoryOptions) {
    super();
  }
}

const LONGEST_SPAN = 3_660;

/** Score and band at day closes, folded from the log. */
export async function getHealthHistory(model: ReadModelOptions, { tenant, customer, from, to, step = 1, knownAt }: HistoryOptions): Promise<HistoryAnswer> {
  return read(model.reader, tenant, async (sql) => {
    await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const last = to === undefined ? calendar.today.day : dayParameter(to, 'to');
    const first = from === undefined ? last - 90 : dayParameter(from, 'from');
    if (first > last) throw new QueryRefused('invalid-parameter', 'from must not be after to.', 'from');
    if (last - first > LONGEST_SPAN) throw new QueryRefused('invalid-parameter', `At most ${LONGEST_SPAN} days at a time; ask for a shorter span.`, 'from');
    const events = await storyOf(sql, tenant, customer);
    const history = healthHistory(events, currentCard(), { from: first, to: last, stepDays: step, knownAt: instantOf(knownAt, 'knownAt', calendar), dayOf: calendar.dayOf });
    return {
      customer, today: calendar.today, position: lastPosition(events, await readEpoch(sql)),
      points: history.map(({ day, score, band, coverage }) => ({ date: dateOfDay(day), score: score === null ? null : points(score), band, coverage })),
    };
  });
}

export interface DifferenceOptions extends Pick<HealthOptions, 'tenant' | 'customer' | 'knownAt'> {
  readonly from?: string;
  readonly to?: string;
}

export interface DifferenceAnswer {
  readonly customer: string;
  readonly from: { readonly at: string; readonly score: number | null };
  readonly to: { readonly at: string; readonly score: number | null };
  readonly today: Calendar['today'];
  readonly position: string;
  /** Signed points in order; they sum to the difference. Passing time is one line per measure. */
  readonly lines: readonly { readonly kind: 'event' | 'time'; readonly points: number; readonly say: string; readonly measure?: string; readonly event?: Evidence; readonly measures?: readonly { readonly id: string; readonly points: number }[] }[];
  readonly eventsWithoutEffect: number;
}

export class GetHealthDifference extends Query<DifferenceAnswer> {
  constructor(readonly options: DifferenceOptions) {
    super();
  }
}

/** Which events, and how much passing time, moved the score between two moments. Default: the last 30 days. */
export async function getHealthDifference(model: ReadModelOptions, { tenant, customer, from, to, knownAt }: DifferenceOptions): Promise<DifferenceAnswer> {
  return read(model.reader, tenant, async (sql) => {
    await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const end = instantOf(to, 'to', calendar);
    const start = from === undefined ? new Date(Date.parse(end) - 30 * 86_400_000).toISOString() : instantOf(from, 'from', calendar);
    if (start > end) throw new QueryRefused('invalid-parameter', 'from must not be after to.', 'from');
    const events = await storyOf(sql, tenant, customer);
    const known = instantOf(knownAt, 'knownAt', calendar);
    const difference = healthDifference(events, currentCard(), { from: start, to: end, knownAt: known, dayOf: calendar.dayOf });
    return {
      customer, today: calendar.today, position: lastPosition(events, await readEpoch(sql)),
      from: { at: start, score: pointsOrNull(difference.from) }, to: { at: end, score: pointsOrNull(difference.to) },
      lines: linesOf(difference, events), eventsWithoutEffect: difference.without,
    };
  });
}

function linesOf(difference: HealthDifference, events: readonly JourneyEvent[]): DifferenceAnswer['lines'] {
  const byNumber = new Map(events.map((event) => [parsePosition(event.position).n, event]));
  return difference.lines.map((line) => (line.kind === 'time'
    ? { kind: line.kind, points: points(line.points), say: line.say, measure: line.measure }
    : {
        kind: line.kind, points: points(line.points), say: line.say, event: evidenceOf(byNumber.get(line.n))[0]!,
        measures: line.measures.map((part) => ({ id: part.id, points: points(part.points) })),
      }));
}

/** The whole stream of a customer, as stored: the arithmetic lifts old versions after it has applied corrections. */
function storyOf(sql: Sql, tenant: string, customer: string): Promise<JourneyEvent[]> {
  return readStreamRows(sql, { tenant, category: 'customer', id: customer });
}

const currentCard = (): Card => firstScorecard;

const pointsOrNull = (score: number | null) => (score === null ? null : points(score));

function dayParameter(text: string, name: string): number {
  if (!isDate(text)) throw new QueryRefused('invalid-parameter', `${name} must be a date like 2026-11-02.`, name);
  return dayOfDate(text);
}

function isDate(text: string): boolean {
  try {
    return dayOfDate(text) !== null;
  } catch {
    return false;
  }
}

function instantOf(text: string | undefined, name: string, calendar: Calendar): string {
  if (text === undefined) return calendar.now;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return endOfDay(dayParameter(text, name), calendar.dayOf);
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at) || !isDate(text.slice(0, 10))) throw new QueryRefused('invalid-parameter', `${name} must be an instant like 2026-11-02T15:00:00Z or a date like 2026-11-02.`, name);
  return new Date(at).toISOString();
}
