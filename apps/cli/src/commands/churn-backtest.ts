import type { Command } from 'commander';
import type { Backtest, Progress } from '#insight';
import type { MadeFrom } from '#read-model';
import { backtestLines } from '../churn/backtest-lines.js';
import { progressLine } from '../text/progress-line.js';
import { longAnswer } from '../http/long-answer.js';
import { type WindowOptions, withWindow } from './churn-train.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { writePage } from './write-page.js';

export function addBacktest(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const command = withWindow(parent.command('backtest').description('What models of this kind would have foretold, each of time that it had not seen, beside simple rules. Stores nothing. Exit code 2 when the figures look too good to be true.'))
    .option('--html <file>', 'draw it into a page: calibration, lift, what the model looks at').option('--json', 'as JSON')
    .action(async ({ json, html, ...window }: WindowOptions & { html?: string; json?: boolean }) => {
      const body = { ...window, ...(html === undefined ? {} : { page: true }) };
      const { backtest, madeFrom, page } = await longAnswer<Progress, { backtest: Backtest; madeFrom: MadeFrom; page?: string }>(connectionFor(command, context), '/v1/churn/backtests', { body, again: 'Say it again: nothing was stored.', progress: (progress) => err(progressLine(progress)) });
      if (backtest.horizons.some(({ leak }) => leak.verdict === 'suspicious')) context.exitWith(2);
      if (html !== undefined) writePage(html, page!);
      (json ? [JSON.stringify({ backtest, madeFrom }, null, 2)] : backtestLines(backtest, madeFrom)).forEach(out);
      if (html !== undefined) err(`Drawn in ${html}.`);
    });
}
