import type { Command } from 'commander';
import { ask } from '../http/ask.js';
import { CliError } from '../terminal.js';
import { aboutCustomer, calledOf } from './about-customer.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Options {
  readonly score?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly clear?: boolean;
}

/** A score that a person sets by hand. */
export function addOverride(program: Command, context: CommandContext): void {
  const command = program.command('override').argument('<customer>', 'our id, system:id, or the name')
    .description('Set the score of a customer by hand until a day, or clear it; the computed one is always shown beside it.')
    .option('--score <points>', 'the score that counts, 0 to 100').option('--until <day>', 'the last day on which it holds, such as 2026-12-31')
    .option('--reason <text>', 'why; no names of persons (has to be given)').option('--clear', 'what was set holds no longer')
    .action(async (customer: string, { score, until, reason, clear }: Options) => {
      const why = given(command, '--reason <text>', reason);
      if (clear && (score ?? until) !== undefined) throw new CliError('--clear goes with --reason only.');
      const [path, body] = clear ? ['override/clear', { reason: why }] as const
        : ['override', { score: figureOf(given(command, '--score <points>', score)), until: given(command, '--until <day>', until), reason: why }] as const;
      const connection = connectionFor(command, context);
      const noted = await aboutCustomer(connection, customer, context.terminal.err, (id) => ask<{ customer: string }>(connection, `/v1/customers/${id}/${path}`, { method: 'POST', body }), { whole: true });
      const called = await calledOf(connection, noted.customer);
      context.terminal.out(clear ? `The computed score of ${called} counts again.` : `The score of ${called} is ${score} until ${until}, whatever is computed.`);
    });
}

function figureOf(text: string): number {
  const figure = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(figure)) throw new CliError(`--score takes a number from 0 to 100, and not "${text}".`);
  return figure;
}
