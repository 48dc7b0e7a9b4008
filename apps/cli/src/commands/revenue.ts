import type { Command } from 'commander';
import type { CustomerRevenueAnswer, IncidentsAnswer, RevenueAnswer, RevenueCustomersPage, RevenueSettings } from '#read-model';
import { ask } from '../http/ask.js';
import { incidentLines } from '../revenue/incident-lines.js';
import { customerRevenueLines, revenueCustomersLines, revenueLines, settingsLines } from '../revenue/revenue-lines.js';
import { pairsOf } from '../text/pairs.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { addRevenueSettings } from './revenue-settings.js';

interface Options { readonly period?: string; readonly from?: string; readonly to?: string; readonly asOf?: string; readonly knownAt?: string; readonly segment?: string; readonly owner?: string; readonly by?: string; readonly within?: string; readonly count?: Readonly<Record<string, string>>; readonly cursor?: string; readonly days?: string; readonly limit?: string; readonly json?: boolean }

/** Recurring revenue: how it moved, how much of it is kept, and who makes each figure. */
export function addRevenue(program: Command, context: CommandContext): void {
  const show = async <Answer>(command: Command, path: string, { query, lines }: { query: (options: Options) => Readonly<Record<string, string | undefined>>; lines: (answer: Answer) => string[] }) => {
    const options = command.optsWithGlobals<Options>();
    const answer = await ask<Answer>(connectionFor(command, context), path, { query: query(options) });
    (options.json ? [JSON.stringify(answer, null, 2)] : lines(answer)).forEach(context.terminal.out);
  };
  const ofOne = ({ asOf, knownAt, count }: Options) => ({ asOf, knownAt, ...count });
  const ofAll = ({ period, from, to, segment, owner, within, ...options }: Options) => ({ ...ofOne(options), period, from, to, segment, owner, within });
  const revenue = program.command('revenue').description('Annual recurring revenue over a period: how it moved, how much of it is kept, what can be ended soon.')
    .option('--period <period>', 'a year, quarter or month, such as 2026-Q3; the quarter that runs when left out').option('--from <day>', 'instead: the first day').option('--to <day>', 'the last day').option('--as-of <moment>', 'what had happened by then').option('--known-at <moment>', 'what was known by then')
    .option('--segment <segment>', 'only customers of it').option('--owner <person>', 'only customers whom they look after').option('--by <what>', 'also by segment, owner, product or region').option('--within <days>', 'what can be ended within so many days (90)')
    .option('--count <setting=value>', 'counted otherwise than decided, such as reactivation=net or policy=usual; may be given several times', pairsOf('setting=value, such as reactivation=net')).option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  touchline revenue --period 2026-Q3 --by segment\n  touchline revenue --period 2026-Q3 --count reactivation=net --count churnAt=notice\n  touchline revenue customers churn --period 2026-Q3')
    .action((_options, command: Command) => show<RevenueAnswer>(command, '/v1/revenue', { query: (options) => ({ ...ofAll(options), by: options.by }), lines: revenueLines }));
  revenue.command('customers').description('Who makes a figure: a movement such as churn, or start, end, nrr, grr, logo-churn, won-and-lost, renewals, unconverted, terminable, budget-cut.').argument('<figure>', 'which').option('--cursor <cursor>', 'the next page').option('--json', 'as JSON')
    .action((figure: string, _options, command: Command) => show<RevenueCustomersPage>(command, '/v1/revenue/customers', { query: (options) => ({ ...ofAll(options), movement: figure, cursor: options.cursor }), lines: revenueCustomersLines }));
  revenue.command('of').description('What one customer brings in a year, and every movement of it.').argument('<customer>', 'our id, or system:id').option('--json', 'as JSON')
    .action((customer: string, _options, command: Command) => show<CustomerRevenueAnswer>(command, `/v1/customers/${encodeURIComponent(customer)}/revenue`, { query: ofOne, lines: customerRevenueLines }));
  revenue.command('incidents').description('What the churn model says of a class of incidents: ARR at risk of the customers touched, with those facts and without.').argument('<class>', 'outage, broken-promise, missed-target, escalation or bad-answer').option('--days <n>', 'those within so many days (365)').option('--limit <n>', 'at most so many customers (50)').option('--json', 'as JSON')
    .action((incident: string, _options, command: Command) => show<IncidentsAnswer>(command, '/v1/revenue/incidents', { query: ({ asOf, knownAt, days, limit }) => ({ incident, asOf, knownAt, days, limit }), lines: incidentLines }));
  revenue.command('settings').description('The policy by which revenue is counted, and the exchange rates.').option('--json', 'as JSON')
    .action((_options, command: Command) => show<RevenueSettings>(command, '/v1/revenue/settings', { query: () => ({}), lines: settingsLines }));
  addRevenueSettings(revenue, context);
}
