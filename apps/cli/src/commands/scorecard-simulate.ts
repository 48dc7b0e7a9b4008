import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Progress } from '#insight';
import type { Simulated } from '#read-model';
import { progressLine } from '../text/progress-line.js';
import { longAnswer } from '../http/long-answer.js';
import { cardIn } from '../scorecard/card-file.js';
import { simulationLines } from '../scorecard/simulation-lines.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { writePage } from './write-page.js';

interface Options { readonly versionOf?: number; readonly from?: string; readonly to?: string; readonly knownAt?: string; readonly upTo?: string; readonly html?: string; readonly json?: boolean }

export function addSimulate(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const command = parent.command('simulate').argument('<file-or-id>', 'a scorecard as JSON, or the id of one that was drafted')
    .description('What a scorecard would have said of every customer on every day, beside those in force: whose band changes, how early each warns, false alarms, how well each ranks who leaves. Nothing is stored.')
    .option('--version-of <n>', 'this version of a drafted one; the newest when left out', wholeNumber).option('--from <day>', 'every day from this one on; one year before --to when left out').option('--to <day>', 'up to this day; the last one that is over when left out')
    .option('--known-at <time>', 'what was known then counts').option('--up-to <position>', 'only facts up to this position of the log; with --known-at it pins a result')
    .option('--html <file>', 'draw it into a page').option('--json', 'as JSON')
    .action(async (named: string, { json, html, versionOf, ...window }: Options) => {
      const isFile = existsSync(named);
      const card = isFile ? { card: await cardIn(named) } : { id: named, ...(versionOf === undefined ? {} : { version: versionOf }) };
      const { page, ...simulated } = await longAnswer<Progress, Simulated & { page?: string }>(connectionFor(command, context), '/v1/scorecards/simulations', {
        body: { ...card, ...window, ...(html === undefined ? {} : { page: true }) }, again: 'Say it again: nothing was stored.', progress: (progress) => err(progressLine(progress)),
      });
      if (html !== undefined) writePage(html, page!);
      (json ? [JSON.stringify(simulated, null, 2)] : simulationLines(simulated, isFile ? basename(named) : null)).forEach(out);
      if (html !== undefined) err(`Drawn in ${html}.`);
    });
}
