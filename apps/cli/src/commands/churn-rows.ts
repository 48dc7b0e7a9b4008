import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Progress, TableRow } from '#insight';
import type { MadeFrom } from '#read-model';
import { progressLine } from '../text/progress-line.js';
import { csvLines } from '../churn/rows-csv.js';
import { longLines } from '../http/long-answer.js';
import { CliError } from '../terminal.js';
import { counted } from '../text/figures.js';
import { type WindowOptions, withWindow } from './churn-train.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

const AGAIN = 'Say it again: nothing was stored.';

export function addRows(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const command = withWindow(parent.command('rows').description('Write every row that such a training sees into a CSV file, with what was foretold of it out of time: to check a model with a tool of your own.'))
    .option('--csv <file>', 'where to')
    .action(async ({ csv, ...body }: WindowOptions & { csv?: string }) => {
      const file = given(command, '--csv <file>', csv);
      const lines = longLines<Progress, { rows: readonly TableRow[] } | { madeFrom: MadeFrom }>(connectionFor(command, context), '/v1/churn/rows', { body, again: AGAIN, progress: (progress) => err(progressLine(progress)) });
      const { rows, upTo, knownAt } = await writeRows(file, lines);
      out(`${counted(rows, 'row')} in ${file}. Known at ${knownAt}, up to position ${upTo}; both given again make the same rows.`);
    });
}

async function writeRows(path: string, lines: AsyncIterable<{ rows: readonly TableRow[] } | { madeFrom: MadeFrom }>): Promise<MadeFrom> {
  const file = createWriteStream(path);
  await once(file, 'open').catch((error: Error) => { throw new CliError(`${path} cannot be written: ${error.message}. Name another file with --csv.`); });
  try {
    let isFirst = true;
    for await (const line of lines) {
      if ('madeFrom' in line) return line.madeFrom;
      const text = [...csvLines(line.rows, isFirst)].map((row) => `${row}\n`).join('');
      isFirst = false;
      if (!file.write(text)) await once(file, 'drain');
    }
    throw new CliError(`The answer broke off. ${AGAIN}`);
  } finally {
    file.end();
    await finished(file);
  }
}
