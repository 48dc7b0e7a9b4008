import type { Database, Sql } from '#event-store';
import { turns } from './turns.js';

/** An advisory lock: held with others that are `shared` too, or alone. */
export interface Lock {
  readonly class: number;
  readonly key: string;
  readonly shared?: boolean;
}

// Work under a lock holds one connection for it and needs another for itself; so few at once leave room in any pool.
const HOLDERS = 3;

/** Of an import: shared by its batches, alone for taking it back. */
export const importLock = (tenant: string, importId: string, shared: boolean): Lock => ({ class: 21_581, key: `${tenant}/${importId}`, shared });

/** Of a tenant: whoever merges or parts customers is alone, so that what was checked against the log still holds when it is appended. */
export const mergeLock = (tenant: string): Lock => ({ class: 21_582, key: tenant });

/** Locks between processes. They fall with their connection: a process that dies lets go of them. */
export class Locks {
  private readonly inTurn = turns(HOLDERS);

  constructor(private readonly database: Database) {}

  /** Takes the locks in the order given, on one connection, for as long as the work lasts. Give locks of imports before those of merges. */
  hold<T>(locks: readonly Lock[], work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.inTurn(() => this.database.transaction(async (sql) => {
      for (const { class: kind, key, shared } of locks) await sql.query(`select pg_advisory_xact_lock${shared ? '_shared' : ''}($1, hashtext($2))`, [kind, key]);
      return work(sql);
    }));
  }
}
