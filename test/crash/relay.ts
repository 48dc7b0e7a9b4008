import { createRequire } from 'node:module';
import process from 'node:process';
import { Database, PostgresEventStore, Subscriber } from '#event-store';
import { connectKafka } from '#kafka';
import { kafkaOut } from '#outbound';

/**
 * A relay to Kafka as a process of its own: `relay.ts DATABASE_URL BROKER OWNER [freeze|die N]`. Prints `ready`. `freeze`: it stops itself, as SIGSTOP
 * does, when it has sent the records of its transaction N and is about to commit it. `die`: it kills itself when it has committed it, before the checkpoint
 * knows. Leaves at the end of its input.
 */
const [url = '', broker = '', owner = '', what, at] = process.argv.slice(2);
const require = createRequire(import.meta.url);
if (what !== undefined) interruptAtCommit(Number(at), what === 'freeze' ? freeze : die);

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

type Commit = () => Promise<void>;

/** What commits a transaction in kafkajs is put aside before kafkajs is loaded, since nothing outside can tell this moment. */
function interruptAtCommit(transaction: number, interrupt: (commit: Commit) => Promise<void>): void {
  const path = require.resolve('kafkajs/src/producer/eosManager');
  const create = require(path) as (options: object) => { commit: Commit };
  let count = 0;
  require.cache[path]!.exports = (options: object) => {
    const manager = create(options);
    const { commit } = manager;
    return Object.assign(manager, { commit: () => (++count === transaction ? interrupt(commit) : commit()) });
  };
}

async function freeze(commit: Commit): Promise<void> {
  console.log('frozen');
  await new Promise((wake) => setTimeout(wake, 50));
  process.kill(process.pid, 'SIGSTOP');
  await commit().catch((error: { type?: string }) => {
    console.log(`refused: ${error.type}`);
    throw error;
  });
}

async function die(commit: Commit): Promise<void> {
  await commit();
  process.kill(process.pid, 'SIGKILL');
}
