import type { Command } from 'commander';
import { ask } from '../http/ask.js';
import { jsonIn } from '../json-file.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Shown { readonly say: string | null; readonly decided: { readonly at: string; readonly by: { readonly id: string }; readonly reason: string } | null }

/** The policy and the working hours: shown as JSON, which is what is sent to change them. */
export function addRecoverySettings(parent: Command, context: CommandContext): void {
  const setting = (name: string, path: string, what: string) => {
    const command: Command = parent.command(name).argument('[file]', 'JSON that takes its place; left out: it is shown').description(what)
      .action(async (file: string | undefined) => {
        const connection = connectionFor(command, context);
        if (file !== undefined) {
          await ask(connection, path, { method: 'PUT', body: await jsonIn(file, name, `, such as \`touchline recovery ${name}\` writes`) });
          return context.terminal.out('It counts for what is opened from now on.');
        }
        const { say, decided, ...shown } = await ask<Shown>(connection, path);
        context.terminal.err(say ?? `Decided by ${decided!.by.id} on ${decided!.at.slice(0, 10)}: ${decided!.reason}`);
        // What is sent states a reason, and leaves out what is not said.
        context.terminal.out(JSON.stringify({ ...Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null)), reason: decided?.reason ?? 'Why it is so' }, null, 2));
      });
  };
  setting('policy', '/v1/recovery-policy', 'Show or set who looks after recoveries, and how long each step may take. For administrators.');
  setting('hours', '/v1/working-hours', 'Show or set when you work: clocks run only then. For administrators.');
}
