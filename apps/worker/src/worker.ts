import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Database, KeyRing, openEventStore, parseMasterKey, prepareLog, type WhereTheLogIs } from '#event-store';
import type { Outside } from './reactions.js';
import { ROLES, startRoles } from './roles/roles.js';
import type { Running } from './roles/shared.js';

export interface WorkerOptions extends Outside, WhereTheLogIs {
  readonly databaseUrl: string;
  /** 32 bytes in base64; without it nobody's address can be read. */
  readonly masterKey?: string | undefined;
  /** What it does. Left out: everything. */
  readonly roles?: readonly string[];
  /** Told of what went wrong and is tried again. */
  readonly warn: (message: string, error: unknown) => void;
}

export type Worker = Running;

/** What runs unasked. Processes share nothing but the database, so any number of them may run, each with the roles it is given. */
export async function startWorker({ databaseUrl, masterKey, roles = ROLES, eventStore, eventStoreUrl, ...others }: WorkerOptions): Promise<Worker> {
  const worker = new Database(databaseUrl, 'touchline_worker', 12);
  const reader = new Database(databaseUrl, 'touchline_reader', 2);
  const where: WhereTheLogIs = { ...(eventStore && { eventStore }), eventStoreUrl };
  const store = openEventStore(worker, where);
  const keys = masterKey === undefined ? null : new KeyRing(worker, parseMasterKey(masterKey));
  const close = async () => {
    await store.close();
    await Promise.all([worker.close(), reader.close()]);
  };
  try {
    await prepareLog(worker, where);
    await keys?.verifyMasterKey();
    const running = await startRoles({ ...others, worker, reader, store, where, keys, owner: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}` }, roles);
    return { stop: async () => { await running.stop(); await close(); } };
  } catch (error) {
    await close();
    throw error;
  }
}
