import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Admin, Kafka as Client, logLevel } from 'kafkajs';
import { topicIn, topicOfDeadLetters } from '#journey';
import type { Consumption, Incoming } from '#kafka';
import { testBroker } from '../../../../test/support/kafka.js';
import { openKafkaIn, structured, ticketOpened, until } from '../testing/open-kafka-in.js';
import { listDeadLetters, replayDeadLetters } from './dead-letters.js';
import { groupOf } from './group.js';
import { kafkaInState } from './state.js';

let house: Awaited<ReturnType<typeof openKafkaIn>>;
beforeAll(async () => { house = await openKafkaIn(); }, 120_000);
afterAll(() => house.close());

async function withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Client({ brokers: [await testBroker()], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}

const told = async (customer: string) => (await house.store.readStream({ tenant: house.tenant, category: 'customer', id: customer })).map(({ id }) => id);
const lag = async (group: string) => {
  const progress = await house.kafka.progress(groupOf(topicIn(house.tenant), group), [topicIn(house.tenant)]);
  return progress.reduce((sum, { end, committed, begin }) => sum + Number(end - (committed ?? begin)), 0);
};
const allRead = (group = house.tenant) => until('all of it is read', async () => await lag(group) === 0);
const list = (which: { reason?: string; all?: boolean; after?: string; limit?: number } = {}) => listDeadLetters(house, house.tenant, { limit: 100, ...which }, new Date());
const replay = (which: { ids?: string[]; reason?: string } = {}) => replayDeadLetters(house, house.tenant, { limit: 100, ...which }, new Date());

describe('Kafka in', () => {
  it('makes its topics with settings that will do, reads every form of CloudEvents in order, and commits behind it', async () => {
    await house.set({ on: true });
    house.start();
    await until('the topics are there', async () => (await kafkaInState(house.kafka, house.tenant, [topicIn(house.tenant)])).partitions.length === 6);
    const events = Array.from({ length: 6 }, () => ticketOpened('nordlicht'));
    const [first, second, third, fourth, fifth, sixth] = events;
    const { data, ...attributes } = second!;
    await house.write([
      structured(first, 'nordlicht'),
      { key: 'nordlicht', value: JSON.stringify(data), headers: { ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])), 'content-type': 'application/json' } },
      { key: 'nordlicht', value: JSON.stringify([third, fourth, fifth]), headers: { 'content-type': 'application/cloudevents-batch+json' } },
      structured(sixth, 'nordlicht'), structured(first, 'nordlicht'),
    ]);
    await allRead();
    expect(await told('nordlicht')).toEqual(events.map(({ id }) => id));
    expect(await house.dead()).toEqual([]);
    expect((await house.stream('nordlicht')).length).toBe(0);
    expect(house.warnings).toEqual([]);
  });

  it('takes an event without a time as happening when its record was written, and in its trace', async () => {
    const event = ticketOpened('zeitlos', { time: undefined });
    const before = Date.now();
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const record = structured(event, 'zeitlos');
    await house.write([{ ...record, headers: { ...record.headers, traceparent: trace } }]);
    const after = Date.now();
    await allRead();
    const [fact] = await house.store.find(house.tenant, [event]);
    expect(Date.parse(fact!.occurredAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(fact!.occurredAt)).toBeLessThanOrEqual(after);
    expect(fact).toMatchObject({ actor: { kind: 'system', id: 'kafka' }, traceParent: trace });
  });

  it('lays aside what is refused, whole and with its reason, and goes on with what comes later', async () => {
    const [good, bad, taken, last] = [ticketOpened('pechmann'), ticketOpened('pechmann', { type: 'ticket.opend' }), ticketOpened('pechmann'), ticketOpened('pechmann')];
    const key = Buffer.from([0x00, 0xff, 0x10]);
    await house.write([
      { ...structured(good), key }, { ...structured(bad), key, headers: { 'content-type': 'application/cloudevents+json', trace: 'abc' } }, { key, value: null }, { ...structured(taken), key },
      { ...structured({ ...taken, data: { ticket: 'other' } }), key }, { key, value: JSON.stringify([last, { ...last, id: 'b', type: 'nothing' }, 7]), headers: { 'content-type': 'application/cloudevents-batch+json' } },
    ]);
    await allRead();
    expect(await told('pechmann')).toEqual([good.id, taken.id, last.id]);
    const dead = await house.dead();
    const said = (name: string) => dead.map(({ headers }) => headers[`touchline_${name}`]?.toString());
    expect(said('reason')).toEqual(['type-unknown', 'tombstone', 'id-conflict', 'type-unknown']);
    expect(said('pointer')).toEqual(['/type', '', '/id', '/1/type']);
    expect(said('refused')).toEqual(['1', '1', '1', '2']);
    expect(new Set(said('topic'))).toEqual(new Set([topicIn(house.tenant)]));
    expect(dead.every((letter) => letter.key!.equals(key))).toBe(true);
    expect(dead[0]!.value!.toString()).toBe(JSON.stringify(bad));
    expect(dead[0]!.headers['trace']!.toString()).toBe('abc');
    expect(dead[1]!.value).toBeNull();
  });

  it('shows dead letters with what would become of them, and replays those that are right by now', async () => {
    const original = ticketOpened('spaeter');
    const amends = { ...ticketOpened('spaeter'), type: 'record.amended', data: { event: { source: 'helpdesk', id: original.id }, data: { ticket: 'T-mended' }, reason: 'Wrong number' } };
    await house.write([structured(amends, 'spaeter')]);
    await allRead();
    const [letter] = (await list({ reason: 'event-unknown' })).letters;
    expect(letter).toMatchObject({ state: 'refused', key: 'spaeter', from: { topic: topicIn(house.tenant) }, wrong: [{ code: 'event-unknown', source: 'helpdesk', id: amends.id, type: 'record.amended' }] });
    expect((await replay({ ids: [letter!.id] })).letters).toMatchObject([{ state: 'refused', events: [{ status: 'rejected', problem: { code: 'event-unknown' } }] }]);
    await house.write([structured(original, 'spaeter')]);
    await allRead();
    expect((await list({ reason: 'event-unknown' })).letters).toMatchObject([{ id: letter!.id, state: 'ready' }]);
    expect((await replay({ reason: 'event-unknown' })).letters).toMatchObject([{ id: letter!.id, state: 'recorded', events: [{ status: 'appended' }] }]);
    expect((await replay({ ids: [letter!.id] })).letters).toMatchObject([{ id: letter!.id, state: 'recorded', events: [{ status: 'duplicate' }] }]);
    expect((await list({ reason: 'event-unknown' })).letters).toEqual([]);
    expect((await list({ reason: 'event-unknown', all: true })).letters).toMatchObject([{ state: 'recorded' }]);
    expect(await told('spaeter')).toEqual([original.id, amends.id]);
  });

  it('knows that a sender has mended an event and sent it again, but not that of a conflict', async () => {
    const bad = ticketOpened('gebessert', { data: { ticket: 7 } });
    await house.write([structured(bad, 'gebessert')]);
    await allRead();
    const isThere = async () => (await list({ reason: 'data-invalid' })).letters.some(({ wrong }) => wrong[0]!.id === bad.id);
    expect(await isThere()).toBe(true);
    await house.write([structured({ ...bad, data: { ticket: 'T-7' } }, 'gebessert')]);
    await allRead();
    expect(await isThere()).toBe(false);
    expect((await list({ reason: 'id-conflict' })).letters).toMatchObject([{ state: 'refused' }]);
  });

  it('reads all of it again without doubles, and a page at a time', async () => {
    const before = (await house.dead()).length;
    const again = house.start({ group: `${house.tenant}-again` });
    await until('it was read again', async () => (await house.dead()).length > before + 3);
    await allRead(`${house.tenant}-again`);
    await again.stop();
    const { letters, next } = await list({ all: true, limit: 4 });
    expect(letters).toHaveLength(4);
    const rest = await list({ all: true, after: next! });
    expect(rest.next).toBeNull();
    expect(new Set([...letters, ...rest.letters].map(({ from }) => `${from.partition}/${from.offset}`)).size).toBe(before);
    expect(await told('nordlicht')).toHaveLength(6);
    // Whoever names both of one gets both, and is told which there are not.
    const originOf = ({ headers }: { headers: Record<string, unknown> }) => `${headers['touchline_partition']}/${headers['touchline_offset']}`;
    const dead = await house.dead();
    const last = dead.at(-1)!;
    const ids = [dead.find((each) => originOf(each) === originOf(last))!, last].map(({ offset }) => String(offset));
    const named = await replay({ ids: [...ids, '99999'] });
    expect([new Set(ids).size, named.letters.map(({ id }) => id), named.unknown]).toEqual([2, ids, ['99999']]);
  });

  it('lays nothing aside for a database that is away, and goes on when it is back', async () => {
    const before = (await house.dead()).length;
    const [good, bad] = [ticketOpened('getrennt'), ticketOpened('getrennt', { type: 'nothing' })];
    await house.cutOff(async () => {
      await house.write([structured(good, 'getrennt'), structured(bad, 'getrennt')]);
      await until('it was tried', async () => house.warnings.some((each) => each.includes('could not be handled and comes again')));
      expect(await lag(house.tenant)).toBe(2);
      expect(await house.dead()).toHaveLength(before);
    });
    await allRead();
    expect(await told('getrennt')).toEqual([good.id]);
    expect(await house.dead()).toHaveLength(before + 1);
  });

  it('takes a record as long as Kafka takes among the dead letters, and makes their topic again when somebody has taken it away', async () => {
    await withAdmin((admin) => admin.deleteTopics({ topics: [topicOfDeadLetters(house.tenant)] }));
    await house.write([{ key: 'lang', value: 'x'.repeat(1_040_000), headers: { 'content-type': 'application/cloudevents+json' } }]);
    await allRead();
    expect((await house.dead()).map(({ value, headers }) => [value!.length, headers['touchline_reason']!.toString()])).toEqual([[1_040_000, 'invalid-json']]);
  });

  it('stops working on records whose partition is lost: what is not recorded by then is whoever has it now to record', async () => {
    const losing = await house.newTenant();
    await house.set({ on: true }, losing);
    let consumption: Consumption | undefined;
    const consume = async (wanted: Consumption) => {
      if (wanted.topics.includes(topicIn(losing))) consumption = wanted;
      return { stop: async () => undefined };
    };
    const reader = house.start({ group: losing, kafka: { ...house.kafka, consume } });
    await until('it would read', async () => consumption !== undefined);
    await reader.stop();
    // More than are recorded in one append.
    const events = Array.from({ length: house.intake.limits.batchItems + 1 }, () => ticketOpened('verloren'));
    const records = events.map((event, offset): Incoming => ({ topic: topicIn(losing), partition: 0, offset: BigInt(offset), timestamp: new Date(), key: null, value: Buffer.from(JSON.stringify(event)), headers: { 'content-type': Buffer.from('application/cloudevents+json') } }));
    const toldOfIt = async () => (await house.store.readStream({ tenant: losing, category: 'customer', id: 'verloren' })).length;
    const handle = (signal: AbortSignal) => consumption!.handle({ topic: topicIn(losing), partition: 0, records, signal });
    await expect(handle(AbortSignal.abort(new Error('lost')))).rejects.toThrow('lost');
    expect(await toldOfIt()).toBe(events.length - 1);
    await handle(new AbortController().signal);
    expect(await toldOfIt()).toBe(events.length);
  });

  it('reads nothing any more once it is off, and goes on where it was', async () => {
    await house.set({ on: false });
    await until('nobody reads', async () => (await withAdmin((admin) => admin.describeGroups([groupOf(topicIn(house.tenant), house.tenant)]))).groups[0]!.members.length === 0);
    const event = ticketOpened('pause');
    await house.write([structured(event, 'pause')]);
    await new Promise((wake) => setTimeout(wake, 1_500));
    expect(await told('pause')).toEqual([]);
    await house.set({ on: true });
    await until('it was read', async () => (await told('pause')).length === 1);
  });

  it('says that a topic is not there, reads the others, and begins with it when it comes', async () => {
    const other = `other.${house.tenant}`;
    await house.set({ on: true, topics: [topicIn(house.tenant), other] });
    await until('it was said', async () => house.warnings.some((each) => each.includes(`There is no topic ${other}`)));
    expect((await kafkaInState(house.kafka, house.tenant, [other])).complaints).toEqual([`There is no topic ${other}, and it is not ours to make.`]);
    await house.kafka.prepareTopics([{ name: other, partitions: 1, replicas: 1, config: { 'cleanup.policy': 'compact', 'retention.ms': '1000' }, complain: () => [] }]);
    expect((await kafkaInState(house.kafka, house.tenant, [other])).complaints).toMatchObject([expect.stringContaining('cleanup.policy=compact'), expect.stringContaining('retention.ms=1000')]);
    await house.write([structured(ticketOpened('andere'), 'andere')], other);
    await until('it was read', async () => (await told('andere')).length === 1);
    expect(topicOfDeadLetters(house.tenant)).toBe(`touchline.${house.tenant}.dead-letters`);
  });
});
