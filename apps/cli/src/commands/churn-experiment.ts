import { type Command, InvalidArgumentError } from 'commander';
import type { Experiment, ExperimentPlan, ExperimentReport } from '#read-model';
import { ask } from '../http/ask.js';
import { counted, figure } from '../text/figures.js';
import { table } from '../text/table.js';
import { type CommandContext, connectionFor } from './command-context.js';

const ROOT = '/v1/churn/experiments';
const pathOf = (id: string): string => `${ROOT}/${encodeURIComponent(id)}`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface Options {
  readonly share?: number;
  readonly effect?: number;
  readonly segment?: string;
  readonly intervention?: string;
  readonly seed?: number;
}

export function addExperiment(churn: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const parent = churn.command('experiment').description('Does what we do to keep customers help? A share of them is held out by lot.');
  for (const [name, start, description] of [['plan', false, 'How many customers and months would show the effect; starts nothing.'], ['start', true, 'Start it: from now on nothing is to be done to keep those who are held out.']] as const) {
    const command = parent.command(name).argument('<id>', 'a key of yours, such as calls-2026').description(description)
      .option('--share <n>', 'share that is held out, such as 0.2', number).option('--effect <n>', 'the part of leavers that is to be kept, such as 0.25', number)
      .option('--segment <name>', 'only customers of this segment').option('--intervention <kind>', 'what is tried, as its facts say it').option('--seed <n>', 'of the lot', number).option('--json', 'as JSON')
      .action(async (experiment: string, { json, ...options }: Options & { json?: boolean }) => {
        const answer = await ask<{ plan: ExperimentPlan }>(connectionFor(command, context), ROOT, { method: 'POST', body: { experiment, ...options, start } });
        (json ? [JSON.stringify(answer, null, 2)] : planLines(experiment, answer.plan, start)).forEach(out);
      });
  }
  const list = parent.command('list').description('Every experiment.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { experiments } = await ask<{ experiments: readonly Experiment[] }>(connectionFor(list, context), ROOT);
      (json ? [JSON.stringify(experiments, null, 2)] : table(['experiment', 'from', 'to', 'held out', 'segment', 'customers', 'months'],
        experiments.map(({ experiment, on, endedOn, share: held, segment, accounts, months }) => [experiment, on, endedOn ?? 'runs', percent(held), segment ?? 'all', figure(accounts), figure(months)]), new Set([3, 5, 6]))).forEach(out);
    });
  const report = parent.command('report').argument('<id>').description('Whether it helped so far, with an interval, and who is held out.').option('--json', 'as JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const answer = await ask<ExperimentReport>(connectionFor(report, context), pathOf(id));
      (json ? [JSON.stringify(answer, null, 2)] : reportLines(answer)).forEach(out);
    });
  const end = parent.command('end').argument('<id>').description('Hold nobody out for it any more.').option('--reason <text>', 'why; no personal data')
    .action(async (id: string, { reason }: { reason?: string }) => {
      await ask<object>(connectionFor(end, context), `${pathOf(id)}/end`, { method: 'POST', body: reason === undefined ? {} : { reason } });
      out(`${id} has ended; touchline churn experiment report ${id} says what came of it.`);
    });
}

function planLines(id: string, { accounts, monthlyRate, left, looks, size }: ExperimentPlan, started: boolean): string[] {
  return [
    `${counted(accounts, 'customer')} would take part. In the last year ${left} of ${figure(looks)} months of customers ended with a departure: ${percent(monthlyRate)} a month.`,
    size === null ? 'So few left, or take part, that nothing could ever be shown.'
      : `To see the effect in four of five experiments takes ${figure(size.customerMonths)} months of customers: ${counted(size.months, 'month')} with these, or ${figure(size.customersForAYear)} customers for a year.`,
    ...(started ? [`${id} has started: touchline churn experiment report ${id} says who is held out.`] : size === null ? [] : [`Nothing was started: touchline churn experiment start ${id} with the same options does.`]),
  ];
}

function reportLines({ experiment, on, until, treated, heldOut, uplift, holdOut, accountMonths }: ExperimentReport): string[] {
  return [
    `${experiment}, ${on} to ${until}, ${figure(accountMonths)} months of customers wanted.`, '',
    ...table(['', 'customers', 'left', 'reached'], [['treated', treated], ['held out', heldOut]].map(([name, group]) => {
      const { customers, left, reached } = group as typeof treated;
      return [String(name), figure(customers), figure(left), figure(reached)];
    }), new Set([1, 2, 3])), '',
    uplift === null ? 'One of both is empty, so nothing can be said.'
      : `${percent(uplift.treatedShare)} of the treated left, and ${percent(uplift.heldOutShare)} of the held out: ${(100 * uplift.difference).toFixed(1)} points less (95 %: ${(100 * uplift.low).toFixed(1)} to ${(100 * uplift.high).toFixed(1)}). ${
        { 'helps': 'It helps.', 'harms': 'It does harm.', 'not shown': 'That may be chance.' }[uplift.verdict]}`,
    ...(holdOut.length === 0 ? [] : ['', `Held out, and here: ${holdOut.join(', ')}`]),
  ];
}

function number(text: string): number {
  if (/^\d{1,10}(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number.');
}
