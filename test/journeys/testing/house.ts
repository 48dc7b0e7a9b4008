import { Database, ensureTenant, migrate, openEventStore, type OpenedStore, prepareLog, type WhereTheLogIs } from '#event-store';
import { issueKey } from '../../../apps/api/src/access/api-keys.js';
import type { Role } from '../../../apps/api/src/access/roles.js';
import { allMigrations } from '../../../apps/api/src/all-migrations.js';
import { createApi } from '../../../apps/api/src/create-api.js';
import { startWorker } from '../../../apps/worker/src/worker.js';
import { type MailServer, startMailServer } from '../../../libs/outbound/src/testing/mail-server.js';
import { freshDatabase } from '../../support/database.js';

export const masterKey = Buffer.alloc(32, 5).toString('base64');
export const tenant = 'acme';

export interface House {
  readonly url: string;
  /** As the worker. */
  readonly database: Database;
  readonly store: OpenedStore;
  /** What the worker was told that went wrong, and was tried again. */
  readonly warnings: readonly string[];
  /** A request of the systems around us, with a key that may do everything; a text is sent as NDJSON. */
  ask(method: string, path: string, body?: unknown): Promise<Response>;
  /** The same with POST. @throws unless everything was taken */
  post(path: string, body?: unknown): Promise<any>;
  key(role: Role, person: string): Promise<string>;
  /** Ends the worker, does something while none runs, and starts one anew. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

export interface HouseOptions {
  /** Where the worker sends mails to. */
  readonly mails?: MailServer;
  /** Where Kafka is, and whose the house is there, where topics are named after tenants. */
  readonly kafka?: { readonly url: string; readonly tenant: string };
  /** Where the log is. */
  readonly where?: WhereTheLogIs;
}

/** API and worker on a database of their own. */
export async function openHouse({ mails, kafka, where = {} }: HouseOptions = {}): Promise<House> {
  const owner = kafka?.tenant ?? tenant;
  const ends: (() => Promise<unknown>)[] = [];
  const fresh = await freshDatabase(async (address) => void await migrate(address, allMigrations));
  ends.unshift(() => fresh.drop());
  const database = new Database(fresh.url, 'touchline_worker', 4);
  await prepareLog(database, where);
  const store = openEventStore(database, where);
  ends.unshift(async () => { await store.close(); await database.close(); });
  await ensureTenant(database, owner, 'Europe/Berlin');
  const app = await createApi({ ...where, databaseUrl: fresh.url, masterKey, logLevel: 'error', ...(kafka && { kafkaUrl: kafka.url }) });
  ends.unshift(() => app.close());
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const warnings: string[] = [];
  const outside = {
    ...(mails && { masterKey, publicUrl: url, smtpUrl: mails.url, mailFrom: 'Support <support@us.example>' }),
    ...(kafka && { masterKey, kafkaUrl: kafka.url }),
  };
  const start = () => startWorker({ ...where, databaseUrl: fresh.url, ...outside, warn: (message, error) => warnings.push(`${message}: ${String(error)}`) });
  let following = await start();
  ends.unshift(() => following.stop());
  const key = async (role: Role, person: string) => (await issueKey(database, { tenant: owner, name: person, role, actor: { kind: 'person', id: person } })).key;
  const authorization = `Bearer ${await key('operator', 'systems')}`;
  const ask = (method: string, path: string, body?: unknown) => fetch(`${url}${path}`, {
    method, headers: { authorization, 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    url, database, store, warnings, ask, key,
    post: async (path, body = {}) => {
      const response = await ask('POST', path, body);
      const text = await response.text();
      if (!response.ok || text.includes('"rejected"')) throw new Error(`${response.status} ${text}`);
      return JSON.parse(text);
    },
    restart: async (meanwhile) => {
      await following.stop();
      await meanwhile?.();
      following = await start();
    },
    stop: async () => { for (const end of ends) await end(); },
  };
}

/** A house, and a real SMTP server that it sends to. */
export async function openHouseThatMails(): Promise<House & { readonly mails: MailServer }> {
  const mails = await startMailServer();
  const house = await openHouse({ mails });
  return { ...house, mails, stop: async () => { await house.stop(); await mails.close(); } };
}
