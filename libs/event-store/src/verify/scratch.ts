import { randomInt } from 'node:crypto';
import type { Projection } from '../engine/projection.js';
import type { Database, Sql } from '../postgres/database.js';

/** Above every generation that is ever built. */
const SCRATCH = 1_000_000_000;

class Undone<T> extends Error {
  constructor(readonly result: T) {
    super();
  }
}

/**
 * Tables of a generation that nobody else ever sees, on one snapshot: they are made in a transaction that is rolled back, also when we die. The number is
 * drawn by lot, so that two who verify at once do not wait for each other.
 */
export async function inScratch<T>(database: Database, projection: Projection, work: (sql: Sql, scratch: number) => Promise<T>): Promise<T> {
  const scratch = SCRATCH + randomInt(SCRATCH);
  try {
    return await database.transaction(async (sql): Promise<T> => {
      await sql.query(projection.createTables(scratch));
      throw new Undone(await work(sql, scratch));
    }, 'repeatable read');
  } catch (error) {
    if (error instanceof Undone) return error.result as T;
    throw error;
  }
}
