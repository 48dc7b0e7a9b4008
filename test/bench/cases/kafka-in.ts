import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Kafka as Client, logLevel } from 'kafkajs';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { KeyRing, parseMasterKey } from '#event-store';
import { Intake, KafkaIn, kafkaInState } from '#intake';
import { KAFKA_IN, topicIn } from '#journey';
import { connectKafka, type Kafka, type Outgoing, parseKafkaUrl } from '#kafka';
import { type RunningBroker, startBroker } from '../../../infra/kafka/broker.js';
import { jarCache } from '../../../infra/kafka/jars.js';
import type { BenchCase } from '../bench-case.js';
import { furnish } from '../doors.js';
import { fileLines } from '../file-lines.js';
import type { House } from '../house.js';

const RECORDS = 30_000;
const TENANT = 'bench';
const TOPIC = topicIn(TENANT);
const BARE_TOPIC = 'bench-of-the-limit';
const AT_ONCE = 3;

interface Line { readonly customer: { readonly system: string; readonly id: string }; readonly observedAt: string; readonly [field: string]: unknown }

/** Facts of a file as CloudEvents, keyed by customer. */
function* recordsOf(topic: string, turn: number): Generator<Outgoing[]> {
  for (const piece of fileLines(turn, RECORDS, 'ndjson')) {
    yield piece.split('\n').filter(Boolean).map((line) => {
      const { customer, observedAt: _, ...event } = JSON.parse(line) as Line;
      return { topic, key: customer.id, value: JSON.stringify({ specversion: '1.0', ...event, subject: `${customer.system}:${customer.id}` }), headers: { 'content-type': 'application/cloudevents+json' } };
    });
  }
}

/** So many records a second, from the first batch to the end of the last. */
class Watch {
  private end!: (figure: number) => void;
  readonly figure = new Promise<number>((resolve) => { this.end = resolve; });
  private handled = 0;
  private began = 0;

  begin(): void {
    this.began ||= performance.now();
  }

  add(count: number): void {
    this.handled += count;
    if (this.handled >= RECORDS) this.end(this.handled / ((performance.now() - this.began) / 1_000));
  }
}

const watched = (kafka: Kafka, watch: Watch): Kafka => ({ ...kafka, consume: (consumption) => kafka.consume({ ...consumption, handle: async (batch) => {
  watch.begin();
  await consumption.handle(batch);
  watch.add(batch.records.length);
} }) });

/** The least that still reads each record once into a table. */
async function copyAll(client: Client, pool: pg.Pool): Promise<number> {
  const watch = new Watch();
  const consumer = client.consumer({ groupId: 'bench-of-the-limit', maxWaitTimeInMs: 1_000 });
  await consumer.connect();
  await consumer.subscribe({ topics: [BARE_TOPIC], fromBeginning: true });
  await consumer.run({ autoCommit: false, partitionsConsumedConcurrently: AT_ONCE, eachBatch: async ({ batch: { topic, partition, messages } }) => {
    watch.begin();
    const lines = messages.map(({ value }) => {
      const { subject, type, data } = JSON.parse(value!.toString()) as Record<string, unknown>;
      return `${String(subject)}\t${String(type)}\t${JSON.stringify(data)}\n`;
    });
    const connection = await pool.connect();
    try {
      await pipeline(Readable.from([lines.join('')]), connection.query(copyFrom('copy log (stream, type, data) from stdin')));
    } finally {
      connection.release();
    }
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(messages.at(-1)!.offset) + 1n) }]);
    watch.add(messages.length);
  } });
  const figure = await watch.figure;
  await consumer.disconnect();
  return figure;
}

/** What stands in a topic of six partitions until it is durable in the log, all checks on, and its offsets are committed. */
export function kafkaIn(house: House): BenchCase {
  let folder: string;
  let broker: RunningBroker;
  let kafka: Kafka;
  return {
    name: 'kafka-in', unit: 'events/s', limitIs: 'a bare kafkajs consumer that parses the same records and COPYs them into the bare table, three partitions at a time on either side',
    prepare: async () => {
      folder = mkdtempSync(join(tmpdir(), 'bench-of-touchline-kafka-'));
      broker = await startBroker({ folder: join(folder, 'kafka'), cache: jarCache() });
      const address = parseKafkaUrl(`kafka://${broker.bootstrap}`)!;
      kafka = await connectKafka(address, 'bench');
      const client = new Client({ clientId: 'bench-limit', brokers: [...address.brokers], logLevel: logLevel.NOTHING });
      const masterKey = await furnish(house);
      const pool = house.pool(AT_ONCE);
      await house.store.append([{ stream: { tenant: TENANT, ...KAFKA_IN }, expected: 'any', events: [{ source: 'bench', id: 'kafka-in', type: 'kafkain.set', version: 1, occurredAt: '2026-01-01T00:00:00Z', actor: { kind: 'system', id: 'bench' }, data: { on: true, reason: 'Bench' }, bodyHash: 'on' }] }]);
      await kafkaInState(kafka, TENANT, [TOPIC], 'make');
      await kafka.prepareTopics([{ name: BARE_TOPIC, partitions: 6, replicas: 1, config: {}, complain: () => [] }]);
      const writer = await kafka.writer();
      let turn = 0;
      const publish = async (topic: string) => {
        turn += 1;
        for (const records of recordsOf(topic, turn)) if (records.length > 0) await writer.write(records);
      };
      const warn = (message: string, error: unknown) => process.stderr.write(`${message}: ${(error as Error).message}\n`);
      const ours = async () => {
        await publish(TOPIC);
        const watch = new Watch();
        const reader = new KafkaIn({ intake: new Intake(house.store, house.worker, new KeyRing(house.worker, parseMasterKey(masterKey))), worker: house.worker, kafka: watched(kafka, watch), warn });
        reader.start();
        const figure = await watch.figure;
        await reader.stop();
        return figure;
      };
      const limit = async () => {
        await publish(BARE_TOPIC);
        return copyAll(client, pool);
      };
      return { ours, limit };
    },
    end: async () => {
      await kafka.close();
      await broker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
