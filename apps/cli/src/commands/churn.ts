import type { Command } from 'commander';
import type { Compared, DriftAnswer, ModelsAnswer } from '#read-model';
import { comparisonLines, driftLines, modelLines } from '../churn/model-lines.js';
import { ask } from '../http/ask.js';
import { addBacktest } from './churn-backtest.js';
import { addExperiment } from './churn-experiment.js';
import { addExplain } from './churn-explain.js';
import { addRows } from './churn-rows.js';
import { addTrain } from './churn-train.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

const MODELS = '/v1/churn/models';
const pathOf = (model: string, action: string): string => `${MODELS}/${encodeURIComponent(model)}/${action}`;

export function addChurn(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const parent = program.command('churn').description('Models of churn risk: train, try, promote, retire, watch and explain them. What writes needs the key of an analyst, admin or operator.');
  addTrain(parent, context);
  addBacktest(parent, context);
  addRows(parent, context);
  const models = parent.command('models').description('Every model that was trained, and which one answers.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const answer = await ask<ModelsAnswer>(connectionFor(models, context), MODELS);
      (json ? [JSON.stringify(answer, null, 2)] : modelLines(answer)).forEach(out);
    });
  const promote = parent.command('promote').argument('<model>').description('Let a model answer. Refused unless it did better than the one in force on time that neither had seen, or --reason says why.')
    .option('--reason <text>', 'why, if the figures do not say it; no personal data').option('--json', 'as JSON')
    .action(async (model: string, { reason, json }: { reason?: string; json?: boolean }) => {
      const answer = await ask<{ model: string; comparison: Compared & { readonly says: string } }>(connectionFor(promote, context), pathOf(model, 'promote'), { method: 'POST', body: reason === undefined ? {} : { reason } });
      if (json) return out(JSON.stringify(answer, null, 2));
      comparisonLines(answer.comparison).forEach(out);
      out(`${answer.model} answers from now on. \`touchline churn retire ${answer.model} --reason …\` goes back.`);
    });
  const retire = parent.command('retire').argument('<model>').description('Let a model answer no longer; the one that was promoted before it does, or the prior.').option('--reason <text>', 'why; no personal data').option('--json', 'as JSON')
    .action(async (model: string, { reason, json }: { reason?: string; json?: boolean }) => {
      const connection = connectionFor(retire, context);
      const retired = await ask<object>(connection, pathOf(model, 'retire'), { method: 'POST', body: { reason: given(retire, '--reason <text>', reason) } });
      const { inForce } = await ask<ModelsAnswer>(connection, MODELS);
      out(json ? JSON.stringify({ ...retired, inForce }, null, 2) : `${model} is retired. ${inForce === 'prior' ? 'The prior answers: stated assumptions, nothing learnt.' : `${inForce} answers.`}`);
    });
  const drift = parent.command('drift').description('How far models have drifted from what they were trained on; measured once a month. Exit code 2 when the one in force has drifted.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const answer = await ask<DriftAnswer>(connectionFor(drift, context), '/v1/churn/drift');
      if (answer.measurements.find(({ model }) => model === answer.inForce)?.verdict === 'drifted') context.exitWith(2);
      (json ? [JSON.stringify(answer, null, 2)] : driftLines(answer)).forEach(out);
    });
  addExplain(parent, context);
  addExperiment(parent, context);
}
