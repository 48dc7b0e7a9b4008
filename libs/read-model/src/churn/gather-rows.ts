import { readEpoch, readTold } from '#event-store';
import { ChurnRows, dateOfDay, type LeavingCause, monthlyRows, type Progress } from '#insight';
import { formatPosition, parsePosition, type Position } from '#journey';
import { knownOf, knownUntil } from '../health/known.js';
import { dayParameter, notLater } from '../health/moments.js';
import { QueryRefused, read, type Reading } from '../reading.js';
import { type Calendar, calendarOf, endOfDay } from '../tenant.js';
import { breather, sayNowAndThen } from '../whole-history/breathing.js';
import { type Stand, tenantStories } from '../whole-history/stories.js';

/** Which part of a tenant's history is looked at. */
export interface Window {
  readonly tenant: string;
  /** Dates: rows are taken at the month ends from the first to the last. Default: the three years before the last day that is over. */
  readonly from?: string;
  readonly to?: string;
  /** Days between a row and the time that it foretells. */
  readonly gapDays?: number;
  /** Causes of leaving that count; default: every one but `merger`. */
  readonly causes?: readonly LeavingCause[];
  /** What was known then counts; default: at the end of the last day that is over. */
  readonly knownAt?: string;
  /** The facts up to here count; default: as far as the log is final. */
  readonly upTo?: Position;
}

/** The rows of a tenant, and what they were made from: given again, they are the same. */
export interface Gathered<Rows = ChurnRows> {
  readonly rows: Rows;
  readonly from: string;
  readonly to: string;
  readonly gapDays: number;
  readonly knownAt: string;
  readonly upTo: Position;
  readonly customers: number;
  /** Customers of whom a fact cannot be read: nothing of them is in the rows. */
  readonly held: number;
}

const YEARS = 3;
/** A tenant of whom nothing was told for so long may have told all that it has. */
const SILENCE_DAYS = 45;
const LONGEST_DAYS = 3_660;

/** What customers are added to, one after the other. */
type Filled = Pick<ChurnRows, 'add'>;

/** Folds the stories of all customers into the rows that models look at; says now and then how far it is. @throws QueryRefused for a window that cannot be, and the reason of an aborted signal */
export const gatherRows = (reading: Reading, window: Window, signal: AbortSignal): AsyncGenerator<Progress, Gathered, void> => gatherInto(reading, window, signal, (options) => new ChurnRows(options));

/** The same into rows of any kind. */
export async function* gatherInto<Rows extends Filled>(reading: Reading, window: Window, signal: AbortSignal, make: (options: ChurnRows['options']) => Rows): AsyncGenerator<Progress, Gathered<Rows>, void> {
  const { gapDays = 0 } = window;
  const { stand, upTo, days: { from, to, knownUntil: last }, calendar: { dayOf } } = await beginAt(reading, window, YEARS);
  const options = monthlyRows({ from, to, gapDays, knownUntil: last, dayOf, ...(window.causes && { causes: window.causes }) });
  if (options.origins.length === 0) throw new QueryRefused('invalid-parameter', 'No month ends between from and to; ask for a longer span.', 'from');
  const rows = make(options);
  const { newest, ...counts } = yield* fillRows(reading, stand, rows, signal);
  if (window.knownAt === undefined && newest !== null && last - dayOf(newest) > SILENCE_DAYS) {
    throw new QueryRefused('invalid-parameter', `The newest fact is of ${newest.slice(0, 10)}, and whoever has not left by then would count as still here. Say knownAt ${newest.slice(0, 10)} if the data end there, or ${dateOfDay(last)} if nothing was to be told since.`, 'knownAt');
  }
  return { rows, from: dateOfDay(from), to: dateOfDay(to), gapDays, knownAt: stand.knownAt, upTo, ...counts };
}

/** Adds the rows of all customers, one customer at a time. */
export async function* fillRows({ reader }: Reading, stand: Stand, rows: Filled, signal: AbortSignal): AsyncGenerator<Progress, { customers: number; held: number; newest: string | null }, void> {
  const [breathe, isTime] = [breather(signal), sayNowAndThen()];
  let [customers, held] = [0, 0];
  let newest: string | null = null;
  for await (const { customer, cluster, events, place, all } of tenantStories(reader, stand)) {
    await breathe();
    try {
      rows.add(customer, cluster, events);
      customers += 1;
      for (const { observedAt } of events) if (newest === null || observedAt > newest) newest = observedAt;
    } catch {
      held += 1;
    }
    if (isTime()) yield { of: 'customers', done: place, all };
  }
  return { customers, held, newest };
}

export interface Begun {
  /** As known at the end of the last day that was over by `knownAt`. */
  readonly stand: Stand;
  /** The moment that was asked for, also within a day. */
  readonly knownAt: string;
  readonly upTo: Position;
  readonly days: { readonly from: number; readonly to: number; readonly knownUntil: number };
  readonly calendar: Calendar;
}

/** Which days are looked at, and what of the log counts: given again, it is the same. @throws QueryRefused for a window that cannot be */
export async function beginAt(model: Reading, { tenant, from, to, knownAt, upTo }: Omit<Window, 'gapDays' | 'causes'>, years: number): Promise<Begun> {
  const until = await knownUntil(model.reader, knownAt);
  const { final } = await model.reader.statements(readTold);
  return read(model.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, model.now());
    const known = knownAt === undefined ? endOfDay(calendar.today.day - 1, calendar.dayOf) : knownOf(knownAt, calendar, until);
    const last = lastDayKnown(known, calendar);
    const days = { to: to === undefined ? last : notLater(dayParameter(to, 'to'), 'to', calendar), knownUntil: last };
    const first = from === undefined ? days.to - Math.round(years * 365.25) : dayParameter(from, 'from');
    if (first > days.to) throw new QueryRefused('invalid-parameter', 'from must not be after to.', 'from');
    if (days.to - first > LONGEST_DAYS) throw new QueryRefused('invalid-parameter', `At most ${LONGEST_DAYS} days at a time; ask for a shorter span.`, 'from');
    const n = placeIn(upTo, { epoch: await readEpoch(sql), n: final });
    return { stand: { tenant, upTo: n, knownAt: endOfDay(last, calendar.dayOf) }, knownAt: known, upTo: formatPosition(await readEpoch(sql), n), days: { ...days, from: first }, calendar };
  });
}

/** The last day of which everything was known at a moment. */
const lastDayKnown = (knownAt: string, { dayOf }: Calendar): number => dayOf(new Date(Date.parse(knownAt) + 1).toISOString()) - 1;

/** @throws QueryRefused for a place that this life of the log has not reached */
function placeIn(upTo: Position | undefined, stands: { readonly epoch: number; readonly n: number }): number {
  if (upTo === undefined) return stands.n;
  const { epoch, n } = parsePosition(upTo);
  if (epoch === stands.epoch && n <= stands.n) return n;
  throw new QueryRefused('invalid-parameter', `upTo must be a position up to ${formatPosition(stands.epoch, stands.n)}.`, 'upTo');
}
