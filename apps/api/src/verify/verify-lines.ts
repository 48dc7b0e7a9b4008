import type { Logger } from 'pino';
import { CannotVerify, type RowDifference, type VerifyLine, type VerifyReport } from '#event-store';
import { traceOf } from '../http/logging.js';
import { ApiProblem } from '../problems/api-problem.js';
import { unavailable } from '../problems/unavailable.js';

interface Answering { readonly tenant: string; readonly requestId: string; readonly logger: Logger; readonly stop: AbortSignal }

/** NDJSON of what a verification says. The status is sent by then, so a failure under way becomes a last line. */
export async function* verifyLines(lines: AsyncIterable<VerifyLine>, { tenant, requestId, logger, stop }: Answering): AsyncGenerator<string> {
  try {
    for await (const line of lines) {
      if (stop.aborted) throw new ApiProblem('not-ready', 'The service is shutting down. Verify again.');
      yield `${JSON.stringify('report' in line ? { report: seenBy(tenant, line.report) } : line)}\n`;
    }
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'internal') logger.error({ requestId, ...traceOf(error) }, 'verification stopped');
    yield `${JSON.stringify({ problem: problem.body(requestId) })}\n`;
  }
}

function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof CannotVerify) return new ApiProblem('not-ready', error.message);
  const why = unavailable(error);
  return why === undefined ? new ApiProblem('internal', 'The verification stopped; nothing was changed.') : new ApiProblem('not-ready', `${why} Verify again.`);
}

/** Everything is counted; of other tenants it is said where something is wrong, and no value. */
const seenBy = (tenant: string, report: VerifyReport): VerifyReport => ({
  ...report,
  flaws: report.flaws.map((flaw) => (flaw.tenant === null || flaw.tenant === tenant ? flaw : { ...flaw, says: 'Something of another tenant; its operator is told what.' })),
  differences: report.differences.map((each) => (each.tenant === tenant ? each : withoutValues(each))),
});

const withoutValues = (each: RowDifference): RowDifference => ({ ...each, stored: each.stored && {}, folded: each.folded && {}, failure: each.failure && 'It cannot be folded from the log' });
