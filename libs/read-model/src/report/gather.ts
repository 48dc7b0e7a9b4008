import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { readEpoch, readStreamsRows, readTold, type Sql, streamsIn } from '#event-store';
import { accountOf, bookOf, type Close, companySaid, composeReport, dateOfDay, isRevenueFact, type Progress, type Quarter, quarterAfter, quarterOf, quarterOfDay, type Report, type ReportAccount, type ReportBook, type ReportWindow, revenueCurrencies } from '#insight';
import { effectiveEvents, formatPosition, type JourneyEvent, parsePosition, type Position } from '#journey';
import { modelInForce, modelInForceUpTo } from '../churn/model-in-force.js';
import { COMPANY } from '../economics/facts.js';
import { knownOf, knownUntil } from '../health/known.js';
import { instantOf } from '../health/moments.js';
import { QueryRefused, read, type Reading } from '../reading.js';
import { ratesFor, revenueSettings, type RevenueSettings } from '../revenue/settings.js';
import { type Calendar, calendarOf, endOfDay, startOfDay } from '../tenant.js';
import { breather, breathing } from '../whole-history/breathing.js';
import { tenantStories } from '../whole-history/stories.js';

const CUSTOMERS = 'customers';
const CLOSES = 6;
const FORECASTS = 4;
/** Reports that are remembered, with all that they were made of, and for how long (ms): who looks at one asks for its figures and its other forms soon. */
const KEPT = { max: 2, ttl: 600_000 };

export interface ReportOptions {
  readonly tenant: string;
  /** Such as 2026-Q3; left out: the last quarter that is over. */
  readonly period?: string;
  /** Only customers of this segment. */
  readonly segment?: string;
  /** The facts up to here count; left out: as far as the log is final. */
  readonly upTo?: Position;
  /** What was known then, and had happened by then: as an earlier report has them. */
  readonly knownAt?: string;
  readonly asOf?: string;
  /** The same two as a caller says them: held against the calendar, and a date is the end of its day. */
  readonly asked?: { readonly knownAt?: string | undefined; readonly asOf?: string | undefined };
}

/** With the segments that any customer of the tenant has. */
export interface GatheredReport { readonly report: Report; readonly book: ReportBook; readonly segments: readonly string[] }

/** What a report is made from: given again, it is the same. */
interface Stand { readonly calendar: Calendar; readonly quarter: Quarter; readonly n: number; readonly position: Position; readonly asOf: string; readonly knownAt: string; readonly window: ReportWindow; readonly company: readonly JourneyEvent[]; readonly settings: RevenueSettings }

/** A report that is being made, or was, and how far it is. */
interface Making { readonly found: Promise<GatheredReport>; readonly progress: () => Progress }

const SAY_MS = 500;
const kept = new WeakMap<object, LRUCache<string, Making>>();

/** The strategic report, from the log alone: all stories of the tenant up to a position. Made once for a position, and remembered for a while. @throws QueryRefused naming the parameter */
export async function gatherReport(reading: Reading, options: ReportOptions): Promise<GatheredReport> {
  return (await making(reading, options)).found;
}

/** The same, saying now and then how far it is. Who no longer listens ends nothing: whoever asks again finds it further, or made. */
export async function* gatheringReport(reading: Reading, options: ReportOptions): AsyncGenerator<Progress, GatheredReport, void> {
  const { found, progress } = await making(reading, options);
  for (;;) {
    yield progress();
    const waiting = new AbortController();
    const made = await Promise.race([found, sleep(SAY_MS, null, { signal: waiting.signal }).catch(() => null)]).finally(() => waiting.abort());
    if (made) return made;
  }
}

async function making(reading: Reading, options: ReportOptions): Promise<Making> {
  const stand = await standOf(reading, options);
  const cache = kept.get(reading.reader) ?? new LRUCache<string, Making>(KEPT);
  kept.set(reading.reader, cache);
  const { tenant, segment = null } = options;
  // While the quarter runs, each moment has a report of its own.
  const key = JSON.stringify([tenant, segment, stand.quarter.name, stand.position, stand.asOf, options.knownAt ?? (options.asked?.knownAt === undefined ? null : stand.knownAt)]);
  const known = cache.get(key) ?? begin(compose(reading, stand, { tenant, segment }));
  cache.set(key, known);
  known.found.catch(() => cache.delete(key));
  return known;
}

function begin(work: AsyncGenerator<Progress, GatheredReport, void>): Making {
  let at: Progress = { of: CUSTOMERS, done: 0, all: 0 };
  const end = async () => {
    for (;;) {
      const step = await work.next();
      if (step.done) return step.value;
      at = step.value;
    }
  };
  return { found: end(), progress: () => at };
}

async function* compose(reading: Reading, { quarter, n, position, knownAt, window, company, asOf, settings }: Stand, { tenant, segment }: { readonly tenant: string; readonly segment: string | null }): AsyncGenerator<Progress, GatheredReport, void> {
  const breathe = breather();
  const accounts: ReportAccount[] = [];
  const policy = { ...settings.policy, merge: 'together' as const };
  const isCurrencyTold = settings.rates.length > 0 || policy.currency !== null;
  const subscribed: JourneyEvent[] = [];
  let held = 0;
  for await (const { customer, events, place, all } of tenantStories(reading.reader, { tenant, upTo: n, knownAt })) {
    await breathe();
    yield { of: CUSTOMERS, done: place, all };
    if (!isCurrencyTold) subscribed.push(...effectiveEvents(events).filter(({ type }) => isRevenueFact(type)));
    try {
      const account = accountOf(customer, events, window);
      if (account) accounts.push(account);
    } catch {
      held += 1;
    }
  }
  const { signal } = new AbortController();
  // As revenue has it: told most often of the whole tenant, whatever segment is asked for.
  const book = yield* breathing(bookOf({ quarter, segment, window, company: companySaid(company, asOf), accounts, policy, rates: ratesFor(settings, quarter.from, policy.currency, revenueCurrencies(subscribed)[0] ?? null) }), signal);
  const segments = [...new Set(accounts.flatMap((account) => account.segment ?? []))].sort();
  return { book, segments, report: yield* breathing(composeReport(book, { position, held, isOver: asOf >= endOfDay(quarter.to, window.calendar.dayOf) }), signal) };
}

async function standOf(reading: Reading, { tenant, period, upTo, knownAt, asOf: wantedAsOf, asked = {} }: ReportOptions): Promise<Stand> {
  const until = await knownUntil(reading.reader, knownAt ?? asked.knownAt);
  const { final } = await reading.reader.statements(readTold);
  return read(reading.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, reading.now());
    const quarter = quarterIn(period, calendar);
    const epoch = await readEpoch(sql);
    const n = placeIn(upTo, epoch, final);
    const closed = (day: number) => endOfDay(day, calendar.dayOf);
    const asOf = wantedAsOf ?? asOfIn(asked.asOf, quarter, calendar) ?? (quarter.to < calendar.today.day ? closed(quarter.to) : calendar.now);
    const closes = Array.from({ length: CLOSES }, (_, back): Close => {
      const day = quarterAfter(quarter, -back).to;
      return back === 0 ? { day: calendar.dayOf(asOf), at: asOf } : { day, at: closed(day) };
    });
    const models = [];
    for (const { at } of closes.slice(2, 2 + FORECASTS)) models.push((await modelInForce(sql, tenant, at)).model);
    const known = knownAt ?? (asked.knownAt !== undefined ? knownOf(asked.knownAt, calendar, until) : calendar.today.pinned && calendar.now > until ? calendar.now : until);
    const window: ReportWindow = {
      closes, asOf, knownAt: known, aheadTo: quarterAfter(quarter, 2).to, model: (await modelInForceUpTo(sql, tenant, formatPosition(epoch, n))).model, models, calendar: { dayOf: calendar.dayOf, startOf: (day) => startOfDay(day, calendar.dayOf) },
    };
    return { calendar, quarter, n, position: formatPosition(epoch, n), asOf, knownAt: known, window, company: await companyFacts(sql, tenant, n), settings: await revenueSettings(sql, tenant, known, n) };
  });
}

/** @throws QueryRefused for what is no quarter, or has not begun */
function quarterIn(period: string | undefined, { today }: Calendar): Quarter {
  const current = quarterOfDay(today.day);
  const quarter = period === undefined ? quarterAfter(current, -1) : quarterOf(period);
  if (!quarter) throw new QueryRefused('invalid-parameter', 'period must be a quarter like 2026-Q3.', 'period');
  if (quarter.from > today.day) throw new QueryRefused('invalid-parameter', `period must have begun by today, ${dateOfDay(today.day)}.`, 'period');
  return quarter;
}

/** What had happened by then counts; what has not come yet is now. @throws QueryRefused for no moment of the quarter */
function asOfIn(text: string | undefined, { name, from, to }: Quarter, calendar: Calendar): string | undefined {
  if (text === undefined) return undefined;
  const asOf = instantOf(text, 'asOf', calendar);
  const day = calendar.dayOf(asOf);
  if (day < from || day > to) throw new QueryRefused('invalid-parameter', `asOf must lie in ${name}, ${dateOfDay(from)} to ${dateOfDay(to)}.`, 'asOf');
  return asOf < calendar.now ? asOf : calendar.now;
}

/** @throws QueryRefused for a place that this life of the log has not reached */
function placeIn(upTo: Position | undefined, epoch: number, final: number): number {
  if (upTo === undefined) return final;
  const place = /^\d{1,9}\.\d{1,15}$/.test(upTo) ? parsePosition(upTo) : null;
  if (place && place.epoch === epoch && place.n <= final) return place.n;
  throw new QueryRefused('invalid-parameter', `position must be one up to ${formatPosition(epoch, final)}.`, 'position');
}

export async function companyFacts(sql: Sql, tenant: string, upTo = Number.MAX_SAFE_INTEGER): Promise<JourneyEvent[]> {
  const streams = (await streamsIn(sql, tenant, COMPANY)).map(({ id }) => id);
  return streams.length === 0 ? [] : readStreamsRows(sql, tenant, COMPANY, streams, upTo);
}
