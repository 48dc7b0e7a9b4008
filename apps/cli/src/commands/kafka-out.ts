import { type Command, Option } from 'commander';
import { ask } from '../http/ask.js';
import { counted } from '../text/figures.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Shown {
  readonly on: boolean;
  readonly streams: readonly { readonly topic: string }[];
  readonly decided: { readonly at: string; readonly by: { readonly id: string }; readonly reason: string } | null;
  readonly progress: { readonly behind: number; readonly lagSeconds: number; readonly followed: boolean; readonly failure: { readonly text: string; readonly attempts: number } | null } | null;
}

const PATH = '/v1/kafka/out';

/** What is sent to Kafka: shown, begun and ended. */
export function addKafkaOut(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const tell = (shown: Shown, json: boolean | undefined) => (json ? [JSON.stringify(shown, null, 2)] : lines(shown)).forEach(out);
  const show: Command = parent.command('out').description('What is sent to Kafka, and how far.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => tell(await ask<Shown>(connectionFor(show, context), PATH), json));
  const decide = (command: Command, on: boolean) => command.option('--reason <text>', 'why; no names of persons (has to be given)').option('--json', 'as JSON')
    .action(async ({ reason, stream, mode, partitions, retentionDays, start }: Record<string, string> & { stream?: string[] }) => {
      const body = {
        on, reason: given(command, '--reason <text>', reason), ...(stream && { streams: stream }), ...(mode && { mode }), ...(start && { start }),
        ...(partitions && { partitions: Number(partitions) }), ...(retentionDays && { retentionDays: Number(retentionDays) }),
      };
      // The option of the command above takes what is written like it.
      tell(await ask<Shown>(connectionFor(command, context), PATH, { method: 'PUT', body }), command.optsWithGlobals<{ json?: boolean }>().json);
    });
  decide(show.command('on').description('Send to Kafka from now on; what is left out stays as before.')
    .addOption(new Option('--stream <name...>', 'facts of customers, what follows from them; the first time both').choices(['journey', 'insight']))
    .addOption(new Option('--mode <mode>', 'attributes as headers, or the whole CloudEvent as value; the first time binary').choices(['binary', 'structured']))
    .option('--partitions <count>', 'of topics that are missing; the first time 6').option('--retention-days <days>', 'so long topics that are missing keep records; the first time for ever')
    .option('--start <where>', 'begin anew: beginning, now, a position, or a time; left out: where it had come to, the first time now'), true);
  decide(show.command('off').description('Send nothing any more; what is there stays, and sending goes on from there when it is on again.'), false);
}

function lines({ on, streams, decided, progress }: Shown): string[] {
  const topics = streams.map(({ topic }) => topic).join(' and ');
  return [
    on ? `Sends to ${topics}.` : `Sends nothing. \`touchline kafka out on\` sends to ${topics}.`,
    decided ? `Decided by ${decided.by.id} on ${decided.at.slice(0, 10)}: ${decided.reason}` : 'Nobody has decided it.',
    ...(on ? [progress === null ? 'No worker has begun yet: one with the role kafka-out and KAFKA_URL does within seconds.' : state(progress)] : []),
    ...(progress?.failure ? [`What is wrong (${counted(progress.failure.attempts, 'attempt')}): ${progress.failure.text}`] : []),
  ];
}

const state = ({ behind, lagSeconds, followed }: NonNullable<Shown['progress']>): string =>
  `${lagSeconds === 0 ? 'All of it is sent.' : `The oldest fact to be sent waits for ${Math.ceil(lagSeconds)} s; at most ${counted(behind, 'fact')} are to be sent.`}${followed ? '' : ' No worker is at it.'}`;
