import type { Command } from 'commander';
import type { Parked } from '#event-store';
import { ask } from '../http/ask.js';
import { figure } from '../text/figures.js';
import { type CommandContext, connectionFor } from './command-context.js';

const ROOT = '/v1/admin/projections';

interface Which { readonly customer?: string; readonly events?: boolean; readonly json?: boolean }
interface Retried { readonly tried: number; readonly freed: number; readonly parked: readonly Parked[] }

/** What to do about customers that a projection holds back: subcommands of `projections`. */
export function addParked(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const answer = (json: boolean | undefined, { tried, freed, parked }: Retried) => {
    if (parked.length > 0) context.exitWith(2);
    if (json) return out(JSON.stringify({ tried, freed, parked }, null, 2));
    out(`${figure(tried)} tried, ${figure(freed)} back in step, ${figure(parked.length)} still held.`);
    parked.flatMap((each) => linesOf(each, false)).forEach(out);
  };
  const parked = parent.command('parked').argument('[projection]').description('Customers that are held back, by which fact and why.')
    .option('--customer <id>', 'only this one').option('--events', 'with the facts that wait, in their order').option('--json', 'as JSON')
    .action(async (projection: string | undefined, { customer, events, json }: Which) => {
      const found = (await ask<{ parked: readonly Parked[] }>(connectionFor(parked, context), `${ROOT}/parked`, { query: { projection, customer } })).parked;
      if (json) return out(JSON.stringify(found, null, 2));
      out(found.length === 0 ? 'Nobody is held back.' : `${figure(found.length)} held back; \`touchline projections retry\` tries them again.`);
      found.flatMap((each) => linesOf(each, events ?? false)).forEach(out);
    });
  const retry = parent.command('retry').argument('[projection]').description('Try those who are held back again, in order. Exit code 2 when some stay held.')
    .option('--customer <id>', 'only this one').option('--json', 'as JSON')
    .action(async (projection: string | undefined, { customer, json }: Which) => {
      answer(json, await ask<Retried>(connectionFor(retry, context), `${ROOT}/retry`, { method: 'POST', query: { projection, customer } }));
    });
  const replay = parent.command('replay').argument('<customer>').argument('[projection]').description('Fold one customer anew from the log, held back or not.').option('--json', 'as JSON')
    .action(async (customer: string, projection: string | undefined, { json }: Which) => {
      answer(json, await ask<Retried>(connectionFor(replay, context), `${ROOT}/replay/${encodeURIComponent(customer)}`, { method: 'POST', query: { projection } }));
    });
  const resume = parent.command('resume').argument('<name>').description('Let a projection go on that has stopped because too many were held for one cause.')
    .action(async (name: string) => {
      const { resumed } = await ask<{ resumed: boolean }>(connectionFor(resume, context), `${ROOT}/${encodeURIComponent(name)}/resume`, { method: 'POST' });
      out(resumed ? `${name} goes on.` : `${name} had not stopped.`);
    });
}

function linesOf({ projection, generation, live, partition, customer, position, type, error, since, waiting, events }: Parked, all: boolean): string[] {
  return [
    `${customer}  ${projection}${live ? '' : ` (generation ${generation})`}, partition ${partition}: ${type} at ${position} since ${since}; ${figure(waiting)} waiting`,
    `  ${error}`,
    ...(all ? events.map((event) => `  ${event.position}  ${event.type}  ${event.source} ${event.id}`) : []),
  ];
}
