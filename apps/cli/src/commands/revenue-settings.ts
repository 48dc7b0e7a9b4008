import type { Command } from 'commander';
import type { RevenueSettings } from '#read-model';
import { ask } from '../http/ask.js';
import { policyLines, rateLines } from '../revenue/revenue-lines.js';
import { CliError } from '../terminal.js';
import { pairsOf } from '../text/pairs.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options { readonly name?: string; readonly count?: Readonly<Record<string, string>>; readonly on?: string; readonly rate?: Readonly<Record<string, string>>; readonly reason?: string; readonly json?: boolean }

const PATH = '/v1/revenue/settings';
const NUMBERS = new Set(['reactivationDays', 'graceDays', 'groupMinutes']);

/** The policy of revenue and the exchange rates: shown, and set by administrators. */
export function addRevenueSettings(revenue: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const show = async (command: Command, lines: (settings: RevenueSettings) => string[]) => {
    const settings = await ask<RevenueSettings>(connectionFor(command, context), PATH);
    (command.optsWithGlobals<Options>().json ? [JSON.stringify(settings, null, 2)] : lines(settings)).forEach(out);
  };
  const policy = revenue.command('policy').description('The policy by which revenue is counted.');
  const shown: Command = policy.command('show', { isDefault: true }).description('As it is now.').option('--json', 'as JSON').action(() => show(shown, policyLines));
  const set: Command = policy.command('set').description('Decides it, with --count for each setting that is not as usual: all others are. For administrators.').option('--name <name>', 'what it is called (has to be given)').option('--reason <text>', 'why')
    .addHelpText('after', '\nExample:\n  touchline revenue policy set --name board --count reactivation=net --count graceDays=45 --count earnedChannels=referral,partner --reason "As the board pack has it"')
    .action(async () => {
      const { name, count = {}, reason } = set.optsWithGlobals<Options>();
      if (name === undefined) throw new CliError('Say what the policy is called: --name <name>.');
      await ask(connectionFor(set, context), `${PATH}/policy`, { method: 'PUT', body: { name, ...Object.fromEntries(Object.entries(count).map(settingOf)), ...(reason !== undefined && { reason }) } });
      out(`The policy "${name}" counts from now on, for all of the past as well.`);
    });
  const rates = revenue.command('rates').description('The exchange rates by which amounts are converted.');
  const listed: Command = rates.command('list', { isDefault: true }).description('All of them, by the day from which they hold.').option('--json', 'as JSON').action(() => show(listed, rateLines));
  const declare: Command = rates.command('set').argument('<currency>', 'ISO 4217: what is reported in').description('Declares rates from a day on; those of the same day are replaced. For administrators.')
    .option('--on <day>', 'the day from which they hold (has to be given)').option('--rate <currency=rate>', 'whole units of the reporting currency for one of this one, such as USD=0.92; once for each currency', pairsOf('currency=rate, such as USD=0.92')).option('--reason <text>', 'why')
    .action(async (currency: string) => {
      const { on, rate = {}, reason } = declare.optsWithGlobals<Options>();
      if (on === undefined || Object.keys(rate).length === 0) throw new CliError('Rates need --on <day> and at least one --rate <currency=rate>.');
      const each = Object.entries(rate).map(([from, value]) => ({ currency: from, rate: Number(value) }));
      if (each.some((one) => Number.isNaN(one.rate))) throw new CliError('A rate is a number, such as USD=0.92.');
      await ask(connectionFor(declare, context), `${PATH}/rates`, { method: 'PUT', body: { currency, on, rates: each, ...(reason !== undefined && { reason }) } });
      out(`From ${on}: ${each.map((one) => `1 ${one.currency} = ${one.rate} ${currency}`).join(', ')}.`);
    });
}

/** As the API takes it: days as numbers, channels as a list. */
const settingOf = ([setting, value]: [string, string]): [string, unknown] => [setting, NUMBERS.has(setting) ? Number(value) : setting === 'earnedChannels' ? value.split(',') : value];
