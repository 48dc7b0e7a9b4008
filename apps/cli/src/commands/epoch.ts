import type { Command } from 'commander';
import { confirm } from '../confirm.js';
import { ask } from '../http/ask.js';
import { type CommandContext, connectionFor } from './command-context.js';

export function addEpoch(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const epoch = program.command('epoch').description('The life of the log, after a copy of its database was put back.');
  const begin = epoch.command('begin').description('Begin a new one: positions that were given out since the copy was made are refused. Restores by PostgreSQL itself are noticed without it.')
    .requiredOption('--reason <text>', 'which copy was put back').option('--yes', 'do not ask')
    .action(async ({ reason, yes }: { reason: string; yes?: boolean }) => {
      const connection = connectionFor(begin, context);
      if (!yes) {
        await confirm(terminal, connection.url.origin, `At ${connection.url.origin}, every position given out so far is refused from now on, and whoever follows the log is told to go on from here. It cannot be undone, and is for after a copy was put back.`,
          { todo: 'begin a new epoch', undone: 'The epoch goes on.' });
      }
      const { position } = await ask<{ position: string }>(connection, '/v1/admin/epoch', { method: 'POST', body: { reason } });
      terminal.out(`A new epoch has begun; the log stands at ${position}. Subscribers with an older position are told from where to read on.`);
    });
}
