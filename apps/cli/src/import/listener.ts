import { checkLines } from '#intake';
import { reach } from '../http/connect.js';
import type { Connection } from '../settings.js';
import { Unreachable } from '../terminal.js';
import { type AnswerLine, exchange } from './exchange.js';

/** Who hears the lines of an import and says what becomes of them. */
export interface Listener {
  readonly answer: (lines: AsyncIterable<string | Buffer>) => AsyncIterable<AnswerLine>;
  /** Set when no server is asked: why not. */
  readonly alone?: string;
}

/** The API; for a dry run that cannot reach it, what can be checked here. @throws Unreachable when something is to be recorded and no server is known */
export async function listenerFor(connect: () => Connection, importId: string, dryRun: boolean): Promise<Listener> {
  try {
    const connection = connect();
    if (dryRun) await reach(connection);
    return { answer: (lines) => exchange(connection, { import: importId, dryRun: dryRun ? 'true' : undefined }, lines) };
  } catch (error) {
    if (!dryRun || !(error instanceof Unreachable)) throw error;
    return { answer: (lines) => checkLines(withLineEnds(lines), importId, () => new Date()), alone: error.message };
  }
}

async function* withLineEnds(lines: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
  for await (const line of lines) yield Buffer.concat([Buffer.from(line as string), LINE_END]);
}

const LINE_END = Buffer.from('\n');
