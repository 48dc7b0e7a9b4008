import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer as KafkajsConsumer, EachBatchPayload, Kafka as Client } from 'kafkajs';
import type { Consumer, Consumption } from '../port.js';
import { incoming } from './incoming.js';

const HEARTBEAT_MS = 3_000;
/** Of a member that was killed, or stands still, the others learn after so long. */
const SESSION_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * A member of a group. kafkajs is left to end when something goes wrong that it does not get over by itself (it counts some errors as final,
 * and stops without a word); it is then made anew here, after a pause that grows.
 */
export function startConsumer(client: Client, consumption: Consumption): Consumer {
  const stopping = new AbortController();
  const done = keepConsuming(client, consumption, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function keepConsuming(client: Client, consumption: Consumption, stop: AbortSignal): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; !stop.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const started = Date.now();
    const consumer = client.consumer({
      groupId: consumption.group, readUncommitted: false, allowAutoTopicCreation: false, sessionTimeout: SESSION_MS, heartbeatInterval: HEARTBEAT_MS, maxWaitTimeInMs: 1_000,
      ...(consumption.maxBytes !== undefined && { maxBytes: consumption.maxBytes, maxBytesPerPartition: consumption.maxBytes }),
      retry: { restartOnFailure: async () => false },
    });
    const error = await untilItEnds(consumer, consumption, stop);
    await consumer.disconnect().catch(() => undefined);
    if (stop.aborted) return;
    // Once is nothing: a coordinator that has just begun to load its groups is left by kafkajs at the first answer.
    if (pause > FIRST_PAUSE_MS) consumption.warn(`Reading ${consumption.topics.join(', ')} from Kafka as ${consumption.group} stopped and begins again: ${error.message}`);
    if (Date.now() - started > LONGEST_PAUSE_MS) pause = FIRST_PAUSE_MS;
    await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function untilItEnds(consumer: KafkajsConsumer, consumption: Consumption, stop: AbortSignal): Promise<Error> {
  const ended = new Promise<Error>((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
    // Of records that were taken back and of marks of transactions nobody is told; they would count as waiting for ever.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, batchSize, lastOffset } }) => (batchSize === 0 ? committed(consumer, topic, partition, lastOffset) : undefined));
    stop.addEventListener('abort', () => resolve(new Error('it was asked to stop')), { once: true });
  });
  const member: Member = { consumer, consumption, stop, rests: new Map() };
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...consumption.topics], fromBeginning: consumption.begin === 'beginning' });
    await consumer.run({
      autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: consumption.atOnce ?? 1,
      eachBatch: (payload) => handled(member, payload),
    });
    return await ended;
  } catch (error) {
    return error as Error;
  }
}

interface Member {
  readonly consumer: KafkajsConsumer;
  readonly consumption: Consumption;
  readonly stop: AbortSignal;
  /** How long each partition rests when its batch fails once more. */
  readonly rests: Map<string, number>;
}

/** Heartbeats go on while the batch is worked on, however long that takes; one that fails says that the partition is no longer ours. */
async function handled(member: Member, payload: EachBatchPayload): Promise<void> {
  const { consumer, consumption: { handle }, stop, rests } = member;
  const { batch, heartbeat, resolveOffset, isRunning } = payload;
  const { topic, partition } = batch;
  if (!isRunning()) return;
  const lost = new AbortController();
  const beat = setInterval(() => { heartbeat().catch((error: unknown) => lost.abort(error)); }, HEARTBEAT_MS);
  const records = batch.messages.map((message) => incoming(topic, partition, message));
  const failure = await handle({ topic, partition, records, signal: AbortSignal.any([lost.signal, stop]) }).then(() => null, (error: Error) => error);
  clearInterval(beat);
  if (lost.signal.aborted) throw lost.signal.reason as Error;
  if (failure) return stop.aborted ? undefined : rest(member, payload, failure);
  rests.delete(nameOf(batch));
  const last = batch.messages.at(-1)!.offset;
  await committed(consumer, topic, partition, batch.lastOffset());
  resolveOffset(last);
}

const committed = (consumer: KafkajsConsumer, topic: string, partition: number, last: string): Promise<void> => consumer.commitOffsets([{ topic, partition, offset: String(BigInt(last) + 1n) }]);

/** The batch comes again after a pause that grows. If it were thrown, kafkajs would stop all partitions, try six times and leave the group. */
function rest({ rests, consumption: { warn } }: Member, { batch, pause }: EachBatchPayload, failure: Error): void {
  const ms = rests.get(nameOf(batch)) ?? FIRST_PAUSE_MS;
  rests.set(nameOf(batch), Math.min(ms * 2, LONGEST_PAUSE_MS));
  setTimeout(pause(), ms).unref();
  warn(`A batch of ${batch.topic}, partition ${batch.partition}, from ${batch.firstOffset()}, could not be handled and comes again: ${failure.message}`);
}

const nameOf = ({ topic, partition }: EachBatchPayload['batch']): string => `${topic}/${partition}`;
