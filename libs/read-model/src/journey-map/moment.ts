import type { Sql } from '#event-store';
import type { JourneyMapVersion } from '#journey';
import { knownOf, knownUntil } from '../health/known.js';
import { momentOf } from '../health/moments.js';
import type { ReadModelOptions } from '../reading.js';
import { type Calendar, calendarOf } from '../tenant.js';
import { mapsOf } from './maps-of.js';

/** As of when a journey is asked for. */
export interface JourneyMoment {
  readonly tenant: string;
  /** What had happened by then counts: an instant, or the end of a day. Left out: now. */
  readonly asOf?: string | undefined;
  /** What was known then counts, of facts, of merges and of the map. Left out: all that is known. */
  readonly knownAt?: string | undefined;
}

export interface Pinned {
  readonly calendar: Calendar;
  readonly until: string;
  readonly known: string | undefined;
  readonly map: JourneyMapVersion;
}

/** To be awaited before the snapshot that answers: until all is written that was told by then. */
export const told = async ({ reader }: Pick<ReadModelOptions, 'reader'>, { asOf, knownAt }: JourneyMoment): Promise<string | undefined> => (asOf === undefined && knownAt === undefined ? undefined : knownUntil(reader, knownAt));

/** @throws QueryRefused naming the parameter */
export async function pinned(sql: Sql, { tenant, asOf, knownAt }: JourneyMoment, now: Date, toldUntil: string | undefined): Promise<Pinned> {
  const calendar = await calendarOf(sql, tenant, now);
  const until = momentOf(asOf, 'asOf', calendar);
  const known = knownAt === undefined ? undefined : knownOf(knownAt, calendar, toldUntil!);
  return { calendar, until, known, map: (await mapsOf(sql, tenant, known)).at(-1)! };
}
