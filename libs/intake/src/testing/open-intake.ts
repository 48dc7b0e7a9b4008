import { Database, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, PostgresEventStore } from '#event-store';
import { freshDatabase } from '../../../../test/support/database.js';
import { Intake } from '../intake.js';
import { intakeMigrations } from '../migrations/index.js';
import type { IntakeContext } from '../record-events/intake-context.js';
import { rawItem } from '../record-events/raw-item.js';
import { recordEvents } from '../record-events/record-events.js';

export const tenant = 'acme';
export const receivedAt = new Date();
export const context: IntakeContext = { tenant, actor: { kind: 'system', id: 'helpdesk' }, mayDeclareObservedAt: false, receivedAt };

/** The way in on a database of its own. */
export async function openIntake() {
  const fresh = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...intakeMigrations]));
  const worker = new Database(fresh.url, 'touchline_worker');
  const reader = new Database(fresh.url, 'touchline_reader');
  const masterKey = generateMasterKey();
  const store = new PostgresEventStore(worker);
  const anotherProcess = (database = worker, log = store) => new Intake(log, database, new KeyRing(database, parseMasterKey(masterKey)));
  const onConnections = (most: number) => {
    const few = new Database(fresh.url, 'touchline_worker', most);
    const log = new PostgresEventStore(few);
    return { intake: anotherProcess(few, log), close: () => log.close().then(() => few.close()) };
  };
  const intake = anotherProcess();
  return {
    url: fresh.url, adminUrl: fresh.adminUrl, worker, reader, store, intake, anotherProcess, onConnections,
    record: (items: readonly unknown[], changes: Partial<IntakeContext> = {}) => recordEvents(intake, items.map(rawItem), { ...context, ...changes }),
    stream: (customer: string) => store.readStream({ tenant, category: 'customer', id: customer }),
    close: async () => {
      await store.close();
      await Promise.all([worker.close(), reader.close()]);
      await fresh.drop();
    },
  };
}

let count = 0;

/** A plain event with an id of its own; give only what matters. */
export function event(type: string, data: Record<string, unknown>, changes: Record<string, unknown> = {}) {
  count += 1;
  return { id: `e-${count}`, source: 'helpdesk', type, time: '2026-01-10T08:00:00Z', customer: 'nordlicht', data, ...changes };
}
