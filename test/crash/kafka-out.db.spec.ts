import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore, subscriptionsOf } from '#event-store';
import { parsePosition } from '#journey';
import { connectKafka } from '#kafka';
import { type RunningBroker, startBroker } from '../../infra/kafka/broker.js';
import { jarCache } from '../../infra/kafka/jars.js';
import { decideKafkaOut, tell } from '../../libs/outbound/src/kafka/testing/facts.js';
import { type Child, finish, killChildren, killHard, spawnTypescript } from '../support/child.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

const EVENTS = 100_000;
const CUSTOMERS = 500;
const SLICE = 12_500;
const KILLS = 5;
/** This time in the worst moment: Kafka has committed, and the checkpoint does not know. */
const DIES_BY_ITSELF = 3;
/** After these kills the broker dies too. */
const BROKER_DIES_AFTER = [2, 4];
/** The first only says where the relay is. */
const FROZEN_TRANSACTION = 6;
const PATIENCE_MS = 90_000;

let broker: RunningBroker;
let fresh: TestDatabase;
let worker: Database;
let store: PostgresEventStore;

beforeAll(async () => {
  // It is killed here, so it is nobody else's.
  broker = await startBroker({ folder: mkdtempSync(join(process.env['TOUCHLINE_TEST_FOLDER']!, 'kafka-')), cache: jarCache() });
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 4);
  store = new PostgresEventStore(worker);
}, 180_000);
afterEach(killChildren);
afterAll(async () => {
  await store.close();
  await worker.close();
  await fresh.drop();
  await broker.stop();
});

const toldUpTo = async (): Promise<number> => (await subscriptionsOf(worker))[0]?.position ?? 0;
async function until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  for (const began = Date.now(); !await condition(); await new Promise((wake) => setTimeout(wake, 50))) {
    if (Date.now() - began > PATIENCE_MS) throw new Error(`Waited in vain until ${what}. ${JSON.stringify(await subscriptionsOf(worker))}\n${said.slice(-30).join('\n')}`);
  }
}

const said: string[] = [];
const saidBy = (owner: string, pattern: RegExp): boolean => said.some((line) => line.startsWith(owner) && pattern.test(line));
function relay(owner: string, ...freeze: string[]): Child {
  const child = spawnTypescript('test/crash/relay.ts', [fresh.url, broker.bootstrap, owner, ...freeze]);
  createInterface({ input: child.stdout }).on('line', (line) => said.push(`${owner}: ${line}`));
  return child;
}

/** The numbers that a consumer of committed records finds in each partition, in order. */
async function consumed(topic: string, least: number): Promise<number[][]> {
  const kafka = await connectKafka({ brokers: [broker.bootstrap], tls: false, login: null }, 'consumer');
  const partitions: number[][] = [];
  let [count, last] = [0, Date.now()];
  await kafka.consume({
    group: randomUUID(), topics: [topic], begin: 'beginning', warn: () => undefined,
    handle: async ({ partition, records }) => {
      (partitions[partition] ??= []).push(...records.map(({ headers }) => Number(headers['ce_id'])));
      [count, last] = [count + records.length, Date.now()];
    },
  });
  await until('all was read', () => count >= least && Date.now() - last > 3_000);
  await kafka.close();
  return partitions.filter((numbers) => numbers !== undefined);
}

describe('A relay to Kafka', () => {
  it('tells each fact once and in order per customer, though it is killed five times, frozen once while another takes over, and the broker dies twice', async () => {
    await ensureTenant(worker, 'acme', 'UTC');
    await decideKafkaOut(store, 'acme', 'r1');
    let told = 0;
    const tellMore = async (): Promise<number> => {
      await tell(store, 'acme', told, SLICE, CUSTOMERS);
      told += SLICE;
      return parsePosition(await store.head()).n;
    };

    await tellMore();
    const frozen = relay('frozen', 'freeze', String(FROZEN_TRANSACTION));
    await until('the first relay froze', () => saidBy('frozen', /frozen$/));
    const heldAt = await toldUpTo();
    let current = relay('second');
    await until('the second took over', async () => await toldUpTo() > heldAt);
    frozen.kill('SIGCONT');
    await until('the first was refused', () => saidBy('frozen', /refused: INVALID_PRODUCER_EPOCH/));
    await killHard(frozen);

    for (let kill = 1; kill <= KILLS; kill++) {
      const from = await toldUpTo();
      const telling = tellMore();
      if (kill === DIES_BY_ITSELF) await until('it died', () => current.signalCode !== null);
      else await until(`the relay before kill ${kill} was at it`, async () => await toldUpTo() > from + SLICE / 4);
      await killHard(current);
      if (BROKER_DIES_AFTER.includes(kill)) await broker.restart();
      await telling;
      current = relay(`after-kill-${kill}`, ...(kill + 1 === DIES_BY_ITSELF ? ['die', '4'] : []));
    }
    let end = 0;
    while (told < EVENTS) end = await tellMore();
    await until('all was told', async () => await toldUpTo() >= end);
    await finish(current);

    const partitions = await consumed('touchline.acme.journey', EVENTS);
    const all = partitions.flat();
    expect({ records: all.length, facts: new Set(all).size }).toEqual({ records: EVENTS, facts: EVENTS });
    // A customer in two partitions has no order at all, whatever these hold.
    const byCustomer = new Map<number, { n: number; partition: number }[]>();
    for (const [partition, numbers] of partitions.entries()) for (const n of numbers) byCustomer.set(n % CUSTOMERS, [...byCustomer.get(n % CUSTOMERS) ?? [], { n, partition }]);
    const isBroken = (found: readonly { n: number; partition: number }[]): boolean => found.some(({ n, partition }, at) => at > 0 && (partition !== found[at - 1]!.partition || n < found[at - 1]!.n));
    expect([...byCustomer].filter(([, found]) => isBroken(found)).map(([customer]) => customer)).toEqual([]);
    expect(partitions.length).toBeGreaterThan(1);
  }, 600_000);
});
