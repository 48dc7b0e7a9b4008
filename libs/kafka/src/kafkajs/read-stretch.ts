import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka as Client } from 'kafkajs';
import type { Incoming, Stretch } from '../port.js';
import { failure } from './failure.js';
import { incoming } from './incoming.js';

type Visit = (records: readonly Incoming[]) => Promise<boolean>;
interface Bounds { readonly begin: bigint; readonly end: bigint }

/** Of no progress: a long stretch may take as long as it likes. */
const PATIENCE_MS = 60_000;

/** kafkajs reads only as a member of a group: this one commits nothing and is forgotten with its last member. */
export async function readStretch(client: Client, stretch: Stretch, visit: Visit): Promise<void> {
  const { topic } = stretch;
  const consumer = client.consumer({ groupId: `${topic}.read.${randomUUID()}`, readUncommitted: false, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 });
  let refusal: { readonly cause: unknown } | undefined;
  const visited: Visit = (records) => visit(records).catch((cause: unknown) => {
    refusal = { cause };
    throw new Error('The visitor failed');
  });
  try {
    const bounds = await boundsOf(client, stretch);
    if (!bounds) return;
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await visitAll(consumer, stretch, bounds, visited);
  } catch (error) {
    throw refusal ? refusal.cause : failure(error, `${topic} could not be read`);
  } finally {
    await consumer.disconnect().catch(() => undefined);
  }
}

function visitAll(consumer: Consumer, { topic, partition, from }: Stretch, { begin, end }: Bounds, visit: Visit): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  let ended = false;
  return new Promise<void>((resolve, reject) => {
    const patient = (): void => {
      clearTimeout(late);
      late = setTimeout(() => reject(new Error('nothing came any more')), PATIENCE_MS);
    };
    const finish = (): void => { ended = true; resolve(); };
    const fail = (error: unknown): void => { ended = true; reject(error as Error); };
    patient();
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => { if (!restart) fail(error); });
    // Also told of what is not handed out: records that were taken back, and the marks of transactions.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => { if (payload.partition === partition && BigInt(payload.lastOffset) + 1n >= end) finish(); });
    consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        patient();
        if (ended || batch.partition !== partition) return;
        const records = batch.messages.map((message) => incoming(topic, partition, message)).filter(({ offset }) => offset >= from && offset < end);
        await (records.length === 0 ? undefined : visit(records).then((goOn) => { if (!goOn) finish(); }, fail));
      },
    }).catch(fail);
    consumer.seek({ topic, partition, offset: String(from > begin ? from : begin) });
  }).finally(() => clearTimeout(late));
}

/** Undefined where there is nothing to read. */
async function boundsOf(client: Client, { topic, partition, from }: Stretch): Promise<Bounds | undefined> {
  const admin = client.admin();
  try {
    await admin.connect();
    if (!(await admin.listTopics()).includes(topic)) return undefined;
    const found = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition);
    const [begin, end] = [BigInt(found?.low ?? 0), BigInt(found?.high ?? 0)];
    return end > begin && end > from ? { begin, end } : undefined;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
