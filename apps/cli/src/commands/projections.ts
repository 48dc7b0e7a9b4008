import type { Command } from 'commander';
import type { Progress } from '#event-store';
import { ask } from '../http/ask.js';
import { figure } from '../text/figures.js';
import { table } from '../text/table.js';
import { type CommandContext, connectionFor } from './command-context.js';

export function addProjections(program: Command, context: CommandContext): void {
  const parent = program.command('projections').description('The read models: how far they are, and building them anew. Needs an admin key.');
  const list = parent.command('list').description('Every generation of every projection, with its lag.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { projections } = await ask<{ projections: readonly Progress[] }>(connectionFor(list, context), '/v1/admin/projections');
      if (json) return context.terminal.out(JSON.stringify(projections, null, 2));
      const rows = projections.map((each) => [each.name, String(each.generation), each.live ? 'live' : 'building', figure(each.position), figure(each.behind), each.lagSeconds.toFixed(1), figure(each.parked)]);
      table(['projection', 'generation', 'state', 'position', 'behind', 'lag s', 'parked'], rows, new Set([1, 3, 4, 5, 6])).forEach(context.terminal.out);
    });
  const rebuild = parent.command('rebuild').argument('<name>').description('Build one anew beside the one that is read; it is switched when it has caught up.')
    .action(async (name: string) => {
      const { generation } = await ask<{ generation: number }>(connectionFor(rebuild, context), `/v1/admin/projections/${encodeURIComponent(name)}/rebuild`, { method: 'POST' });
      context.terminal.out(`Generation ${generation} of ${name} is being built; \`touchline projections list\` shows how far it is.`);
    });
}
