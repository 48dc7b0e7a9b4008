import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testBroker } from '../../../../test/support/kafka.js';
import { WriterFenced } from '../errors.js';
import type { Consumer, Incoming, Kafka, TopicWish } from '../port.js';
import { connectKafka } from './connect.js';

let kafka: Kafka;
const said: string[] = [];
const some = (): string => `t-${randomUUID()}`;
const wish = (name: string, config: Record<string, string> = {}, partitions = 1): TopicWish => ({ name, create: true, partitions, replicas: 3, config, complain: () => [] });

async function topic(config: Record<string, string> = {}, partitions = 1): Promise<string> {
  const name = some();
  await kafka.prepareTopics([wish(name, config, partitions)]);
  return name;
}

/** What a consumer that reads committed records only has of a topic once it has so many. */
async function read(name: string, count: number): Promise<Incoming[]> {
  const records: Incoming[] = [];
  await new Promise<void>((resolve, reject) => {
    void kafka.consume({
      group: some(), topics: [name], begin: 'beginning', warn: (sentence) => reject(new Error(sentence)),
      handle: async ({ records: more }) => { records.push(...more); if (records.length >= count) resolve(); },
    });
  });
  return records;
}

const values = (records: Iterable<Incoming>): (string | undefined)[] => [...records].map(({ value }) => value?.toString());

beforeAll(async () => {
  const broker = await testBroker();
  kafka = await connectKafka({ brokers: [broker], tls: false, login: null }, 'test', (line) => said.push(line));
}, 120_000);
afterAll(() => kafka.close());

describe('The port to Kafka, on a real broker', () => {
  it('writes transactions, each as a whole, with keys, headers and order', async () => {
    const name = await topic();
    const writer = await kafka.takeOver(some());
    await writer.write([{ topic: name, key: 'a', value: '1', headers: { type: 'x', ü: 'ö' } }, { topic: name, key: 'b', value: null }]);
    await writer.write([{ topic: name, key: 'a', value: '2' }]);
    const records = await read(name, 3);
    expect(values(records)).toEqual(['1', undefined, '2']);
    expect(records[0]).toMatchObject({ topic: name, partition: 0, offset: 0n, headers: { type: Buffer.from('x'), ü: Buffer.from('ö') } });
    expect(records[0]!.key?.toString()).toBe('a');
    await writer.close();
  });

  it('refuses a writer whose id was taken over, and shows nothing of what it had begun', async () => {
    const [name, id] = [await topic(), some()];
    const first = await kafka.takeOver(id);
    await first.write([{ topic: name, key: 'k', value: 'before' }]);
    const second = await kafka.takeOver(id);
    await expect(first.write([{ topic: name, key: 'k', value: 'stale' }])).rejects.toThrow(WriterFenced);
    await expect(first.write([{ topic: name, key: 'k', value: 'stale' }])).rejects.toThrow('take over anew');
    await second.write([{ topic: name, key: 'k', value: 'after' }]);
    expect(values(await read(name, 2))).toEqual(['before', 'after']);
  });

  it('writes more than one record batch may hold, in order', async () => {
    const name = await topic();
    const writer = await kafka.takeOver(some());
    const big = 'x'.repeat(100_000);
    await writer.write(Array.from({ length: 30 }, (_, n) => ({ topic: name, key: 'k', value: `${n} ${big}` })));
    expect(values(await read(name, 30)).map((value) => Number(value?.split(' ')[0]))).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  it('reads a compacted topic to its end, whatever its tail is made of', async () => {
    const name = await topic({ 'cleanup.policy': 'compact' });
    const [other, writer] = [await kafka.takeOver(some()), await kafka.takeOver(some())];
    await other.write([{ topic: name, key: 'a', value: '1' }, { topic: name, key: 'b', value: '1' }, { topic: name, key: 'c', value: '1' }]);
    await other.write([{ topic: name, key: 'a', value: '2' }, { topic: name, key: 'b', value: null }]);
    await takenBack(name);
    const latest = await kafka.latest(name, writer);
    expect([...latest].map(([key, { value }]) => [key, value?.toString()])).toEqual([['a', '2'], ['c', '1']]);
    await takenBack(name);
    expect([...(await kafka.latest(name, writer)).keys()]).toEqual(['a', 'c']);
  });

  it('commits offsets only after the handler: what it refused comes again, what it took does not', async () => {
    const [name, group] = [await topic(), some()];
    const writer = await kafka.writer();
    await writer.write([1, 2, 3].map((n) => ({ topic: name, key: 'k', value: String(n) })));
    const seen: (string | undefined)[][] = [];
    const warned: string[] = [];
    let stop = async (): Promise<void> => undefined;
    const once = (refuse: number, enough: number): Promise<void> => new Promise((resolve) => {
      void kafka.consume({
        group, topics: [name], begin: 'beginning', warn: (sentence) => warned.push(sentence),
        handle: async ({ records }) => {
          seen.push(values(records));
          if (seen.length <= refuse) throw new TypeError('not now');
          if (seen.flat().length >= enough) setTimeout(resolve, 500);
        },
      }).then((consumer) => { stop = consumer.stop; });
    });
    await once(1, 6);
    await stop();
    expect(seen).toEqual([['1', '2', '3'], ['1', '2', '3']]);
    expect(warned.join()).toContain('could not be handled and comes again: not now');
    await writer.write([{ topic: name, key: 'k', value: '4' }]);
    seen.length = 0;
    await once(0, 1);
    await stop();
    expect(seen).toEqual([['4']]);
  });

  it('lets a partition rest for longer each time that its batch fails, and begins anew after one that was handled', async () => {
    const name = await topic();
    const writer = await kafka.writer();
    const attempts = new Map<string, number[]>();
    const failures: Readonly<Record<string, number>> = { often: 4, once: 1 };
    const rested = (value: string): number => Math.round(attempts.get(value)!.at(-1)! - attempts.get(value)!.at(-2)!);
    let handled = (): void => undefined;
    const consumer = await kafka.consume({
      group: some(), topics: [name], begin: 'beginning', warn: () => undefined,
      handle: async ({ records: [record] }) => {
        const value = record!.value!.toString();
        const times = [...attempts.get(value) ?? [], performance.now()];
        attempts.set(value, times);
        if (times.length <= failures[value]!) throw new Error('not now');
        handled();
      },
    });
    for (const value of ['often', 'once']) {
      const done = new Promise<void>((resolve) => { handled = resolve; });
      await writer.write([{ topic: name, key: 'k', value }]);
      await done;
    }
    // Eight times as long by then as after the first failure.
    expect(rested('once')).toBeLessThan(rested('often'));
    await consumer.stop();
    await writer.close();
  }, 60_000);

  it.each(['heeds', 'does not heed'])('gives a batch back while another member joins, and warns of nothing, where the handler %s the signal', async (does) => {
    const [name, group] = [await topic(), some()];
    const writer = await kafka.writer();
    await writer.write([{ topic: name, key: 'k', value: '1' }]);
    await writer.close();
    const warned: string[] = [];
    let attempts = 0;
    let again = (): void => undefined;
    const cameAgain = new Promise<void>((resolve) => { again = resolve; });
    const join = () => new Promise<Consumer>((begun) => {
      const joined = kafka.consume({
        group, topics: [name], begin: 'beginning', warn: (sentence) => warned.push(sentence),
        handle: async ({ signal }) => {
          if (++attempts > 1) return again();
          begun(joined);
          await new Promise((lost) => signal.addEventListener('abort', lost, { once: true }));
          if (does === 'heeds') signal.throwIfAborted();
        },
      });
      if (attempts > 0) begun(joined);
    });
    const members = [await join(), await join()];
    await cameAgain;
    expect([attempts, warned]).toEqual([2, []]);
    await Promise.all(members.map((member) => member.stop()));
  }, 60_000);

  it('has read all of a topic at whose end nothing is handed out', async () => {
    const [name, group] = [await topic(), some()];
    await takenBack(name);
    const consumer = await kafka.consume({ group, topics: [name], begin: 'beginning', warn: () => undefined, handle: async () => undefined });
    const behind = async () => (await kafka.progress(group, [name])).some(({ committed, end }) => committed !== end);
    for (const patience = Date.now() + 15_000; await behind() && Date.now() < patience;) await new Promise((wake) => setTimeout(wake, 200));
    expect(await kafka.progress(group, [name])).toMatchObject([{ committed: 3n, end: 3n }]);
    await consumer.stop();
  });

  it('creates topics that are missing, and says what is wrong with those that are there, which it leaves alone', async () => {
    const name = await topic({ 'retention.ms': '1000' }, 2);
    const complain: TopicWish['complain'] = ({ partitions, replicas, config }) => [`${partitions} partitions, ${config['retention.ms']} ms, ${replicas} replicas, ${config['min.insync.replicas']} in sync`];
    const other = some();
    expect(await kafka.prepareTopics([{ ...wish(name), complain }, { ...wish(other, { 'retention.ms': '2000' }, 3), complain }, { ...wish('nowhere'), create: false }])).toEqual([
      { name, created: false, partitions: 2, complaints: ['2 partitions, 1000 ms, 1 replicas, 1 in sync'] },
      { name: other, created: true, partitions: 3, complaints: ['3 partitions, 2000 ms, 1 replicas, 1 in sync'] },
      { name: 'nowhere', created: false, partitions: 0, complaints: ['There is no topic nowhere, and it is not ours to make.'] },
    ]);
  });

  it('lets an idle connection rest: kafkajs by itself would set a thousand timers a second', async () => {
    const writer = await kafka.takeOver(some());
    const set = globalThis.setTimeout;
    let timers = 0;
    globalThis.setTimeout = ((...given: Parameters<typeof set>) => { timers++; return set(...given); }) as typeof set;
    try {
      await new Promise((wake) => set(wake, 500));
    } finally {
      globalThis.setTimeout = set;
    }
    expect(timers).toBeLessThan(20);
    await writer.close();
  });

  it('says in a sentence that there is no Kafka', async () => {
    const nobody = await connectKafka({ brokers: ['127.0.0.1:1'], tls: false, login: null }, 'test');
    await expect(nobody.takeOver('x')).rejects.toThrow(/No writer could be opened on Kafka: .*ECONNREFUSED/);
  }, 60_000);

  it('reads a stretch of a partition up to what was its end, and no further than is wanted', async () => {
    const name = await topic();
    const stretch = async (from: bigint): Promise<string[]> => {
      const found: string[] = [];
      await kafka.read({ topic: name, partition: 0, from }, async (records) => {
        found.push(...records.map(({ value }) => value!.toString()));
        return true;
      });
      return found;
    };
    expect(await stretch(0n)).toEqual([]);
    // The mark of the transaction is the last that the partition has.
    const writer = await kafka.takeOver(some());
    await writer.write(['a', 'b', 'c'].map((value) => ({ topic: name, key: Buffer.from([0xff]), value })));
    expect([await stretch(0n), await stretch(2n), await stretch(3n), await stretch(99n)]).toEqual([['a', 'b', 'c'], ['c'], [], []]);
    await writer.write([{ topic: name, key: null, value: 'd' }]);
    let visits = 0;
    await kafka.read({ topic: name, partition: 0, from: 0n }, async () => ++visits < 1);
    expect(visits).toBe(1);
    expect(await stretch(0n)).toEqual(['a', 'b', 'c', 'd']);
    await expect(kafka.read({ topic: name, partition: 0, from: 0n }, async () => { throw new RangeError('mine'); })).rejects.toThrow(RangeError);
    await kafka.read({ topic: some(), partition: 0, from: 0n }, async () => { throw new Error('nobody is there'); });
    const [before] = await kafka.progress(some(), [name]);
    await takenBack(name);
    expect(await stretch(before!.end)).toEqual([]);
    await writer.close();
  });

  it('says how far a group has read, and makes no topic that is somebody else\'s', async () => {
    const [name, other] = [await topic({}, 2), some()];
    const writer = await kafka.writer();
    await writer.write([{ topic: name, key: 'k', value: '1', partition: 1 }]);
    await writer.close();
    expect(await kafka.progress(some(), [name])).toEqual([{ topic: name, partition: 0, begin: 0n, committed: null, end: 0n }, { topic: name, partition: 1, begin: 0n, committed: null, end: 1n }]);
    expect(await kafka.prepareTopics([{ ...wish(other), create: false }])).toEqual([{ name: other, created: false, partitions: 0, complaints: [`There is no topic ${other}, and it is not ours to make.`] }]);
    expect(await kafka.prepareTopics([{ ...wish(name), create: false }])).toMatchObject([{ name, partitions: 2, complaints: [] }]);
  });
});

/** Leaves records at the end of a topic whose transaction was taken back. */
async function takenBack(name: string): Promise<void> {
  const { Kafka: Client, Partitioners, logLevel } = (await import('kafkajs'));
  const client = new Client({ brokers: [await testBroker()], logLevel: logLevel.NOTHING });
  const producer = client.producer({ transactionalId: some(), maxInFlightRequests: 1, idempotent: true, createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic: name, messages: [{ key: 'a', value: 'never' }, { key: 'c', value: null }] });
  await transaction.abort();
  await producer.disconnect();
}
