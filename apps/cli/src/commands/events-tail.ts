import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { Refused } from '../http/ask.js';
import { isOfNetwork } from '../http/connect.js';
import { openAnswer } from '../http/open-answer.js';
import { serverSent } from '../http/server-sent.js';
import type { Connection } from '../settings.js';
import { Unreachable } from '../terminal.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface TailOptions {
  readonly type?: string;
  readonly category?: string;
  readonly segment?: string;
  readonly customer?: string;
  readonly from: string;
  readonly after?: string;
  readonly unseal?: boolean;
  readonly limit?: number;
  readonly json?: boolean;
}

/** What is shown of a CloudEvent. */
interface Told {
  readonly position: string;
  readonly time: string;
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
}

/** The server lets us hear of it every 15 seconds. */
const PATIENCE_MS = 45_000;
const [FIRST_MS, LONGEST_MS] = [500, 15_000];
const LONG = 160;

/** What happens, as it comes: a subcommand of `events`. */
export function addEventsTail(program: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const parent = program.commands.find((each) => each.name() === 'events') ?? program.command('events').description('The facts themselves.');
  const tail = parent.command('tail').description('Prints facts, and what follows from them, as they come, until you stop it. Goes on where it was when the connection is lost.')
    .option('--type <types>', 'only these, with commas between them; ticket.* stands for a family').option('--category <category>', 'journey, or insight for what follows from facts')
    .option('--segment <segments>', 'only of customers of these segments').option('--customer <ids>', 'only of these customers')
    .option('--from <start>', 'now, beginning, or an instant: with what was recorded then', 'now').option('--after <position>', 'after this position').option('--unseal', 'with personal fields opened')
    .option('--limit <count>', 'end after so many', wholeNumber).option('--json', 'each as a CloudEvent on a line')
    .action(async ({ json, limit = Infinity, ...options }: TailOptions) => {
      let count = 0;
      if (limit === 0) return;
      for await (const event of follow(connectionFor(tail, context), options, err)) {
        out(json ? JSON.stringify(event) : lineOf(event));
        if ((count += 1) >= limit) return;
      }
    });
}

/** Every event once, in order, however often the connection is lost. @throws CliError for what trying again does not mend */
async function* follow(connection: Connection, { unseal, from, after, ...filter }: Omit<TailOptions, 'json' | 'limit'>, say: (line: string) => void): AsyncGenerator<Told> {
  const query = { ...filter, ...(after === undefined ? { from } : { after }), ...(unseal && { unseal: 'true' }) };
  let place: string | undefined;
  for (let pause = FIRST_MS; ; pause = Math.min(pause * 2, LONGEST_MS)) {
    try {
      const response = await openAnswer(connection, '/v1/events', query, { patienceMs: PATIENCE_MS, headers: { accept: 'text/event-stream', ...(place !== undefined && { 'last-event-id': place }) } });
      for await (const { id, data } of serverSent(response)) {
        place = id ?? place;
        pause = FIRST_MS;
        if (data !== undefined) yield JSON.parse(data) as Told;
      }
    } catch (error) {
      if (place === undefined || !isForAWhile(error)) throw error;
    }
    if (pause === FIRST_MS) say('The connection was lost; going on as soon as there is one.');
    await sleep(pause);
  }
}

const isForAWhile = (error: unknown): boolean => isOfNetwork(error) || error instanceof Unreachable || (error instanceof Refused && (error.problem.status ?? 0) >= 500);

function lineOf({ position, time, type, subject, data }: Told): string {
  const words = JSON.stringify(data);
  return `${position.padEnd(10)}  ${time}  ${type.padEnd(28)}  ${subject}  ${words.length > LONG ? `${words.slice(0, LONG)}…` : words}`;
}
