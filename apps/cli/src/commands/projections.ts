import type { Command } from 'commander';
import type { Comparison, Progress, Waiting } from '#event-store';
import { ask } from '../http/ask.js';
import { counted, figure } from '../text/figures.js';
import { table } from '../text/table.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { addParked } from './parked.js';

type Listed = Progress & { readonly waiting: Waiting };

const ROOT = '/v1/admin/projections';
const POST = { method: 'POST' } as const;
const pathOf = (name: string, action: string): string => `${ROOT}/${encodeURIComponent(name)}/${action}`;

export function addProjections(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const parent = program.command('projections').description('The read models: how far they are, and building them anew. Needs an admin key; what changes them for all tenants, that of an operator.');
  const list = parent.command('list').description('Every generation of every projection, with its lag.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { projections } = await ask<{ projections: readonly Listed[] }>(connectionFor(list, context), ROOT);
      if (json) return out(JSON.stringify(projections, null, 2));
      const rows = projections.map((each) => [each.name, String(each.generation), each.stopped ? 'stopped' : each.state, ...placeOf(each), figure(each.waiting.customers), figure(each.parked)]);
      table(['projection', 'generation', 'state', 'position', 'behind', 'lag s', 'waiting', 'parked'], rows, new Set([1, 3, 4, 5, 6, 7])).forEach(out);
      for (const { name, generation, built } of projections) if (built) out(`Generation ${generation} of ${name} is being built: ${figure(built.customers)} of ${counted(built.of, 'customer')} done.`);
      for (const { name, waiting } of projections) if (waiting.customers > 0) out(`${name}: ${counted(waiting.customers, 'customer')} to be computed anew after late facts; the first for ${waiting.seconds.toFixed(0)} s.`);
      for (const { stopped } of projections) if (stopped) out(stopped.text);
      for (const { name, state, comparison } of projections) if (state === 'building' && comparison) comparisonLines(name, comparison).forEach(out);
    });
  const rebuild = parent.command('rebuild').argument('<name>').description('Build one anew beside the one that is read; it takes over when nothing differs.')
    .action(async (name: string) => {
      const { generation, dropped } = await ask<{ generation: number; dropped: readonly number[] }>(connectionFor(rebuild, context), pathOf(name, 'rebuild'), POST);
      if (dropped.length > 0) out(`Generation ${dropped.join(', ')}, which was kept for going back, is dropped.`);
      out(`Generation ${generation} of ${name} is being built; \`touchline projections list\` shows how far it is.`);
      out('It takes over when it equals the one that is read; with differences it waits for `touchline projections switch`.');
    });
  const compare = parent.command('compare').argument('<name>').description('Compare both generations, customer by customer. Exit code 2 when they differ.').option('--json', 'as JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const comparison = await ask<Comparison>(connectionFor(compare, context), pathOf(name, 'compare'), POST);
      if (comparison.different > 0) context.exitWith(2);
      (json ? [JSON.stringify(comparison, null, 2)] : comparisonLines(name, comparison)).forEach(out);
    });
  const change = parent.command('switch').argument('<name>').description('Read from the other generation; the present one is kept and follows on.')
    .action(async (name: string) => {
      const { live, kept } = await ask<{ live: number; kept: number }>(connectionFor(change, context), pathOf(name, 'switch'), POST);
      out(`Generation ${live} of ${name} is read now. Generation ${kept} follows on: \`touchline projections undo ${name}\` goes back, \`drop\` ends it.`);
    });
  const undo = parent.command('undo').argument('<name>').description('Go back to the generation that was read before the last switch.')
    .action(async (name: string) => {
      const { live, kept } = await ask<{ live: number; kept: number }>(connectionFor(undo, context), pathOf(name, 'switch'), { ...POST, query: { undo: 'true' } });
      out(`Generation ${live} of ${name} is read again; generation ${kept} is kept.`);
    });
  const drop = parent.command('drop').argument('<name>').description('Drop every generation but the one that is read.')
    .action(async (name: string) => {
      const { dropped } = await ask<{ dropped: readonly number[] }>(connectionFor(drop, context), pathOf(name, 'drop'), POST);
      out(dropped.length === 0 ? `There is only one generation of ${name}.` : `Dropped generation ${dropped.join(', ')} of ${name}.`);
    });
  addParked(parent, context);
}

/** While it is built it stands at no position yet. */
const placeOf = ({ built, position, behind, lagSeconds }: Progress): string[] => (built ? ['-', '-', '-'] : [figure(position), figure(behind), lagSeconds.toFixed(1)]);

function comparisonLines(name: string, { live, other, customers, different, moving, examples }: Comparison): string[] {
  return [
    `${name}: of ${figure(customers)} customers ${figure(different)} differ between generation ${live} (read) and ${other}${moving > 0 ? `; ${figure(moving)} were moving and are not judged` : ''}.`,
    ...examples.map(({ customer, columns, live: before, other: after }) => `  ${customer}: ${columns.length > 0 ? columns.join(', ') : before === null ? 'only in the new one' : 'missing in the new one'}${
      columns.filter((column) => typeof before?.[column] !== 'object').map((column) => `; ${column} ${String(before?.[column])} -> ${String(after?.[column])}`).join('')}`),
  ];
}
