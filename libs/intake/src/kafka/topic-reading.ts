import { type Database, tell } from '#event-store';
import type { Batch, Consumer, Kafka } from '#kafka';
import { topicOfDeadLetters } from '#journey';
import type { Intake } from '../intake.js';
import { deadLetterOf } from './dead-letter.js';
import { groupOf } from './group.js';
import { Letterbox } from './letterbox.js';
import { recordMessages } from './record-messages.js';
import { topicsAndLetters } from './topics.js';

/** Partitions that are recorded at the same time: their appends share a transaction. */
const AT_ONCE = 3;

export interface KafkaInParts {
  readonly intake: Intake;
  /** Acts as the worker role. */
  readonly worker: Database;
  readonly kafka: Kafka;
  /** What the names of the groups that share the partitions begin with; left out: those of all that read. */
  readonly group?: string;
  readonly warn: (message: string, error: unknown) => void;
}

/** One topic, read by a group of its own, with a writer of its own for what is laid aside: what ails it ails no other. */
export class TopicReading {
  private consumer: Consumer | null = null;
  private readonly letterbox: Letterbox;
  /** Not looked at yet, or something was wrong since: somebody may have made the topic, or taken it or the one for dead letters away. */
  private doubtful = true;
  private complained: ReadonlySet<string> = new Set();

  /** `maxBytes`: of so many records together it holds at once at most. */
  constructor(private readonly parts: KafkaInParts, private readonly topic: string, readonly tenant: string, private readonly maxBytes: number) {
    this.letterbox = new Letterbox(parts.kafka);
  }

  /** To be called again and again: begins as soon as the topic is there, and ends when it has gone. */
  async look(): Promise<void> {
    if (!this.doubtful) return;
    // What goes wrong from here on is for the next look.
    this.doubtful = false;
    const isThere = await this.prepare();
    if (isThere) this.consumer ??= await this.consume();
    else {
      this.doubtful = true;
      await this.stop();
    }
  }

  async stop(): Promise<void> {
    const { consumer } = this;
    this.consumer = null;
    await consumer?.stop();
    await this.letterbox.close();
  }

  /** Records that wait; null where it is not read. @throws KafkaUnavailable */
  async lag(): Promise<number | null> {
    if (!this.consumer) return null;
    const progress = await this.parts.kafka.progress(groupOf(this.topic, this.parts.group), [this.topic]);
    return progress.reduce((sum, { begin, committed, end }) => sum + Number(end - (committed ?? begin)), 0);
  }

  private consume(): Promise<Consumer> {
    const { kafka, group, warn } = this.parts;
    return kafka.consume({
      group: groupOf(this.topic, group), topics: [this.topic], begin: 'beginning', maxBytes: this.maxBytes, atOnce: AT_ONCE, handle: (batch) => this.handle(batch),
      warn: (sentence) => {
        this.doubtful = true;
        warn('Kafka in', new Error(sentence));
      },
    });
  }

  /** Makes what is ours and missing. Where the cluster does not answer, or refuses, what is being read goes on. @returns whether the topic can be read */
  private async prepare(): Promise<boolean> {
    try {
      const found = await this.parts.kafka.prepareTopics(topicsAndLetters(new Map([[this.topic, this.tenant]])));
      this.complain(found.flatMap(({ complaints }) => complaints));
      return found.some(({ name, partitions }) => name === this.topic && partitions > 0);
    } catch (error) {
      this.complain([`${this.topic}: ${(error as Error).message}`]);
      this.doubtful = true;
      return this.consumer !== null;
    }
  }

  private complain(complaints: readonly string[]): void {
    for (const sentence of complaints) if (!this.complained.has(sentence)) this.parts.warn('Kafka in', new Error(sentence));
    this.complained = new Set(complaints);
  }

  /** When this resolves all of it is durable, in the log or among the dead letters. Nothing is laid there for a database or a broker that is away: that throws, and the batch comes again. */
  private async handle({ records, signal }: Batch): Promise<void> {
    const { intake } = this.parts;
    const receivedAt = new Date();
    const letters = [];
    for await (const recorded of recordMessages(intake, records, { tenant: this.tenant, receivedAt })) {
      for (const { status } of recorded.events) tell('received', { from: 'kafka', outcome: status });
      const letter = deadLetterOf(recorded, topicOfDeadLetters(this.tenant), receivedAt);
      if (letter) letters.push(letter);
      signal.throwIfAborted();
    }
    await this.letterbox.lay(letters);
  }
}
