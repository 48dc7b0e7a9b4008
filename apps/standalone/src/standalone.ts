import { ensureTenant, Database, migrate, progressOf, prepareLog, startMirror } from '#event-store';
import { startPostgres } from '#infra';
import { checkDatabase } from '#startup';
import { startOperations, startTracing } from '#telemetry';
import { ApiKeys, issueKey } from '../../api/src/access/api-keys.js';
import { allMigrations } from '../../api/src/all-migrations.js';
import { createApi } from '../../api/src/create-api.js';
import { beginReactions } from '../../worker/src/reactions.js';
import { startWorker } from '../../worker/src/worker.js';
import { choosePort, refuseSecond } from './choose-port.js';
import { masterKeyIn, prepareHome, readServerNote, writeServerNote } from './home.js';
import { loadDemo } from './load-demo.js';
import type { StandaloneSettings } from './settings.js';

export interface Standalone {
  readonly url: string;
  readonly key: string;
  readonly home: string;
  /** Resolves when the built-in database died and could not be started again. */
  readonly broken: Promise<Error>;
  /** Answers what is in flight, finishes the batch in hand, stops the built-in database. */
  stop(): Promise<void>;
}

export const TENANT = 'demo';
const TIME_ZONE = 'Europe/Berlin';

/** API, worker and database in one process. `say` is told what takes time; an aborted `signal` ends the start between two steps. */
export async function startStandalone(settings: StandaloneSettings, say: (line: string) => void, signal: AbortSignal): Promise<Standalone> {
  const stops: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async () => { for (const end of stops.reverse()) await end(); };
  const stop = () => (stopping ??= stopAll());
  let givenUp!: (error: Error) => void;
  const broken = new Promise<Error>((resolve) => (givenUp = resolve));
  try {
    const { home, host, port, logLevel, publicUrl, smtpUrl, mailFrom, privateWebhooks, kafkaUrl } = settings;
    prepareHome(home);
    await choosePort(host, port, home);
    const masterKey = settings.masterKey ?? masterKeyIn(home);
    if (settings.databaseUrl !== undefined) await checkDatabase(settings.databaseUrl);
    const builtIn = settings.databaseUrl === undefined ? await startPostgres({ home, log: say, revival: { givenUp } }) : undefined;
    if (builtIn) stops.push(() => builtIn.stop());
    signal.throwIfAborted();
    const databaseUrl = settings.databaseUrl ?? builtIn!.url;
    stops.push(await startTracing('standalone', settings));
    const ran = await migrate(databaseUrl, allMigrations);
    if (ran.length > 0) say(`The database schema is up to date (${ran.length} migrations).`);
    const database = new Database(databaseUrl, 'touchline_worker', 2);
    stops.push(() => database.close());
    await ensureTenant(database, TENANT, TIME_ZONE);
    const where = { eventStore: settings.eventStore, eventStoreUrl: settings.eventStoreUrl };
    const warn = (message: string, error: unknown) => say(`${message}: ${(error as Error).message}`);
    await prepareLog(database, where);
    const mirror = await startMirror(where, { worker: database, owner: `start:${process.pid}`, warn });
    if (mirror) stops.push(() => mirror.stop());
    // Before the story, so that its last week asks for what a week of ours would.
    await beginReactions(database, where);
    if (settings.demo) await loadDemo({ databaseUrl, masterKey, tenant: TENANT, timeZone: TIME_ZONE, ...where }, signal);
    // The worker goes on with it.
    await mirror?.stop();
    signal.throwIfAborted();
    const operations = await startOperations({ ...settings, databaseUrl });
    stops.push(operations.close);
    const worker = await startWorker({
      databaseUrl, masterKey, publicUrl, localUrl: port === 0 ? undefined : `http://${host}:${port}`, smtpUrl, mailFrom, privateWebhooks, kafkaUrl, warn, ...where,
    });
    stops.push(() => worker.stop());
    const app = await createApi({ databaseUrl, masterKey, logLevel, traces: settings.traces, ...where, ...(publicUrl ? { publicUrl } : {}), ...(kafkaUrl ? { kafkaUrl } : {}) });
    stops.push(() => app.close());
    await app.listen(port, host);
    const url = await app.getUrl();
    const key = await workingKey(database, home);
    await refuseSecond(port, home);
    writeServerNote(home, { url, key, pid: process.pid });
    await caughtUp(database, say, signal);
    operations.started();
    if (operations.url) say(`How it does: ${operations.url}/metrics`);
    return { url, key, home, broken, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** The key of the last start, as long as it works and may do everything; else a new one. */
async function workingKey(database: Database, home: string): Promise<string> {
  const note = readServerNote(home);
  const caller = note && await new ApiKeys(database).authenticate(note.key, new Date());
  if (caller?.role === 'operator') return note!.key;
  const { key } = await issueKey(database, { tenant: TENANT, name: 'made by npm start', role: 'operator', actor: { kind: 'person', id: 'admin' } });
  return key;
}

/** Until the read models have applied what is in the log: so that the first answer is a right one. */
async function caughtUp(database: Database, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const lags = async () => (await progressOf(database)).some(({ live, behind }) => live && behind > 0);
  if (await lags()) say('Working out how every customer is …');
  while (await lags()) {
    signal.throwIfAborted();
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
