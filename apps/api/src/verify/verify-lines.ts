import { CannotVerify, type RowDifference, type VerifyLine, type VerifyReport } from '#event-store';
import { ApiProblem } from '../problems/api-problem.js';

/** What a verification says, as a tenant may see it. */
export async function* verifyLines(lines: AsyncIterable<VerifyLine>, tenant: string): AsyncGenerator<VerifyLine> {
  try {
    for await (const line of lines) yield 'report' in line ? { report: seenBy(tenant, line.report) } : line;
  } catch (error) {
    throw error instanceof CannotVerify ? new ApiProblem('not-ready', error.message) : error;
  }
}

/** Everything is counted; of other tenants it is said where something is wrong, and no value. */
const seenBy = (tenant: string, report: VerifyReport): VerifyReport => ({
  ...report,
  flaws: report.flaws.map((flaw) => (flaw.tenant === null || flaw.tenant === tenant ? flaw : { ...flaw, says: 'Something of another tenant; its operator is told what.' })),
  differences: report.differences.map((each) => (each.tenant === tenant ? each : withoutValues(each))),
});

const withoutValues = (each: RowDifference): RowDifference => ({ ...each, stored: each.stored && {}, folded: each.folded && {}, failure: each.failure && 'It cannot be folded from the log' });
