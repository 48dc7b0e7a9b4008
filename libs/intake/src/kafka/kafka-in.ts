import { setTimeout as pause } from 'node:timers/promises';
import { type Database, tell } from '#event-store';
import type { Batch, Consumer, Kafka } from '#kafka';
import { topicOfDeadLetters } from '#journey';
import type { Intake } from '../intake.js';
import { deadLetterOf } from './dead-letter.js';
import { Letterbox } from './letterbox.js';
import { readersOf } from './readers.js';
import { recordMessages } from './record-messages.js';
import { topicsAndLetters } from './topics.js';

/** Every process that reads belongs to this group; its members share the partitions. */
export const GROUP = 'touchline';
/** Records of this length together are held at once at most. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Partitions that are recorded at the same time: their appends share a transaction. */
const AT_ONCE = 3;
const LOOK_MS = 5_000;

export interface KafkaInParts {
  readonly intake: Intake;
  /** Acts as the worker role. */
  readonly worker: Database;
  readonly kafka: Kafka;
  /** Who shares the partitions; left out: all that read. */
  readonly group?: string;
  readonly warn: (message: string, error: unknown) => void;
}

type Readings = ReadonlyMap<string, string>;

/** Reads what tenants publish in Kafka into the log, from when it is started until it is stopped. What a tenant reads is looked at every few seconds. */
export class KafkaIn {
  private readonly ending = new AbortController();
  private readonly letterbox: Letterbox;
  private consumer: Consumer | null = null;
  private readings: Readings = new Map();
  private complained: ReadonlySet<string> = new Set();
  private running: Promise<void> = Promise.resolve();
  /** Something could not be laid aside: somebody may have taken the topic away. */
  private doubtful = false;

  constructor(private readonly parts: KafkaInParts) {
    this.letterbox = new Letterbox(parts.kafka);
  }

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    await this.consumer?.stop();
    await this.letterbox.close();
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      await this.look().catch((error: unknown) => this.parts.warn('Kafka in does not get on, and tries again', error));
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Begins anew where other topics are to be read than are, or where one that was missing is there now. */
  private async look(): Promise<void> {
    const wanted = await readersOf(this.parts.worker);
    if (sameTopics(wanted, this.readings) && !this.doubtful) return;
    const readings = await this.prepare(wanted);
    this.doubtful = false;
    if (sameTopics(readings, this.readings)) return;
    await this.consumer?.stop();
    [this.consumer, this.readings] = [null, new Map()];
    if (readings.size > 0) {
      this.consumer = await this.parts.kafka.consume({
        group: this.parts.group ?? GROUP, topics: [...readings.keys()], begin: 'beginning', maxBytes: MAX_BYTES, atOnce: AT_ONCE,
        handle: (batch) => this.handle(batch, readings.get(batch.topic)!), warn: (sentence) => this.parts.warn('Kafka in', new Error(sentence)),
      });
    }
    this.readings = readings;
  }

  /** Makes the topics that are ours, and leaves out those that are not there. */
  private async prepare(wanted: Readings): Promise<Readings> {
    if (wanted.size === 0) return wanted;
    const found = await this.parts.kafka.prepareTopics(topicsAndLetters(wanted));
    const complaints = new Set(found.flatMap(({ complaints: each }) => each));
    for (const sentence of complaints) if (!this.complained.has(sentence)) this.parts.warn('Kafka in', new Error(sentence));
    this.complained = complaints;
    const there = new Set(found.filter(({ partitions }) => partitions > 0).map(({ name }) => name));
    return new Map([...wanted].filter(([topic]) => there.has(topic)));
  }

  /** When this resolves all of it is durable, in the log or among the dead letters. Nothing is laid there for a database or a broker that is away: that throws, and the batch comes again. */
  private async handle({ records, signal }: Batch, tenant: string): Promise<void> {
    const receivedAt = new Date();
    const letters = [];
    for await (const recorded of recordMessages(this.parts.intake, records, { tenant, receivedAt })) {
      for (const { status } of recorded.events) tell('received', { from: 'kafka', outcome: status });
      const letter = deadLetterOf(recorded, topicOfDeadLetters(tenant), receivedAt);
      if (letter) letters.push(letter);
      signal.throwIfAborted();
    }
    await this.letterbox.lay(letters).catch((error: unknown) => {
      this.doubtful = true;
      throw error;
    });
  }
}

const sameTopics = (some: Readings, others: Readings): boolean => some.size === others.size && [...some].every(([topic, tenant]) => others.get(topic) === tenant);
