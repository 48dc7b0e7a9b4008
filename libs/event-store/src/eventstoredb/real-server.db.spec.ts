import { afterAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { realServer, sayThatNoneWasTried } from '../../../../test/support/eventstoredb/real-server.js';
import { eventStoreContract } from '../contract.suite.js';
import type { EventStore } from '../event-store.js';
import { openEventStore, openEventStoreDb, prepareLog, startMirror } from '../open-event-store.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';

const ending: (() => unknown)[] = [];
afterAll(async () => { for (const end of ending.reverse()) await end(); }, 60_000);

const openDatabase = async () => {
  const { url, drop } = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
  const worker = new Database(url, 'touchline_worker');
  ending.push(drop, () => worker.close());
  return worker;
};

if (realServer) {
  eventStoreContract('The store on a REAL EventStoreDB', async () => openEventStoreDb(realServer!, await openDatabase()));

  describe('The mirror of a REAL EventStoreDB', () => {
    it('holds what the server holds, in its order and at its positions', async () => {
      const where = { eventStore: 'eventstoredb', eventStoreUrl: realServer } as const;
      const worker = await openDatabase();
      await prepareLog(worker, where);
      const [mirrored, log] = [openEventStore(worker, where), openEventStoreDb(realServer!, worker)];
      const mirror = await startMirror(where, { worker, owner: 'test', warn: (message, error) => process.stderr.write(`${message}: ${String(error)}\n`) });
      ending.push(() => log.close(), () => mirrored.close(), () => mirror!.stop());
      await log.append([{ stream: { tenant: 't5', category: 'customer', id: String(Date.now()) }, expected: 'none', events: [{
        source: 'test', id: String(Date.now()), type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: 'x' }] }]);
      for (let waits = 0; waits < 1_000 && await mirrored.head() !== await log.head(); waits++) await new Promise((wake) => setTimeout(wake, 50));
      expect(await everything(mirrored)).toEqual(await everything(log));
    }, 90_000);
  });
} else {
  it('is not tried, as EVENTSTORE_URL is not set, and the run says so', () => {
    expect(sayThatNoneWasTried()).toMatch(/NO REAL EVENTSTOREDB/);
  });
}

async function everything(store: EventStore): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const batch of store.read(null, { batchSize: 500 })) events.push(...batch.events);
  return events;
}
