import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CliError } from '../terminal.js';
import type { RowOutcome } from './settle.js';

export interface OutcomeFile {
  /** @throws CliError when this row or one before could not be written */
  readonly write: (outcome: RowOutcome) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** NDJSON, one line per row of the file, or nothing when no file was asked for. */
export async function openOutcomeFile(path: string | undefined): Promise<OutcomeFile> {
  if (path === undefined) return { write: async () => undefined, close: async () => undefined };
  const stream = createWriteStream(path);
  await once(stream, 'open').catch((error: Error) => { throw unwritable(error); });
  return outcomesOn(stream);
}

/** A failure comes when it likes, mostly between two writes: it is kept, and told at the next one. */
export function outcomesOn(stream: Writable): OutcomeFile {
  let failure: Error | undefined;
  stream.on('error', (error) => { failure = error; });
  return {
    write: async (outcome) => {
      if (failure) throw unwritable(failure);
      if (!stream.write(`${JSON.stringify(outcome)}\n`)) await once(stream, 'drain').catch((error: Error) => { throw unwritable(error); });
    },
    close: async () => {
      if (failure) throw unwritable(failure);
      stream.end();
      await finished(stream).catch((error: Error) => { throw unwritable(error); });
    },
  };
}

const unwritable = ({ message }: Error) => new CliError(`The outcome file cannot be written: ${message}`);
