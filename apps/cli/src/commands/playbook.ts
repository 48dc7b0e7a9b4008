import type { Command } from 'commander';
import type { Playbook } from '#journey';
import { ask } from '../http/ask.js';
import { jsonIn } from '../json-file.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Listed extends Playbook { readonly decided: { readonly by: string; readonly at: string; readonly reason: string } | null }

const KINDS: Readonly<Record<Playbook['when']['kind'], string>> = {
  'risk-up': 'the risk goes up', 'band-fell': 'the health falls', condition: 'this condition begins:', 'recovery-escalated': 'a clock of a recovery runs out', 'answer-unread': 'an answer lies unread',
};

/** Which tasks are made when something happens at a customer. */
export function addPlaybook(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const parent = program.command('playbook').description('Which tasks are made when something happens at a customer.');
  const list = parent.command('list').description('All playbooks: what each answers, with which tasks, and whether it runs.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { playbooks } = await ask<{ playbooks: Listed[] }>(connectionFor(list, context), '/v1/playbooks');
      (json ? [JSON.stringify(playbooks, null, 2)] : playbooks.flatMap(lines)).forEach(out);
    });
  const set = parent.command('set').argument('<id>').argument('<file>', 'JSON: label, when, tasks, reason, and segments where it is for some only').description('Set a playbook, in place of what ran under its id. For administrators.')
    .action(async (id: string, file: string) => {
      const { label } = await ask<Listed>(connectionFor(set, context), `/v1/playbooks/${encodeURIComponent(id)}`, { method: 'PUT', body: await jsonIn(file, 'playbook') });
      out(`${label} runs from now on.`);
    });
  const stop = parent.command('stop').argument('<id>').description('A playbook makes no more tasks; those that it has made stay. For administrators.').option('--reason <text>', 'why; no names of persons (has to be given)')
    .action(async (id: string, { reason }: { reason?: string }) => {
      const { label } = await ask<Listed>(connectionFor(stop, context), `/v1/playbooks/${encodeURIComponent(id)}/stop`, { method: 'POST', body: { reason: given(stop, '--reason <text>', reason) } });
      out(`${label} makes no more tasks.`);
    });
}

function lines({ playbook, label, when, segments, tasks, running, decided }: Listed): string[] {
  const on = `${KINDS[when.kind]}${when.condition === undefined ? '' : ` ${when.condition}`}${when.workingDays === undefined ? '' : ` for ${when.workingDays} working days`}${segments ? `, of ${segments.join(', ')}` : ''}`;
  return [
    `${playbook}  ${label}${running ? '' : ' (stopped)'}: when ${on}`,
    ...tasks.map(({ what, dueInWorkingDays, owner, hint }) => `  ${what}${hint === undefined ? '' : ` (${hint})`}, in ${dueInWorkingDays} working days${owner === undefined ? '' : `, ${owner}`}`),
    ...(decided ? [`  decided by ${decided.by} on ${decided.at.slice(0, 10)}: ${decided.reason}`] : []),
  ];
}
