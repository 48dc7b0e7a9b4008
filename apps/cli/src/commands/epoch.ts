import type { Command } from 'commander';
import { ask } from '../http/ask.js';
import { type CommandContext, connectionFor } from './command-context.js';

export function addEpoch(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const epoch = program.command('epoch').description('The life of the log, after a copy of its database was put back.');
  const begin = epoch.command('begin').description('Begin a new one: positions that were given out since the copy was made are refused. Restores by PostgreSQL itself are noticed without it.')
    .requiredOption('--reason <text>', 'which copy was put back')
    .action(async ({ reason }: { reason: string }) => {
      const { position } = await ask<{ position: string }>(connectionFor(begin, context), '/v1/admin/epoch', { method: 'POST', body: { reason } });
      out(`A new epoch has begun; the log stands at ${position}. Subscribers with an older position are told from where to read on.`);
    });
}
