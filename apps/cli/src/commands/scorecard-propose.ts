import type { Command } from 'commander';
import type { Progress } from '#insight';
import { progressLine } from '../text/progress-line.js';
import { longAnswer } from '../http/long-answer.js';
import { type ProposalAnswer, proposalLines } from '../scorecard/proposal-lines.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Options { readonly versionOf?: number; readonly seed?: number; readonly from?: string; readonly to?: string; readonly knownAt?: string; readonly upTo?: string; readonly draft?: boolean; readonly reason?: string; readonly json?: boolean }

export function addPropose(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const command = parent.command('propose').argument('<id>')
    .description('Weights that outcomes propose for a scorecard: of each measure what it was, what it would be, the interval, and why; and whether such weights rank better who leaves, on time that they had not seen. Nothing is stored without --draft.')
    .option('--version-of <n>', 'of this version; the one in force when left out', wholeNumber)
    .option('--from <day>', 'customers are looked at from the month end after this day on; three years before --to when left out').option('--to <day>', 'up to this day; the last one that is over when left out')
    .option('--known-at <time>', 'what was known then counts').option('--up-to <position>', 'only facts up to this position of the log; with --known-at it pins a result')
    .option('--seed <n>', 'of the intervals; the same seed and history give the same result', wholeNumber)
    .option('--draft', 'store it as the next version; it scores nobody until it is published').option('--reason <text>', 'why, with --draft; no personal data').option('--json', 'as JSON')
    .action(async (id: string, { json, versionOf, draft, reason, ...window }: Options) => {
      const drafting = draft ? { draft, reason: given(command, '--reason <text>', reason) } : {};
      const answer = await longAnswer<Progress, ProposalAnswer>(connectionFor(command, context), `/v1/scorecards/${encodeURIComponent(id)}/proposals`, {
        body: { ...(versionOf === undefined ? {} : { version: versionOf }), ...window, ...drafting }, again: 'Say it again: nothing is stored twice.', progress: (progress) => err(progressLine(progress)),
      });
      (json ? [JSON.stringify(answer, null, 2)] : proposalLines(answer)).forEach(out);
    });
}
