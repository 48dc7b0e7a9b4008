import type { Command } from 'commander';
import type { NextReport } from '#read-model';
import { ask } from '../http/ask.js';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Wanted { readonly on?: boolean; readonly off?: boolean; readonly days?: string; readonly segments?: string; readonly to?: string }

const PATH = '/v1/tenant/report-schedule';
const names = (text: string) => text.split(',').map((name) => name.trim()).filter((name) => name !== '');

/** When the report is published by itself. Without options it says so; with `--on` or `--off` it sets it. */
export function addReportSchedule(report: Command, context: CommandContext): void {
  const schedule = report.command('schedule').description('When the report is published by itself, and whom of the staff it is mailed to; --on or --off sets it.')
    .option('--on', 'publish the report of each quarter that is over').option('--off', 'publish none').option('--days <n>', 'so many days after the last of the quarter; left out: 5')
    .option('--segments <names>', 'with commas: each has a report of its own beside').option('--to <codes>', 'with commas: people of the staff; left out: executives')
    .action(async () => {
      const { on = false, off = false, days, segments, to } = schedule.opts<Wanted>();
      if (on && off) throw new CliError('Give --on or --off, not both.');
      if (!on && !off && [days, segments, to].some((option) => option !== undefined)) throw new CliError('What is set takes the place of all that was set before: say --on or --off as well.');
      if (days !== undefined && !/^\d{1,2}$/.test(days)) throw new CliError('Days are a whole number from 1 to 60.');
      const body = { on, ...(days !== undefined && { daysAfter: Number(days) }), ...(segments !== undefined && { segments: names(segments) }), ...(to !== undefined && { to: names(to) }) };
      const { say } = await ask<NextReport>(connectionFor(schedule, context), PATH, on || off ? { method: 'PUT', body } : {});
      context.terminal.out(say);
    });
}
