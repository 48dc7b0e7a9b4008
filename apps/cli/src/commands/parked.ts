import type { Command } from 'commander';
import type { Parked } from '#event-store';
import { ask } from '../http/ask.js';
import type { Connection } from '../settings.js';
import { figure } from '../text/figures.js';
import { aboutCustomer, calledOf } from './about-customer.js';
import { type CommandContext, connectionFor } from './command-context.js';

const ROOT = '/v1/admin/projections';
/** So many are told by name; who has more than these held has another problem. */
const NAMED = 20;

interface Which { readonly customer?: string; readonly events?: boolean; readonly json?: boolean }
interface Retried { readonly tried: number; readonly freed: number; readonly parked: readonly Parked[] }

/** What to do about customers that a projection holds back: subcommands of `projections`. */
export function addParked(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const tell = async (connection: Connection, found: readonly Parked[], all: boolean) => {
    const called = new Map<string, string>();
    for (const { customer } of found.slice(0, NAMED)) if (!called.has(customer)) called.set(customer, await calledOf(connection, customer));
    found.flatMap((each) => linesOf(each, called.get(each.customer) ?? each.customer, all)).forEach(out);
  };
  const answer = async (connection: Connection, json: boolean | undefined, { tried, freed, parked }: Retried) => {
    if (parked.length > 0) context.exitWith(2);
    if (json) return out(JSON.stringify({ tried, freed, parked }, null, 2));
    out(`${figure(tried)} tried, ${figure(freed)} back in step, ${figure(parked.length)} still held.`);
    await tell(connection, parked, false);
  };
  const parked = parent.command('parked').argument('[projection]').description('Customers that are held back, by which fact and why.')
    .option('--customer <id>', 'only this one').option('--events', 'with the facts that wait, in their order').option('--json', 'as JSON')
    .action(async (projection: string | undefined, { customer, events, json }: Which) => {
      const connection = connectionFor(parked, context);
      const found = (await ask<{ parked: readonly Parked[] }>(connection, `${ROOT}/parked`, { query: { projection, customer } })).parked;
      if (json) return out(JSON.stringify(found, null, 2));
      out(found.length === 0 ? 'Nobody is held back.' : `${figure(found.length)} held back; \`touchline projections retry\` tries them again.`);
      await tell(connection, found, events ?? false);
    });
  const retry = parent.command('retry').argument('[projection]').description('Try those who are held back again, in order. Exit code 2 when some stay held.')
    .option('--customer <id>', 'only this one').option('--json', 'as JSON')
    .action(async (projection: string | undefined, { customer, json }: Which) => {
      const connection = connectionFor(retry, context);
      await answer(connection, json, await ask<Retried>(connection, `${ROOT}/retry`, { method: 'POST', query: { projection, customer } }));
    });
  const replay = parent.command('replay').argument('<customer>', 'our id, system:id, or the name').argument('[projection]').description('Fold one customer anew from the log, held back or not.').option('--json', 'as JSON')
    .action(async (customer: string, projection: string | undefined, { json }: Which) => {
      const connection = connectionFor(replay, context);
      await answer(connection, json, await aboutCustomer(connection, customer, context.terminal.err, (id) => ask<Retried>(connection, `${ROOT}/replay/${id}`, { method: 'POST', query: { projection } }), { whole: true }));
    });
  const resume = parent.command('resume').argument('<name>').description('Let a projection go on that has stopped because too many were held for one cause.')
    .action(async (name: string) => {
      const { resumed } = await ask<{ resumed: boolean }>(connectionFor(resume, context), `${ROOT}/${encodeURIComponent(name)}/resume`, { method: 'POST' });
      out(resumed ? `${name} goes on.` : `${name} had not stopped.`);
    });
}

function linesOf({ projection, generation, live, partition, position, type, error, since, waiting, events }: Parked, customer: string, all: boolean): string[] {
  return [
    `${customer}  ${projection}${live ? '' : ` (generation ${generation})`}, partition ${partition}: ${type} at ${position} since ${since}; ${figure(waiting)} waiting`,
    `  ${error}`,
    ...(all ? events.map((event) => `  ${event.position}  ${event.type}  ${event.source} ${event.id}`) : []),
  ];
}
