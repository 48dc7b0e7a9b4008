import type { Logger } from 'pino';
import type { ImportLine } from '#intake';
import { traceOf } from '../http/logging.js';
import { ApiProblem } from '../problems/api-problem.js';
import { unavailable } from '../problems/unavailable.js';
import { BodyBrokeOff } from './import-body.js';

const AGAIN = 'What came before is recorded; send the whole again, nothing is doubled.';

/** NDJSON of what an import says. The status is sent by then, so a failure under way becomes a last line. */
export async function* answerLines(lines: AsyncIterable<ImportLine>, requestId: string, logger: Logger): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  } catch (error) {
    if (!(error instanceof BodyBrokeOff)) logger.error({ requestId, ...traceOf(error) }, 'import stopped');
    yield `${JSON.stringify({ problem: problemOf(error).body(requestId) })}\n`;
  }
}

function problemOf(error: unknown): ApiProblem {
  const why = unavailable(error);
  if (why !== undefined) return new ApiProblem('not-ready', `${why} ${AGAIN}`);
  if (!(error instanceof BodyBrokeOff)) return new ApiProblem('internal', `The import stopped. ${AGAIN}`);
  if (error.why === 'stopping') return new ApiProblem('not-ready', `The service is shutting down. ${AGAIN}`);
  return new ApiProblem('bad-request', `The body could not be unpacked or ended early. ${AGAIN}`);
}
