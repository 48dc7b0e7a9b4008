import { createRequire } from 'node:module';
import process from 'node:process';
import { Database, PostgresEventStore, Subscriber } from '#event-store';
import { connectKafka } from '#kafka';
import { kafkaOut } from '#outbound';

/**
 * A relay to Kafka as a process of its own: `relay.ts DATABASE_URL BROKER OWNER [FREEZE]`. Prints `ready`. With FREEZE it stops itself, as SIGSTOP
 * does, when it has sent the records of that transaction and is about to commit it. Leaves at the end of its input.
 */
const [url = '', broker = '', owner = '', freeze] = process.argv.slice(2);
const require = createRequire(import.meta.url);
if (freeze !== undefined) freezeBeforeCommit(Number(freeze));

const database = new Database(url, 'touchline_worker', 6);
const store = new PostgresEventStore(database);
const kafka = await connectKafka({ brokers: [broker], tls: false, login: null }, owner);
const warn = (message: string, error?: unknown): void => console.log(`${message}: ${(error as Error | undefined)?.name} ${(error as Error | undefined)?.message}`);
const subscriber = new Subscriber({ store, worker: database, kinds: [kafkaOut({ kafka, store, worker: database, warn })], owner, warn });
await subscriber.start();
console.log('ready');
process.stdin.resume().once('end', async () => {
  await subscriber.stop();
  await kafka.close();
  await store.close();
  await database.close();
});

/** What commits a transaction in kafkajs is put aside before kafkajs is loaded, since nothing outside can tell this moment. */
function freezeBeforeCommit(transaction: number): void {
  const path = require.resolve('kafkajs/src/producer/eosManager');
  interface Manager { commit(): Promise<void>; isTransactional(): boolean }
  const create = require(path) as (options: object) => Manager;
  let count = 0;
  require.cache[path]!.exports = (options: object): Manager => {
    const manager = create(options);
    const commit = manager.commit.bind(manager);
    return Object.assign(manager, {
      commit: async (): Promise<void> => {
        if (++count === transaction) {
          console.log('frozen');
          await new Promise((wake) => setTimeout(wake, 50));
          process.kill(process.pid, 'SIGSTOP');
          return commit().catch((error: { type?: string }) => {
            console.log(`refused: ${error.type}`);
            throw error;
          });
        }
        return commit();
      },
    });
  };
}
