import type { Command } from 'commander';
import type { Letter, Letters, Replayed } from '#intake';
import { ask } from '../http/ask.js';
import { counted, figure } from '../text/figures.js';
import { type CommandContext, connectionFor } from './command-context.js';

const PATH = '/v1/kafka/dead-letters';

interface Listing { readonly reason?: string; readonly all?: boolean; readonly after?: string; readonly json?: boolean }
interface Replay { readonly reason?: string; readonly all?: boolean; readonly json?: boolean }

/** What was read from Kafka and could not be taken. */
export function addDeadLetters(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const letters = parent.command('dead-letters').description('What was read from Kafka and could not be taken: why, and trying it again.');
  const list: Command = letters.command('list', { isDefault: true }).description('Why each was refused, and whether a replay would record it now. Exit code 2 when there are some.')
    .option('--reason <code>', 'only with this reason, such as data-invalid').option('--after <id>', 'those behind this one').option('--all', 'also those of which everything stands in the log by now').option('--json', 'as JSON')
    .action(async ({ reason, after, all, json }: Listing) => {
      const found = await ask<Letters>(connectionFor(list, context), PATH, { query: { reason, after, state: all ? 'all' : 'open' } });
      if (found.letters.some(({ state }) => state !== 'recorded')) context.exitWith(2);
      if (json) return out(JSON.stringify(found, null, 2));
      if (found.letters.length === 0) out('There are none.');
      found.letters.flatMap(linesOf).forEach(out);
      if (found.next !== null) out(`There are more: touchline kafka dead-letters list --after ${found.next}${reason === undefined ? '' : ` --reason ${reason}`}${all ? ' --all' : ''}`);
    });
  const replay: Command = letters.command('replay').argument('[ids...]', 'which, as `list` calls them').description('Try them again. What was recorded stays as it is, so again changes nothing. Exit code 2 when some are refused still, or not to be found.')
    .option('--reason <code>', 'all with this reason').option('--all', 'all there are').option('--json', 'as JSON, a line for each')
    .action(async (ids: string[], { reason, all, json }: Replay) => {
      if (ids.length === 0 && reason === undefined && !all) replay.error('error: name the dead letters, or give --reason <code> or --all');
      const connection = connectionFor(replay, context);
      const count = { recorded: 0, known: 0, refused: 0, unknown: 0 };
      let after: string | undefined;
      do {
        const { letters: tried, next, unknown }: Replayed = await ask<Replayed>(connection, `${PATH}/replay`, { method: 'POST', body: { ...(ids.length > 0 && { ids }), reason, after } });
        for (const letter of tried) count[becameOf(letter)] += 1;
        tried.flatMap((letter) => (json ? [JSON.stringify(letter)] : linesOf(letter))).forEach(out);
        count.unknown += unknown.length;
        if (unknown.length > 0) err(`There is no dead letter ${unknown.join(', ')}${reason === undefined ? '' : ` with the reason ${reason}`}: touchline kafka dead-letters list --all names those that there are.`);
        after = next ?? undefined;
      } while (after !== undefined);
      if (count.refused + count.unknown > 0) context.exitWith(2);
      if (!json) out(`${counted(count.recorded + count.known + count.refused, 'dead letter')} tried: ${figure(count.recorded)} recorded, ${figure(count.known)} in the log already, ${figure(count.refused)} refused still.`);
    });
}

/** What a replay did: something of it was recorded, or all of it stood in the log before. */
const becameOf = ({ state, events }: Letter): 'recorded' | 'known' | 'refused' => (state === 'refused' ? 'refused' : events.some(({ status }) => status === 'appended') ? 'recorded' : 'known');

const STATES: Readonly<Record<Letter['state'], string>> = { recorded: 'stands in the log', ready: 'a replay would record it', refused: 'refused' };

function linesOf({ id, at, from, key, refused, wrong, state, events }: Letter): string[] {
  const now = events.filter(({ problem }) => problem);
  const shown = state === 'refused' ? now.map(({ problem, ...event }) => ({ ...event, ...problem! })) : wrong;
  return [
    `${id}  ${from.topic}/${from.partition}/${from.offset}${key === null ? '' : `, key ${key}`}, laid aside ${at.slice(0, 19)}Z: ${STATES[state]}`,
    ...shown.map(({ code, pointer, detail, source, type, id: event }) => `  ${state === 'refused' ? '' : 'then: '}${code}${pointer && ` at ${pointer}`}: ${detail}${event === undefined ? '' : ` (${[type, source, event].filter(Boolean).join(' ')})`}`),
    ...(refused > wrong.length && state !== 'refused' ? [`  and ${counted(refused - wrong.length, 'more event')}`] : []),
  ];
}
