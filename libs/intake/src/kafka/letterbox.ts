import type { Kafka, Outgoing, Writer } from '#kafka';

/** Lays records among the dead letters; when it resolves, every replica in sync has them. */
export class Letterbox {
  private writer: Promise<Writer> | null = null;

  constructor(private readonly kafka: Kafka) {}

  /** @throws KafkaUnavailable: some of them may lie there all the same */
  async lay(letters: readonly Outgoing[]): Promise<void> {
    if (letters.length === 0) return;
    const opened = (this.writer ??= this.kafka.writer());
    try {
      await (await opened).write(letters);
    } catch (error) {
      if (this.writer === opened) await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const opened = this.writer;
    this.writer = null;
    await opened?.then((writer) => writer.close()).catch(() => undefined);
  }
}
