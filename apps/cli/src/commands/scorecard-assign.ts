import type { Command } from 'commander';
import type { Progress } from '#insight';
import type { BandMoves } from '#read-model';
import { progressLine } from '../text/progress-line.js';
import { longAnswer } from '../http/long-answer.js';
import { effectLines } from '../scorecard/effect-lines.js';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Options { readonly rule: readonly string[]; readonly otherwise?: string; readonly nobodyElse?: boolean; readonly reason?: string; readonly json?: boolean }

const TRAITS = { segment: 'segments', industry: 'industries', region: 'regions' } as const;

export function addAssign(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const collect = (value: string, before: readonly string[]) => [...before, value];
  const command = parent.command('assign').argument('<perspective>', 'whole: the score that counts; payer or user: as these see us')
    .description('Say who is scored by which scorecard: the first rule that fits, else the last one. What was assigned before from this point of view is replaced.')
    .option('--rule <trait=value:card>', 'such as "segment=enterprise:b2b-saas"; values with "|" between them; several traits with "," between them; may be given more than once', collect, [])
    .option('--otherwise <card>', 'the scorecard of everybody else').option('--nobody-else', 'payer and user: nobody else is looked at so')
    .option('--reason <text>', 'why; no personal data').option('--json', 'as JSON')
    .action(async (perspective: string, { rule, otherwise, nobodyElse, reason, json }: Options) => {
      if (nobodyElse && otherwise !== undefined) throw new CliError('Say either --otherwise <card> or --nobody-else, not both.');
      const body = { rules: rule.map(ruleOf), otherwise: nobodyElse ? null : given(command, '--otherwise <card>', otherwise), reason: given(command, '--reason <text>', reason) };
      const { published } = await longAnswer<Progress, { published: { effect: BandMoves | null } }>(connectionFor(command, context), `/v1/scorecards/assignments/${encodeURIComponent(perspective)}`, {
        body, again: 'Say it again.', progress: (progress) => err(progressLine(progress)),
      });
      (json ? [JSON.stringify(published, null, 2)] : ['Assigned.', ...effectLines(published.effect)]).forEach(out);
    });
}

/** "segment=enterprise|public,region=North:b2b-saas" @throws CliError */
function ruleOf(text: string): Record<string, unknown> {
  const at = text.lastIndexOf(':');
  const parts = text.slice(0, at).split(',').map((part) => part.split('='));
  const fits = at > 0 && at < text.length - 1 && parts.every(([trait = '', values]) => trait in TRAITS && values);
  if (!fits) throw new CliError(`--rule takes <trait=value:card> with a trait of ${Object.keys(TRAITS).join(', ')}, such as segment=enterprise:b2b-saas, not "${text}".`);
  return { ...Object.fromEntries(parts.map(([trait, values]) => [TRAITS[trait as keyof typeof TRAITS], values!.split('|')])), card: text.slice(at + 1) };
}
