import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Card } from '#insight';
import type { ScorecardAnswer, ScorecardsAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { cardLines } from '../scorecard/card-lines.js';
import { listLines } from '../scorecard/list-lines.js';
import { CliError } from '../terminal.js';
import { table } from '../text/table.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { addAssign } from './scorecard-assign.js';
import { addCheck } from './scorecard-check.js';
import { addDecisions } from './scorecard-decisions.js';
import { addPropose } from './scorecard-propose.js';
import { addSimulate } from './scorecard-simulate.js';

const CARDS = '/v1/scorecards';

export function addScorecard(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const parent = program.command('scorecard').description('Scorecards: look at them, draft, check, try, compare, publish, assign, revert and retire them. What writes needs the key of an analyst, admin or operator.');
  const list = parent.command('list').description('Every scorecard, who is scored by which, and what was decided last.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const answer = await ask<ScorecardsAnswer>(connectionFor(list, context), CARDS);
      (json ? [JSON.stringify(answer, null, 2)] : listLines(answer)).forEach(out);
    });
  const show = parent.command('show').argument('<id>').description('A scorecard; --out writes it into a file that can be changed and drafted.')
    .option('--version-of <n>', 'this version; the one in force when left out').option('--out <file>', 'write it as JSON').option('--json', 'as JSON')
    .action(async (id: string, { versionOf, out: file, json }: { versionOf?: string; out?: string; json?: boolean }) => {
      const { card, summary } = await ask<ScorecardAnswer>(connectionFor(show, context), `${CARDS}/${encodeURIComponent(id)}`, { query: { version: versionOf } });
      if (file === undefined) return (json ? [JSON.stringify(card, null, 2)] : cardLines(card, summary)).forEach(out);
      await keep(file, card);
      out(`${card.id} version ${card.version} is in ${file}. Change it, then: touchline scorecard check ${file}`);
    });
  const ready = parent.command('ready-made').argument('[id]').description('Scorecards to begin with; with an id, that one.').option('--out <file>', 'write it as JSON')
    .action(async (id: string | undefined, { out: file }: { out?: string }) => {
      const { scorecards } = await ask<{ scorecards: readonly Card[] }>(connectionFor(ready, context), `${CARDS}/ready-made`);
      if (id === undefined) return table(['id', 'what for', 'measures'], scorecards.map((card) => [card.id, card.label ?? '', String(card.measures.length)]), new Set([2])).forEach(out);
      const card = scorecards.find((each) => each.id === id);
      if (!card) throw new CliError(`There is no ready-made scorecard ${id}. There are: ${scorecards.map((each) => each.id).join(', ')}.`);
      const { version: _, ...unversioned } = card;
      if (file === undefined) return out(JSON.stringify(unversioned, null, 2));
      await keep(file, unversioned);
      out(`${id} is in ${file}. As it is, or changed: touchline scorecard draft ${file} --reason "..."`);
    });
  addCheck(parent, context);
  addDecisions(parent, context);
  addAssign(parent, context);
  addSimulate(parent, context);
  addPropose(parent, context);
}

async function keep(file: string, card: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(card, null, 2)}\n`).catch((error: Error) => { throw new CliError(`${file} cannot be written: ${error.message}. Name another file with --out.`); });
}
