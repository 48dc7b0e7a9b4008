import { type Command, Option } from 'commander';
import type { RecoveriesPage, RecoverySummary } from '#read-model';
import { ask } from '../http/ask.js';
import { itemLines, summaryLines } from '../recovery/recovery-lines.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options { readonly owner?: string; readonly state?: string; readonly overdue?: boolean; readonly cause?: string; readonly customer?: string; readonly cursor?: string; readonly limit?: number; readonly summary?: boolean; readonly json?: boolean }

/** What is made good. */
export function addRecoveries(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const command = program.command('recoveries').description('What is made good with customers, those that wait longest first. The key of a csm lists their own unless another owner is named.')
    .option('--owner <code>', 'who looks after them: a person\'s code, me or all').addOption(new Option('--state <state>', 'which').choices(['open', 'closed', 'all'])).option('--overdue', 'only those of which a clock has run out')
    .option('--cause <code>', 'only those with this cause').option('--customer <id>', 'only those of this customer: our id, or system:id').option('--limit <n>', 'how many, at most', wholeNumber).option('--cursor <text>', 'the next page')
    .option('--summary', 'all of them in figures').option('--json', 'as JSON')
    .action(async ({ owner, state, overdue, cause, customer, cursor, limit, summary, json }: Options) => {
      const connection = connectionFor(command, context);
      if (summary) {
        const answer = await ask<RecoverySummary>(connection, '/v1/recoveries/summary', { query: { owner } });
        return (json ? [JSON.stringify(answer, null, 2)] : summaryLines(answer)).forEach(out);
      }
      const answer = await ask<RecoveriesPage>(connection, '/v1/recoveries', { query: { owner, state, overdue: overdue ? 'true' : undefined, cause, customer, cursor, limit: limit?.toString() } });
      if (json) return out(JSON.stringify(answer, null, 2));
      const { recoveries, next } = answer;
      (recoveries.length === 0 ? ['Nothing is to be made good here.'] : recoveries.flatMap(itemLines)).forEach(out);
      if (next !== null) out(`More: touchline recoveries --cursor '${next}'`);
    });
}
