import { randomBytes } from 'node:crypto';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore } from '#event-store';
import { connectKafka } from '#kafka';
import { freshDatabase } from '../../../../../test/support/database.js';
import { testBroker } from '../../../../../test/support/kafka.js';

/** A log on a database of its own, and the broker that the test run shares. */
export async function openKafkaHouse() {
  const kafka = await connectKafka({ brokers: [await testBroker()], tls: false, login: null }, 'test');
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  const worker = new Database(fresh.url, 'touchline_worker', 8);
  const store = new PostgresEventStore(worker);
  return {
    kafka, fresh, worker, store,
    /** Topics outlive a test; a tenant of its own has its own. */
    newTenant: async (): Promise<string> => {
      const tenant = `t${randomBytes(6).toString('hex')}`;
      await ensureTenant(worker, tenant, 'UTC');
      return tenant;
    },
    close: async () => {
      await kafka.close();
      await store.close();
      await worker.close();
      await fresh.drop();
    },
  };
}
