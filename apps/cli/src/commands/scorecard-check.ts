import type { Command } from 'commander';
import type { CardChange, CardCoverage, CardFinding } from '#insight';
import { ask } from '../http/ask.js';
import { cardIn } from '../scorecard/card-file.js';
import { table } from '../text/table.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface CheckAnswer { readonly publishable: boolean; readonly findings: readonly CardFinding[]; readonly coverage: CardCoverage | null }
interface DiffAnswer { readonly id: string; readonly from: number; readonly to: number; readonly changes: readonly CardChange[] }

export function addCheck(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const check = parent.command('check').argument('<file>', 'a scorecard as JSON').description('What is wrong with a scorecard, and of how many customers its measures are known. Nothing is stored. Exit code 2 when it could not be published, 1 when it is no scorecard at all.').option('--json', 'as JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const answer = await ask<CheckAnswer>(connectionFor(check, context), '/v1/scorecards/checks', { method: 'POST', body: { card: await cardIn(file) } });
      if (!answer.publishable) context.exitWith(2);
      (json ? [JSON.stringify(answer, null, 2)] : checkLines(answer)).forEach(out);
    });
  const diff = parent.command('diff').argument('<id>').description('What one version of a scorecard changed of another.')
    .option('--from <n>', 'the earlier version; the one in force when left out').option('--to <n>', 'the later version; the newest when left out').option('--json', 'as JSON')
    .action(async (id: string, { from, to, json }: { from?: string; to?: string; json?: boolean }) => {
      const answer = await ask<DiffAnswer>(connectionFor(diff, context), `/v1/scorecards/${encodeURIComponent(id)}/diff`, { query: { from, to } });
      (json ? [JSON.stringify(answer, null, 2)] : diffLines(answer)).forEach(out);
    });
}

export const findingLines = (findings: readonly CardFinding[]): string[] => findings.map(({ level, pointer, say }) => `${level}  ${pointer || '/'}  ${say}`);

function checkLines({ publishable, findings, coverage }: CheckAnswer): string[] {
  return [
    publishable ? `It can be published${findings.length === 0 ? '; nothing was found' : ''}.` : 'It cannot be published as it is.', ...findingLines(findings),
    ...(coverage ? ['', `Known of ${coverage.customers} customers:`, ...table(['measure', 'known of'], coverage.measures.map(({ id, share }) => [id, `${Math.round(100 * share)} %`]), new Set([1]))] : []),
  ];
}

function diffLines({ id, from, to, changes }: DiffAnswer): string[] {
  return [`${id}: version ${from} to version ${to}${changes.length === 0 ? ', nothing changed' : ''}.`, ...changes.map(({ say }) => say)];
}
