import { type Database, type KeyRing, liveGeneration, readEpoch, type Sql } from '#event-store';
import { formatPosition, type Position } from '#journey';
import { LIVE_ROWS, type LiveRows, liveRows, type LiveRowsFound } from './customers/live-rows.js';
import { type Calendar, CALENDAR_COLUMNS, calendarFrom, type CalendarRow } from './tenant.js';

/** What every query needs. `now` is the clock of this process. */
export interface ReadModelOptions {
  /** Acts as touchline_reader. */
  readonly reader: Database;
  /** Acts as touchline_worker: for what a read leaves behind (a frozen order) and for work on read models as a whole, never for answering what a tenant asks. */
  readonly worker: Database;
  readonly keys: KeyRing;
  readonly now: () => Date;
}

/** What a long computation reads with. */
export type Reading = Pick<ReadModelOptions, 'reader' | 'now'>;

/** A problem with what was asked for; `code` is stable and ends in a problem type of the API. `flaws`: each with a pointer into what was asked for, where there are several. */
export class QueryRefused extends Error {
  constructor(readonly code: 'customer-unknown' | 'answer-unknown' | 'feedback-unknown' | 'recovery-unknown' | 'event-unknown' | 'model-unknown' | 'scorecard-unknown' | 'experiment-unknown' | 'projection-unknown' | 'group-unknown' | 'invalid-parameter' | 'not-yet-visible' | 'not-ready', message: string, readonly parameter?: string, readonly flaws?: readonly { readonly pointer: string; readonly detail: string }[]) {
    super(message);
  }
}

/** One read of one tenant on one snapshot. Tried again when a rebuild dropped the table meanwhile. `opening` as in `inTenant`. */
export async function read<T>(database: Database, tenant: string, work: (sql: Sql, opened: Record<string, unknown>[]) => Promise<T>, opening?: string): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.inTenant(tenant, work, opening);
    } catch (error) {
      if (attempt === 3 || (error as { code?: string }).code !== '42P01') throw error;
    }
  }
}

/** The same, with the live rows of the customers and the calendar at hand: both come in the round trip that begins the transaction. */
export function readCustomers<T>({ reader, now }: ReadModelOptions, tenant: string, work: (sql: Sql, rows: LiveRows, today: Calendar['today']) => Promise<T>): Promise<T> {
  return read(reader, tenant, (sql, [row]) => {
    const { live, summed, ...calendar } = row as unknown as CalendarRow & LiveRowsFound;
    return work(sql, liveRows({ live, summed }), calendarFrom(calendar, now()).today);
  }, LIVE_AND_CALENDAR);
}

const LIVE_AND_CALENDAR = `
  select ${LIVE_ROWS}, ${CALENDAR_COLUMNS}
  from (select current_setting('touchline.tenant') as wanted) as w left join tenant on id = wanted left join projection on name = 'customers'`;

export async function liveTable(sql: Sql, projection: string, nameOf: (generation: number) => string): Promise<string> {
  return nameOf(await liveGeneration(sql, projection));
}

export async function positionOf(sql: Sql, n: number): Promise<Position> {
  return formatPosition(await readEpoch(sql), n);
}

/** Whether a text can be the number of a thing in facts. */
export const isCode = (text: string): boolean => /^[A-Za-z0-9._:/-]{1,100}$/.test(text);

/** Hundredths of a point as people read them: 7825 is 78.25. */
export const points = (hundredths: number): number => hundredths / 100;
