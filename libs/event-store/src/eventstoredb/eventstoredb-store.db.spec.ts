import { afterAll } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { EventStoreDbStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { eventStoreContract } from '../contract.suite.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { openEventStoreDb } from '../open-event-store.js';

const ending: (() => unknown)[] = [];
afterAll(async () => { for (const end of ending.reverse()) await end(); });

const open = async (url: string) => {
  const { url: database, drop } = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
  const worker = new Database(database, 'touchline_worker');
  ending.push(drop, () => worker.close());
  return openEventStoreDb(url, worker);
};

const standIn = async () => {
  const server = await new EventStoreDbStandIn().start();
  ending.push(() => server.stop());
  return server;
};

eventStoreContract('The store on EventStoreDB (a stand-in, no real server)', async () => open((await standIn()).url));
eventStoreContract('The store on EventStoreDB (a stand-in found by gossip)', async () => open((await standIn()).clusterUrl));
