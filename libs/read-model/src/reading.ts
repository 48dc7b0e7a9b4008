import { type Database, type KeyRing, liveGeneration, readEpoch, type Sql } from '#event-store';
import { formatPosition, type Position } from '#journey';

/** What every query needs. `now` is the clock of this process. */
export interface ReadModelOptions {
  /** Acts as touchline_reader. */
  readonly reader: Database;
  /** Acts as touchline_worker: for what a read leaves behind (a frozen order) and for work on read models as a whole, never for answering what a tenant asks. */
  readonly worker: Database;
  readonly keys: KeyRing;
  readonly now: () => Date;
}

/** A problem with what was asked for; `code` is stable and ends in a problem type of the API. */
export class QueryRefused extends Error {
  constructor(readonly code: 'customer-unknown' | 'projection-unknown' | 'invalid-parameter' | 'not-yet-visible' | 'not-ready', message: string, readonly parameter?: string) {
    super(message);
  }
}

/** One read of one tenant on one snapshot; `table` names the live generation. Tried again when a rebuild dropped the table meanwhile. */
export async function read<T>(database: Database, tenant: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.inTenant(tenant, work);
    } catch (error) {
      if (attempt === 3 || (error as { code?: string }).code !== '42P01') throw error;
    }
  }
}

export async function liveTable(sql: Sql, projection: string, nameOf: (generation: number) => string): Promise<string> {
  return nameOf(await liveGeneration(sql, projection));
}

export async function positionOf(sql: Sql, n: number): Promise<Position> {
  return formatPosition(await readEpoch(sql), n);
}

/** Hundredths of a point as people read them: 7825 is 78.25. */
export const points = (hundredths: number): number => hundredths / 100;
