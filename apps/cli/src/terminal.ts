import type { Readable } from 'node:stream';

/** Where a command reads and writes; the tests put their own in. */
export interface Terminal {
  readonly stdin: Readable;
  /** One line of the answer. */
  readonly out: (line: string) => void;
  /** One line of progress, warning or failure. */
  readonly err: (line: string) => void;
  /** Of standard error: a moving bar is drawn only for people. */
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Something that the user can do something about: told in a sentence, without a stack. */
export class CliError extends Error {
  constructor(message: string, readonly exitCode = 1) {
    super(message);
  }
}

/** There is no Touchline to talk to: none is known, or none answers. */
export class Unreachable extends CliError {}
