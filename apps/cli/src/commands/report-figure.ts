import type { Command } from 'commander';
import type { CompanySaid } from '#insight';
import { ask } from '../http/ask.js';
import { decisionLines, type Opened, openedLines } from '../report/figure-lines.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Which { readonly period?: string; readonly segment?: string; readonly position?: string; readonly json?: boolean }

/** Who is behind a figure of the report, and what was decided by it. */
export function addReportFigure(report: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const figure = report.command('figure').argument('<figure>', 'its id, such as retention; the last page of the report has all').description('Which customers make a figure, and by which facts.').option('--json', 'as JSON')
    .action(async (id: string) => {
      const { period, segment, position, json } = figure.optsWithGlobals<Which>();
      const answer = await ask<Opened>(connectionFor(figure, context), `/v1/reports/strategic/figures/${encodeURIComponent(id)}`, { query: { period, segment, position } });
      (json ? [JSON.stringify(answer, null, 2)] : openedLines(answer)).forEach(out);
    });
  const decisions = report.command('decisions').description('Decisions about customers, taken, declined or asked for.').option('--json', 'as JSON')
    .action(async () => {
      const answer = await ask<Pick<CompanySaid, 'decisions'>>(connectionFor(decisions, context), '/v1/company/decisions');
      (decisions.opts<Which>().json ? [JSON.stringify(answer, null, 2)] : decisionLines(answer.decisions)).forEach(out);
    });
}
