import { type Command, Option } from 'commander';
import type { Progress } from '#insight';
import type { DataFor } from '#journey';
import { figuresTable } from '../churn/figures-table.js';
import { progressLine } from '../text/progress-line.js';
import { longAnswer } from '../http/long-answer.js';
import { counted } from '../text/figures.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor } from './command-context.js';

/** Which history, and what is made of it; as both a training and a backtest take it. */
export interface WindowOptions {
  readonly kind?: string;
  readonly seed?: number;
  readonly from?: string;
  readonly to?: string;
  readonly gapDays?: number;
  readonly features?: readonly string[];
  readonly causes?: readonly string[];
  readonly accept?: readonly string[];
  readonly knownAt?: string;
  readonly upTo?: string;
}

export function withWindow(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'a sum of weighted figures, or a curve for each figure').choices(['logistic', 'additive']))
    .option('--seed <n>', 'of its chance; the same seed and history give the same result', wholeNumber)
    .option('--from <day>', 'customers are looked at from the month end after this day on; three years before --to when left out')
    .option('--to <day>', 'up to this day; the last one that is over when left out')
    .option('--gap-days <n>', 'who gives notice within so many days is left out', wholeNumber)
    .option('--features <name...>', 'look at nothing else; those of a horizon without its days')
    .option('--causes <cause...>', 'only these causes of leaving count; every one but merger when left out')
    .option('--accept <column...>', 'columns that look too good to be true, and that you have looked at')
    .option('--known-at <time>', 'what was known then counts')
    .option('--up-to <position>', 'only facts up to this position of the log; with --known-at it pins a result');
}

interface Trained extends Omit<DataFor<'churnmodel.trained'>, 'model'> {
  readonly status: 'trained' | 'already-trained' | 'dry-run';
  readonly id: string;
  readonly held: number;
  readonly suspicion: { readonly says: string; readonly columns: readonly string[] } | null;
}

export function addTrain(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const command = withWindow(parent.command('train').description('Train a model on what was known of all customers. It answers only after `touchline churn promote`. Exit code 2 when its figures look too good to be true.'))
    .option('--dry-run', 'store nothing').option('--json', 'as JSON')
    .action(async ({ json, ...body }: WindowOptions & { dryRun?: boolean; json?: boolean }) => {
      const { trained } = await longAnswer<Progress, { trained: Trained }>(connectionFor(command, context), '/v1/churn/models', { body, again: 'Train again: nothing is stored twice.', progress: (progress) => err(progressLine(progress)) });
      if (trained.suspicion) context.exitWith(2);
      (json ? [JSON.stringify(trained, null, 2)] : trainedLines(trained)).forEach(out);
    });
}

function trainedLines({ status, id, window, customers, rows, held, figures, suspicion, upTo, knownAt }: Trained): string[] {
  const what = { 'trained': `${id} is trained`, 'already-trained': `${id} was trained already; nothing was added`, 'dry-run': `${id} would be trained; nothing was stored` }[status];
  return [
    `${what}: ${counted(rows, 'row')} of ${counted(customers, 'customer')}, ${window.from} to ${window.to}.`,
    `Known at ${knownAt}, up to position ${upTo}; both given again make the same model.`,
    ...(held > 0 ? [`${counted(held, 'customer')} left out, of whom a fact cannot be read: npx touchline projections parked`] : []),
    '', ...figuresTable(figures), '',
    ...(suspicion ? [`Too good to be true? ${suspicion.says}`, `To promote it all the same: touchline churn promote ${id} --reason "... ${suspicion.columns.join(', ')} ..."`]
      : status === 'dry-run' ? [] : [`It does not answer yet: touchline churn promote ${id} compares it with the one in force.`]),
  ];
}
