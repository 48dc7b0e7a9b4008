import { afterAll } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { eventStoreContract } from '../contract.suite.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { eventStoreMigrations } from './migrations/index.js';
import { PostgresEventStore } from './postgres-event-store.js';

const ending: (() => Promise<unknown>)[] = [];
afterAll(async () => { for (const end of ending.reverse()) await end(); });

eventStoreContract('The store on PostgreSQL', async () => {
  const { url, drop } = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
  const worker = new Database(url, 'touchline_worker');
  ending.push(drop, () => worker.close());
  return new PostgresEventStore(worker);
});
