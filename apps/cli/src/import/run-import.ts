import type { ImportSummary } from '#intake';
import { problemText } from '../http/problem.js';
import { CliError, type Terminal } from '../terminal.js';
import { Ledger } from './ledger.js';
import type { Listener } from './listener.js';
import { openOutcomeFile } from './outcome-file.js';
import { previewLines } from './preview.js';
import { startProgress } from './progress.js';
import type { Source } from './sent-row.js';
import { Settlement } from './settle.js';
import type { Tally } from './tally.js';

export interface ImportOptions {
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
export async function runImport({ answer }: Listener, source: Source, options: ImportOptions, terminal: Terminal): Promise<ImportResult> {
  const file = await openOutcomeFile(options.outcome);
  const progress = startProgress(source, terminal);
  const ledger = new Ledger(file, new Settlement(options.dryRun ? 'valid' : 'appended'));
  let preview = options.preview;
  try {
    for await (const line of answer(ledger.lines(source.rows, (event) => {
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
