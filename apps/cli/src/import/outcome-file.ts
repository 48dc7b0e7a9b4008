import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { CliError } from '../terminal.js';
import type { RowOutcome } from './settle.js';

export interface OutcomeFile {
  readonly write: (outcome: RowOutcome) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** NDJSON, one line per row of the file, or nothing when no file was asked for. */
export async function openOutcomeFile(path: string | undefined): Promise<OutcomeFile> {
  if (path === undefined) return { write: async () => undefined, close: async () => undefined };
  const stream = createWriteStream(path);
  await once(stream, 'open').catch((error: Error) => {
    throw new CliError(`The outcome file cannot be written: ${error.message}`);
  });
  return {
    write: async (outcome) => {
      if (!stream.write(`${JSON.stringify(outcome)}\n`)) await once(stream, 'drain');
    },
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}
