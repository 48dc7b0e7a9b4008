import type { ImportSummary } from '#intake';
import type { Connection } from '../settings.js';
import { problemText } from '../http/problem.js';
import { CliError, type Terminal } from '../terminal.js';
import { exchange } from './exchange.js';
import { openOutcomeFile, type OutcomeFile } from './outcome-file.js';
import { previewLines } from './preview.js';
import { startProgress } from './progress.js';
import type { Source, SourceRow } from './sent-row.js';
import { type RowOutcome, Settlement } from './settle.js';
import { count, newTally, type Tally } from './tally.js';

export interface ImportOptions {
  readonly importId: string;
  readonly dryRun: boolean;
  /** First events to show. */
  readonly preview: number;
  readonly outcome?: string;
}

export interface ImportResult {
  readonly tally: Tally;
  readonly summary: ImportSummary;
  /** Why the file could not be read to its end; what came before was sent. */
  readonly broken?: Error;
}

/** Sends a source and follows the answer. @throws CliError when the API refuses or the connection breaks */
export async function runImport(connection: Connection, source: Source, options: ImportOptions, terminal: Terminal): Promise<ImportResult> {
  const file = await openOutcomeFile(options.outcome);
  const progress = startProgress(source, terminal);
  const ledger = new Ledger(file, new Settlement(options.dryRun ? 'valid' : 'appended'));
  let preview = options.preview;
  const query = { import: options.importId, dryRun: options.dryRun ? 'true' : undefined };
  try {
    for await (const line of exchange(connection, query, ledger.lines(source.rows, (event) => {
      if (preview-- > 0) previewLines(event).forEach(terminal.out);
    }))) {
      if ('summary' in line) {
        await ledger.settle(Infinity);
        return { tally: ledger.tally, summary: line.summary, ...(ledger.broken ? { broken: ledger.broken } : {}) };
      }
      if ('problem' in line && !('line' in line)) throw new CliError(problemText(line.problem));
      if ('progress' in line) await ledger.settle(line.progress.lines);
      else ledger.settlement.exception(line);
      progress.show(ledger.rows, ledger.confirmed);
    }
  } catch (error) {
    throw error instanceof CliError && ledger.confirmed > 0 ? new CliError(`${error.message}\n${safeAgain(ledger)}`) : error;
  } finally {
    progress.stop();
    await file.close();
  }
  throw new CliError(`The connection broke before the summary came. ${safeAgain(ledger)}`);
}

const safeAgain = ({ confirmed }: Ledger) =>
  `${confirmed} events were confirmed, more may be recorded. Run the same command again: nothing is lost or doubled.`;

/** Keeps account of what was read, sent and answered. */
class Ledger {
  readonly tally = newTally();
  rows = 0;
  confirmed = 0;
  broken: Error | undefined;

  constructor(private readonly file: OutcomeFile, readonly settlement: Settlement) {}

  /** The lines to send. A file that breaks off ends them, so that what came before gets its answer. */
  async* lines(rows: AsyncIterable<SourceRow>, preview: (event: string | Buffer) => void): AsyncGenerator<string | Buffer> {
    try {
      for await (const row of rows) {
        this.rows += 1;
        this.settlement.add(row);
        if (row.events.length === 0) await this.settle(this.confirmed);
        row.events.forEach(preview);
        yield* row.events;
      }
    } catch (error) {
      this.broken = error as Error;
    }
  }

  async settle(lines: number): Promise<void> {
    for (const outcome of this.settlement.upTo(lines)) await this.note(outcome);
    if (Number.isFinite(lines)) this.confirmed = lines;
  }

  private async note(outcome: RowOutcome): Promise<void> {
    count(this.tally, outcome);
    await this.file.write(outcome);
  }
}
