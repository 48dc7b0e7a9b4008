import type { OutcomeFile } from './outcome-file.js';
import type { SourceRow } from './sent-row.js';
import type { Settlement } from './settle.js';
import { count, newTally } from './tally.js';

/** Keeps account of what was read, sent and answered. */
export class Ledger {
  readonly tally = newTally();
  rows = 0;
  confirmed = 0;
  broken: Error | undefined;

  constructor(private readonly file: OutcomeFile, readonly settlement: Settlement) {}

  /** The lines to send. A file that breaks off ends them, so that what came before gets its answer. */
  async* lines(rows: AsyncIterable<SourceRow>, preview: (event: string | Buffer) => void): AsyncGenerator<string | Buffer> {
    for await (const row of this.untilBroken(rows)) {
      this.rows += 1;
      this.settlement.add(row);
      if (row.events.length === 0) await this.settle(this.confirmed);
      row.events.forEach(preview);
      yield* row.events;
    }
  }

  async settle(lines: number): Promise<void> {
    // Sender and listener both settle, and each waits for the file in between: what was confirmed stays so.
    if (Number.isFinite(lines)) this.confirmed = Math.max(this.confirmed, lines);
    for (const outcome of this.settlement.upTo(lines)) {
      count(this.tally, outcome);
      await this.file.write(outcome);
    }
  }

  private async* untilBroken(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow> {
    try {
      yield* rows;
    } catch (error) {
      this.broken = error as Error;
    }
  }
}
