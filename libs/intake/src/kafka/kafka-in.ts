import { setTimeout as pause } from 'node:timers/promises';
import { readersOf } from './readers.js';
import { tellLag } from './tell-lag.js';
import { type KafkaInParts, TopicReading } from './topic-reading.js';

/** Records of this length together are held at once at most, of all topics; one topic has so many, and however many there are at least so many. */
const ALL_BYTES = 16 * 1024 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;
const LEAST_BYTES = 256 * 1024;
const LOOK_MS = 5_000;
const LAG_MS = 15_000;

/** Reads what tenants publish in Kafka into the log, from when it is started until it is stopped. What a tenant reads is looked at every few seconds. */
export class KafkaIn {
  private readonly ending = new AbortController();
  private readonly readings = new Map<string, TopicReading>();
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: KafkaInParts) {}

  start(): void {
    this.running = Promise.all([this.repeat(LOOK_MS, () => this.look()), this.repeat(LAG_MS, () => tellLag(this.readings.values()))]);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    await Promise.all([...this.readings.values()].map((reading) => reading.stop()));
  }

  private async repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      await work().catch((error: unknown) => this.parts.warn('Kafka in does not get on, and tries again', error));
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Ends what is not to be read any more, or is another's by now, begins what is new, and has each topic looked at, one beside the other. */
  private async look(): Promise<void> {
    const wanted = await readersOf(this.parts.worker);
    const over = [...this.readings].filter(([topic, { tenant }]) => wanted.get(topic) !== tenant);
    for (const [topic] of over) this.readings.delete(topic);
    await Promise.all(over.map(([, reading]) => reading.stop()));
    const share = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, Math.floor(ALL_BYTES / wanted.size)));
    for (const [topic, tenant] of wanted) if (!this.readings.has(topic)) this.readings.set(topic, new TopicReading(this.parts, topic, tenant, share));
    await Promise.all([...this.readings.values()].map((reading) => reading.look()));
  }
}
