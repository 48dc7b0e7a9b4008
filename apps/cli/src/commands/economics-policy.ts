import type { Command } from 'commander';
import type { EconomicsSettings } from '#read-model';
import { policyLines } from '../economics/economics-lines.js';
import { ask } from '../http/ask.js';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options { readonly name?: string; readonly income?: string; readonly costs?: string; readonly windowDays?: string; readonly horizonMonths?: string; readonly fitBands?: string; readonly fitMonths?: string; readonly reason?: string; readonly json?: boolean }

const PATH = '/v1/economics/settings';

/** The policy of economics: shown, and set by administrators. */
export function addEconomicsPolicy(economics: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const policy = economics.command('policy').description('The policy by which margins, CAC and LTV are worked out.');
  const shown: Command = policy.command('show', { isDefault: true }).description('As it is now.').action(async () => {
    const settings = await ask<EconomicsSettings>(connectionFor(shown, context), PATH);
    (shown.optsWithGlobals<Options>().json ? [JSON.stringify(settings, null, 2)] : policyLines(settings)).forEach(out);
  });
  const set: Command = policy.command('set').description('Decides it: --income, --costs, --horizon-months and these; what is left out is worked out as usual. For administrators.').option('--name <name>', 'what it is called (has to be given)')
    .option('--window-days <n>', 'figures look back so many days where no time is chosen').option('--fit-bands <edges>', 'lower edges of the middle and the upper band, such as 50,75').option('--fit-months <n>', 'who left within so many months of the sale has churned').option('--reason <text>', 'why')
    .action(async () => {
      const { name, income, costs, windowDays, horizonMonths, fitBands, fitMonths, reason } = set.optsWithGlobals<Options>();
      if (name === undefined) throw new CliError('Say what the policy is called: --name <name>.');
      const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
      const said = { name, income, costOfRevenue: costs === undefined || costs === 'all' ? undefined : costs.split(','), windowDays: number(windowDays), horizonMonths: number(horizonMonths), fitBands: fitBands?.split(',').map(Number), fitMonths: number(fitMonths), reason };
      await ask(connectionFor(set, context), `${PATH}/policy`, { method: 'PUT', body: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) });
      out(`The policy "${name}" counts from now on, for all of the past as well.`);
    });
}
