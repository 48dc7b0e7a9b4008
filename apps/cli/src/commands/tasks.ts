import type { Command } from 'commander';
import { ask } from '../http/ask.js';
import { aboutCustomer, calledOf } from './about-customer.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

const CUSTOMER = 'our id, system:id, or the name';
const NOTE = 'what was said; kept sealed, as personal data';

/** What became of today's list. */
export function addTasks(program: Command, context: CommandContext): void {
  const note = async (command: Command, customer: string, action: string, body: Readonly<Record<string, string | undefined>>) => {
    const connection = connectionFor(command, context);
    const noted = await aboutCustomer(connection, customer, context.terminal.err, (id) => ask<{ customer: string; position: string }>(connection, `/v1/today/${id}/${action}`, { method: 'POST', body }), { whole: true });
    return calledOf(connection, noted.customer);
  };
  const done = program.command('done').argument('<customer>', CUSTOMER).description('Note that a customer of today\'s list was called.')
    .option('--outcome <code>', 'a short code: reached, left-message, saved, … (has to be given)').option('--note <text>', NOTE)
    .action(async (customer: string, { outcome: code, note: said }: { outcome?: string; note?: string }) => {
      const outcome = given(done, '--outcome <code>', code);
      const noted = await note(done, customer, 'done', { outcome, note: said });
      context.terminal.out(`Noted for ${noted}: ${outcome}. This customer rests for a week.`);
    });
  const snooze = program.command('snooze').argument('<customer>', CUSTOMER).description('Put a call of today\'s list off to a later day.')
    .option('--until <day>', 'the day on which to show the customer again, such as 2026-11-30 (has to be given)').option('--note <text>', NOTE)
    .action(async (customer: string, { until: day, note: said }: { until?: string; note?: string }) => {
      const until = given(snooze, '--until <day>', day);
      const noted = await note(snooze, customer, 'snooze', { until, note: said });
      context.terminal.out(`${noted} is put off until ${until}.`);
    });
}
