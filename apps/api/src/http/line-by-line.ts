import type { Logger } from 'pino';
import { ApiProblem } from '../problems/api-problem.js';
import { toProblem } from '../problems/to-problem.js';
import { unavailable } from '../problems/unavailable.js';
import { traceOf } from './logging.js';

export interface Answering {
  readonly requestId: string;
  readonly logger: Logger;
  readonly stop: AbortSignal;
  /** What is said when it stops for a reason that nobody expected, and what to do again when it was cut short. */
  readonly words: { readonly stopped: string; readonly again: string };
}

/** NDJSON of what takes long: how far it is, and what came of it. The status is sent by then, so a failure under way becomes a last line. */
export async function* lineByLine(lines: AsyncIterable<object>, { requestId, logger, stop, words }: Answering): AsyncGenerator<string> {
  try {
    for await (const line of lines) {
      stop.throwIfAborted();
      yield `${JSON.stringify(line)}\n`;
    }
  } catch (error) {
    const problem = problemOf(error, stop, words);
    if (problem.code === 'internal') logger.error({ requestId, ...traceOf(error) }, 'stopped under way');
    yield `${JSON.stringify({ problem: problem.body(requestId) })}\n`;
  }
}

function problemOf(error: unknown, stop: AbortSignal, { stopped, again }: Answering['words']): ApiProblem {
  if (stop.aborted) return new ApiProblem('not-ready', `The service is shutting down. ${again}`);
  const why = unavailable(error);
  if (why !== undefined) return new ApiProblem('not-ready', `${why} ${again}`);
  return toProblem(error) ?? new ApiProblem('internal', stopped);
}
