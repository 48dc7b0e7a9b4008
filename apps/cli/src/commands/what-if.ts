import type { Command } from 'commander';
import type { WhatIfAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { signed } from '../text/figures.js';
import { table } from '../text/table.js';
import { CliError } from '../terminal.js';
import { aboutCustomer } from './about-customer.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { type EventName, eventsNamed } from './events-named.js';

interface Options {
  readonly without: readonly string[];
  readonly move: readonly string[];
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly json?: boolean;
}

const SHOWN = 12;

export function addWhatIf(program: Command, context: CommandContext): void {
  const collect = (value: string, before: readonly string[]) => [...before, value];
  const command = program.command('what-if').argument('<customer>', 'our id, system:id, or the name')
    .description('Risk and score of a customer, had facts not happened or happened at another time. Nothing is stored.')
    .option('--without <event>', 'leave this event out; its id, or source:id where several have it; may be given more than once', collect, [])
    .option('--move <event=time>', 'let this event have happened then: an instant, or a date, which means the end of that day', collect, [])
    .option('--as-of <time>', 'what was true then: an instant or a date')
    .option('--known-at <time>', 'what was known then')
    .option('--json', 'as JSON')
    .action(async (customer: string, { without, move, asOf, knownAt, json }: Options) => {
      if (without.length + move.length === 0) throw new CliError('Say what would be otherwise: --without <event>, or --move <event>=<time>. The timeline of the customer\'s page lists the events.');
      const connection = connectionFor(command, context);
      const moves = move.map(moveOf);
      const { answer, names } = await aboutCustomer(connection, customer, context.terminal.err, async (id) => {
        const names = await eventsNamed(connection, id, [...without, ...moves.map(({ event }) => event)]);
        const body = { without: without.map((text) => names.get(text)!), moved: moves.map(({ event, to }) => ({ event: names.get(event)!, to })), asOf, knownAt };
        return { names, answer: await ask<WhatIfAnswer>(connection, `/v1/customers/${id}/what-if`, { method: 'POST', body }) };
      });
      const changes = [...without.map((text) => `without ${called(names.get(text)!)}`), ...moves.map(({ event, to }) => `${called(names.get(event)!)} moved to ${to}`)];
      (json ? [JSON.stringify(answer, null, 2)] : linesOf(answer, changes)).forEach(context.terminal.out);
    });
}

function moveOf(text: string): { event: string; to: string } {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1) throw new CliError(`--move takes <event>=<time>, such as call-3=2026-05-01, not "${text}".`);
  return { event: text.slice(0, at), to: text.slice(at + 1) };
}

const called = ({ source, id }: EventName): string => `${source} ${id}`;

function linesOf({ name, customer, before, after, drivers, measures, say, model, asOf, knownAt }: WhatIfAnswer, changes: readonly string[]): string[] {
  const part = (title: string, unit: string, moved: WhatIfAnswer['drivers'], digits: number) => (moved.length === 0 ? [] : [
    '', title, ...table([unit, 'before', 'after', 'what', ''], moved.slice(0, SHOWN).map((each) => [signed(each.change), each.before.toFixed(digits), each.after.toFixed(digits), each.label, each.say]), new Set([0, 1, 2])),
  ]);
  return [
    `${name ?? customer}  ${say}`,
    `  ${changes.join('; ')}; as of ${asOf}, known at ${knownAt}`,
    `  as it is:          ${before.say} ${scoreWords(before)}`,
    `  with the changes:  ${after.say} ${scoreWords(after)}`,
    `  ${model.say}`,
    ...part('What moved the risk', 'log-odds', drivers, 4), ...part(before.override ?? after.override ? 'What moved the computed score' : 'What moved the score', 'points', measures, 2),
  ];
}

function scoreWords({ score, band, computed, override }: WhatIfAnswer['before']): string {
  const words = `Score ${score ?? '-'}, ${band}`;
  return override ? `${words}, set by hand until ${override.until}; computed ${computed.score ?? '-'}, ${computed.band}.` : `${words}.`;
}
