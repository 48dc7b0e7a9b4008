import type { Command } from 'commander';
import type { ChurnRiskAnswer, ExplanationAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { riskLines } from '../churn/risk-lines.js';
import { horizonWords } from '../churn/figures-table.js';
import { counted } from '../text/figures.js';
import { aboutCustomer } from './about-customer.js';
import { type CommandContext, connectionFor } from './command-context.js';

const SHOWN = 12;
const MODEL = /^(cm-[0-9a-f]+|prior|in-force)$/;

export function addExplain(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const command = parent.command('explain').argument('[what]', 'a customer (our id, system:id, or the name), the id of a model, prior, or in-force', 'in-force').description('Of a customer: how likely it leaves and why. Of a model: what it looks at and how much each thing weighs; without a name, of the one that answers.')
    .option('--horizon <days>', 'of a customer: 30, 90, 180 or renewal').option('--as-of <time>', 'of a customer: what was true then').option('--known-at <time>', 'of a customer: what was known then')
    .option('--all', 'everything it looks at, not only what weighs most').option('--json', 'as JSON')
    .action(async (what: string, { all, json, ...moment }: { all?: boolean; json?: boolean; horizon?: string; asOf?: string; knownAt?: string }) => {
      const connection = connectionFor(command, context);
      if (!MODEL.test(what)) {
        const risk = await aboutCustomer(connection, what, context.terminal.err, (id) => ask<ChurnRiskAnswer>(connection, `/v1/customers/${id}/churn-risk`, { query: moment }));
        return (json ? [JSON.stringify(risk, null, 2)] : riskLines(risk, all ? Infinity : SHOWN)).forEach(out);
      }
      const answer = await ask<ExplanationAnswer>(connection, `/v1/churn/models/${encodeURIComponent(what)}/explain`);
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
