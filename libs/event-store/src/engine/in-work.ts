import type { Database } from '../postgres/database.js';
import { stopIfTooMany } from './parking.js';
import type { Work } from './projection.js';
import { openWork } from './work.js';

/** Does work on one generation in one transaction; when it has parked too many for one cause, the projection stops with it. */
export function inWork<T>(
  database: Database, name: string, span: Pick<Work, 'generation' | 'partitions' | 'upTo'> & { readonly catchingUp?: boolean }, write: (work: Work) => Promise<T>,
): Promise<T> {
  return database.transaction(async (sql) => {
    const work = await openWork(sql, name, span);
    const result = await write(work);
    if (work.parkedSome()) await stopIfTooMany(sql, name, span.generation);
    return result;
  });
}
