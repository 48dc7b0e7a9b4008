import type { Command } from 'commander';
import type { ExplanationAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { horizonWords } from '../churn/figures-table.js';
import { counted } from '../text/figures.js';
import { type CommandContext, connectionFor } from './command-context.js';

const SHOWN = 12;

export function addExplain(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const command = parent.command('explain').argument('[model]', 'id of a model, prior, or in-force', 'in-force').description('What a model looks at and how much each thing weighs; without a name, of the one that answers.')
    .option('--all', 'everything it looks at, not only what weighs most').option('--json', 'as JSON')
    .action(async (model: string, { all, json }: { all?: boolean; json?: boolean }) => {
      const answer = await ask<ExplanationAnswer>(connectionFor(command, context), `/v1/churn/models/${encodeURIComponent(model)}/explain`);
      (json ? [JSON.stringify(answer, null, 2)] : explanationLines(answer, all ? Infinity : SHOWN)).forEach(out);
    });
}

function explanationLines({ model, kind, horizons }: ExplanationAnswer, shown: number): string[] {
  const prior = model === 'prior' ? 'The prior: stated assumptions, nothing learnt.' : `${model}, ${kind}.`;
  return [prior, ...horizons.flatMap(({ horizon, rows, departures, columns }) => [
    '', `Within ${horizonWords(horizon)}${rows === 0 ? '' : `, learnt from ${counted(rows, 'row')}, ${counted(departures, 'departure')}`}:`,
    ...columns.slice(0, shown).map(({ says }) => `  ${says}`),
    ...(columns.length > shown ? [`  and ${columns.length - shown} more, which weigh less: --all`] : []),
  ])];
}
