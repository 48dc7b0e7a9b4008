import { Readable } from 'node:stream';
import { lagOfReaders } from '../../../apps/api/src/events/lag-of-readers.js';
import { Database, KeyRing, parseMasterKey, PostgresEventStore } from '#event-store';
import { importEvents, Intake } from '#intake';
import { appendedBy } from '../cases/import-file.js';
import { fileLines } from '../file-lines.js';

/** Imports so many generated lines, which are never kept, and prints the most memory that the process had: resident, in MiB; and events by the second. With a tenant of its own it waits for the readers, as the API does. */
const [databaseUrl, masterKey, turn, lines, tenant] = process.argv.slice(2) as [string, string, string, string, string?];
const worker = new Database(databaseUrl, 'touchline_worker');
const store = new PostgresEventStore(worker);
const intake = new Intake(store, worker, new KeyRing(worker, parseMasterKey(masterKey)));
const start = performance.now();
const appended = await appendedBy(importEvents(intake, Readable.from(fileLines(Number(turn), Number(lines), 'ndjson')), {
  tenant: tenant ?? 'bench', ...(tenant === undefined ? {} : { lag: () => lagOfReaders(worker) }), actor: { kind: 'system', id: 'bench' }, importId: `memory-${turn}`, mayDeclareObservedAt: true, clock: () => new Date() }));
const perSecond = Math.round(appended / ((performance.now() - start) / 1_000));
process.stdout.write(`${JSON.stringify({ mebibytes: Math.round(process.resourceUsage().maxRSS / 1_024), perSecond, appended })}\n`);
await store.close();
await worker.close();
