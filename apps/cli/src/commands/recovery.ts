import { type Command, Option } from 'commander';
import type { RecoveryAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { storyLines } from '../recovery/recovery-lines.js';
import { aboutCustomer } from './about-customer.js';
import { type CommandContext, connectionFor, given } from './command-context.js';
import { addRecoverySettings } from './recovery-settings.js';

interface Done { readonly recovery: string; readonly customer: string; readonly position: string }
type Said = Readonly<Record<string, string | undefined>>;

const NOTE = ['--note <text>', 'what should be remembered; kept sealed, as personal data'] as const;

/** One thing that is made good, step by step. */
export function addRecovery(program: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const parent = program.command('recovery').description('Make something good with a customer, step by step.');
  const show = parent.command('show').argument('<number>').description('A recovery with all that was done, and others with the same cause.').option('--json', 'as JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const answer = await ask<RecoveryAnswer>(connectionFor(show, context), `/v1/recoveries/${encodeURIComponent(id)}`);
      (json ? [JSON.stringify(answer, null, 2)] : storyLines(answer)).forEach(out);
    });
  const open = parent.command('open').argument('<customer>', 'our id, system:id, or the name').description('Open a recovery by hand.')
    .option('--what <text>', 'what went wrong; kept sealed, as personal data (has to be given)').option('--ticket <number>', 'the ticket that it is about').option('--contact <person>', 'whom it is about: our id, system:id, or an e-mail address').option('--owner <code>', 'who looks after it; left out: as the policy says')
    .action(async (customer: string, said: Said) => {
      const what = given(open, '--what <text>', said['what']);
      const connection = connectionFor(open, context);
      const done = await aboutCustomer(connection, customer, err, (id) => ask<Done>(connection, '/v1/recoveries', { method: 'POST', body: { ...said, what, customer: decodeURIComponent(id) } }), { whole: true });
      out(`${done.recovery} is open.`);
    });

  const step = (name: string, description: string, says: string, needs: string | null = null) => {
    const command: Command = parent.command(name).argument('<number>').description(description).option('--if-version <position>', 'only if it still is as `recovery show` said')
      .action(async (id: string, { ifVersion, ...said }: Said) => {
        if (needs !== null) given(command, needs, said[needs.slice(2, needs.indexOf(' '))]);
        const { position } = await ask<Done>(connectionFor(command, context), `/v1/recoveries/${encodeURIComponent(id)}/${name}`, { method: 'POST', body: said, ...(ifVersion !== undefined && { headers: { 'if-match': `"${ifVersion}"` } }) });
        out(`${says} (version ${position})`);
      });
    return command;
  };
  step('acknowledge', 'Say that you had a first look.', 'Noted: looked at.');
  step('contact', 'Say that you talked with the customer.', 'Noted: contacted.', '--how <way>').addOption(new Option('--how <way>', 'how (has to be given)').choices(['call', 'visit', 'meeting', 'mail', 'chat'])).option('--contact <person>', 'with whom').option(...NOTE);
  step('cause', 'Name the cause.', 'Noted: the cause.', '--cause <code>').option('--cause <code>', 'a key of yours: what others with the same cause share (has to be given)').option('--what <text>', 'the cause in words; kept sealed');
  step('prevention', 'Say what prevents the cause from coming back, or why nothing does.', 'Noted.').option('--what <text>', 'what is done; kept sealed').addOption(new Option('--none-because <code>', 'why nothing is done, as a key of yours'));
  step('close', 'Close it: after a contact, a cause, and a prevention or a reason why there is none.', 'Closed. The next answer of the same person proves it, or opens it again.').option(...NOTE);
  step('reopen', 'Open it again: its last clock starts anew.', 'Open again.').option(...NOTE);
  step('assign', 'Give it to somebody else.', 'Noted: it has another owner.', '--owner <code>').option('--owner <code>', 'who looks after it from now on (has to be given)').option(...NOTE);
  step('link', 'Link it to a ticket or to another recovery.', 'Linked.').option('--ticket <number>', 'the ticket').option('--other <number>', 'the other recovery');
  addRecoverySettings(parent, context);
}
