import type { Command } from 'commander';
import { ask } from '../http/ask.js';
import { counted, figure } from '../text/figures.js';
import { table } from '../text/table.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Shown {
  readonly on: boolean;
  readonly topics: readonly string[];
  readonly deadLetters: string;
  readonly decided: { readonly at: string; readonly by: { readonly id: string }; readonly reason: string } | null;
  readonly partitions: readonly { readonly topic: string; readonly partition: number; readonly committed: string | null; readonly end: string; readonly lag: number }[];
  readonly complaints: readonly string[];
}

const PATH = '/v1/kafka/in';

/** What is read from Kafka: shown, begun and ended. */
export function addKafkaIn(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const tell = (shown: Shown, json: boolean | undefined) => (json ? [JSON.stringify(shown, null, 2)] : lines(shown)).forEach(out);
  const show: Command = parent.command('in').description('What is read from Kafka, and how far.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => tell(await ask<Shown>(connectionFor(show, context), PATH), json));
  const decide = (name: string, on: boolean, description: string) => {
    const command: Command = show.command(name).description(description).option('--reason <text>', 'why; no names of persons (has to be given)').option('--json', 'as JSON');
    if (on) command.option('--topic <name...>', 'what is read; left out: touchline.<tenant>.in. Another than that needs the key of an operator');
    command.action(async ({ reason, topic }: { reason?: string; topic?: string[] }) => {
      const body = { on, reason: given(command, '--reason <text>', reason), ...(topic && { topics: topic }) };
      // The option of the command above takes what is written like it.
      tell(await ask<Shown>(connectionFor(command, context), PATH, { method: 'PUT', body }), command.optsWithGlobals<{ json?: boolean }>().json);
    });
  };
  decide('on', true, 'Read from Kafka from now on.');
  decide('off', false, 'Read nothing any more; what was read stays, and reading goes on from there when it is on again.');
}

function lines({ on, topics, deadLetters, decided, partitions, complaints }: Shown): string[] {
  const behind = partitions.reduce((sum, { lag }) => sum + lag, 0);
  return [
    on ? `Reads ${topics.join(', ')}; what cannot be taken goes to ${deadLetters}.` : `Reads nothing. \`touchline kafka in on\` reads ${topics.join(', ')}.`,
    decided ? `Decided by ${decided.by.id} on ${decided.at.slice(0, 10)}: ${decided.reason}` : 'Nobody has decided it.',
    ...(partitions.length > 0 ? table(['topic', 'partition', 'read up to', 'end', 'behind'], partitions.map(({ topic, partition, committed, end, lag }) => [topic, String(partition), committed ?? '-', end, figure(lag)]), new Set([1, 2, 3, 4])) : []),
    ...(partitions.length > 0 ? [behind === 0 ? 'All of it is read.' : `${counted(behind, 'record')} to be read.`] : []),
    ...complaints,
  ];
}
