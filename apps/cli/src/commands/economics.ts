import type { Command } from 'commander';
import type { CustomerEconomicsAnswer, EconomicsAnswer, EconomicsList, FitAnswer } from '#read-model';
import { customerEconomicsLines, economicsLines, economicsListLines, fitLines } from '../economics/economics-lines.js';
import { ask } from '../http/ask.js';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { addEconomicsPolicy } from './economics-policy.js';

interface Options {
  readonly from?: string; readonly to?: string; readonly asOf?: string; readonly knownAt?: string; readonly segment?: string; readonly by?: string; readonly income?: string; readonly costs?: string; readonly horizonMonths?: string;
  readonly sort?: string; readonly negative?: boolean; readonly limit?: string; readonly cursor?: string; readonly fitBands?: string; readonly fitMonths?: string; readonly currency?: string; readonly json?: boolean;
}
interface Priced { readonly per?: string; readonly amount?: string; readonly currency: string; readonly since?: string; readonly source?: string; readonly what?: string }
interface Spent { readonly purpose?: string; readonly amount?: string; readonly currency: string; readonly from?: string; readonly to?: string; readonly what?: string }

/** What customers earn us and cost us; and what we spend on winning and keeping them. */
export function addEconomics(program: Command, context: CommandContext): void {
  const show = async <Answer>(command: Command, path: string, names: readonly (keyof Options)[], lines: (answer: Answer) => string[]) => {
    // What the command above has by the same name is given there.
    const options = command.optsWithGlobals<Options>();
    const query = Object.fromEntries(names.map((name) => [name, options[name] === undefined ? undefined : String(options[name])]));
    const answer = await ask<Answer>(connectionFor(command, context), path, { query });
    (options.json ? [JSON.stringify(answer, null, 2)] : lines(answer)).forEach(context.terminal.out);
  };
  const economics = program.command('economics').description('Margin, cost to serve, CAC and its payback, LTV, CAC at risk.')
    .option('--from <day>', 'the first day').option('--to <day>', 'the last day').option('--as-of <moment>', 'what had happened by then: an instant, or the end of a day').option('--known-at <moment>', 'what was known by then').option('--segment <name>', 'only customers of this segment').option('--by <what>', 'also by segment, owner, industry or region')
    .option('--income <what>', 'what counts: payments-or-subscription, payments, invoices or subscription').option('--costs <drivers>', 'which drivers are costs of revenue, with commas between them').option('--horizon-months <n>', 'months that LTV counts at most').option('--json', 'as JSON')
    .action(() => show<EconomicsAnswer>(economics, '/v1/economics', [...WINDOW, 'segment', 'by'], economicsLines));
  const customers = economics.command('customers').description('Customers by what is left of them; those first that cost more than they bring in.')
    .option('--sort <order>', 'such as contribution, -costToServe, -unrecovered, -atRisk, payback').option('--negative', 'only those that cost more than they bring in').option('--limit <n>', 'so many lines').option('--cursor <next>', 'the next page')
    .action(() => show<EconomicsList>(customers, '/v1/economics/customers', [...WINDOW, 'segment', 'sort', 'negative', 'limit', 'cursor'], economicsListLines));
  const customer = economics.command('customer').argument('<id>', 'our id, or system:id').description('The ledger of one customer, line by line with its facts.')
    .action((id: string) => show<CustomerEconomicsAnswer>(customer, `/v1/customers/${encodeURIComponent(id)}/economics`, WINDOW, customerEconomicsLines));
  const fit = economics.command('fit').description('Later churn and margin by how well customers fitted at the sale.')
    .option('--fit-bands <edges>', 'lower edges of the middle and the upper band, such as 50,75').option('--fit-months <n>', 'who left within so many months of the sale has churned').option('--currency <code>', 'of which currency margins are')
    .action(() => show<FitAnswer>(fit, '/v1/economics/fit', ['asOf', 'knownAt', 'segment', 'income', 'costs', 'fitBands', 'fitMonths', 'currency'], fitLines));
  addEconomicsPolicy(economics, context);
  const spend = economics.command('spend').argument('<entry>', 'which line of your books').description('Says what was spent over some days; the same entry again replaces it, an amount of 0 takes it back.')
    .option('--purpose <what>', 'acquire or retain').option('--amount <n>', 'in minor units: 1250 is 12.50 EUR').option('--currency <code>', 'ISO 4217', 'EUR').option('--what <words>', 'on what')
    .action(async (entry: string) => {
      const { purpose, amount, currency, from, to, what } = spend.optsWithGlobals<Spent>();
      if (!purpose || !from || !to || !/^\d{1,13}$/.test(amount ?? '')) throw new CliError('A spend needs --purpose acquire|retain, --amount in minor units, --from and --to.');
      const { position } = await ask<{ position: string | null }>(connectionFor(spend, context), `/v1/company/spend/${encodeURIComponent(entry)}`, { method: 'PUT', body: { purpose, amount: { amount: Number(amount), currency }, from, to, ...(what !== undefined && { what }) } });
      context.terminal.out(position === null ? `${entry} stood so already.` : `${entry} is recorded.`);
    });
  const alternative = economics.command('alternative').argument('<alternative>', 'its short name').description('Says what somebody else would take for the same service; an amount of 0 takes it back.')
    .option('--per <what>', 'ticket or customer-year').option('--amount <n>', 'in minor units: 2400 is 24.00 EUR').option('--currency <code>', 'ISO 4217', 'EUR').option('--since <day>', 'the first day on which the price holds').option('--source <words>', 'where it comes from').option('--what <words>', 'who or what it is')
    .action(async (name: string) => {
      const { per, amount, currency, since, source, what } = alternative.opts<Priced>();
      if (!per || !since || !source || !/^\d{1,13}$/.test(amount ?? '')) throw new CliError('A price needs --per ticket|customer-year, --amount in minor units, --since and --source.');
      const { position } = await ask<{ position: string | null }>(connectionFor(alternative, context), `/v1/company/alternatives/${encodeURIComponent(name)}`, { method: 'PUT', body: { per, price: { amount: Number(amount), currency }, from: since, source, ...(what !== undefined && { what }) } });
      context.terminal.out(position === null ? `${name} stood so already.` : `${name} is recorded.`);
    });
}

const WINDOW = ['from', 'to', 'asOf', 'knownAt', 'income', 'costs', 'horizonMonths'] as const;
