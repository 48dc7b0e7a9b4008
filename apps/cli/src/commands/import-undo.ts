import type { Command } from 'commander';
import type { RetractedImport } from '#intake';
import { ask } from '../http/ask.js';
import { counted } from '../text/figures.js';
import { type CommandContext, connectionFor } from './command-context.js';

export function addUndo(parent: Command, context: CommandContext): void {
  const command = parent.command('undo').argument('<id>', 'id of the import, as its summary said')
    .description('Take every event of an import back. They stay in the log, but nothing counts them any more; doing it again changes nothing.')
    .requiredOption('--reason <text>', 'why, for those who look at the history later')
    .action(async (id: string, { reason }: { reason: string }) => {
      const { events, customers, aliases, already } = await ask<RetractedImport>(connectionFor(command, context), `/v1/imports/${encodeURIComponent(id)}/retraction`, { method: 'POST', body: { reason } });
      context.terminal.out(already ? `It had been taken back before, and stays so: ${counted(events, 'event')} of ${counted(customers, 'customer')}. Its reason is the one that was given then.` : `Taken back: ${counted(events, 'event')} of ${counted(customers, 'customer')}.`);
      if (aliases > 0) context.terminal.out(`Freed: ${counted(aliases, 'id')} of other systems that nothing else stood behind.`);
      context.terminal.out('The ids of the events stay taken, and the import takes nothing more: to import corrected rows, give the events new ids (with a mapping: raise its `edition`; in NDJSON: other ids) and the import another id.');
    });
}
