import type { Logger } from 'pino';
import type { ImportLine } from '#intake';
import { traceOf } from '../http/logging.js';
import { ApiProblem } from '../problems/api-problem.js';

/** NDJSON of what an import says. The status is sent by then, so a failure under way becomes a last line. */
export async function* answerLines(lines: AsyncIterable<ImportLine>, requestId: string, logger: Logger): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    const theirs = code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!theirs) logger.error({ requestId, ...traceOf(error) }, 'import stopped');
    const problem = theirs
      ? new ApiProblem('bad-request', 'The body could not be unpacked or ended early. What came before is recorded; send the whole file again, nothing is doubled.')
      : new ApiProblem('internal', 'The import stopped. What was recorded stays; send the whole file again, nothing is doubled.');
    yield `${JSON.stringify({ problem: problem.body(requestId) })}\n`;
  }
}
