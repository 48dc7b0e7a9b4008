import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { ask } from '../http/ask.js';
import { CliError } from '../terminal.js';
import { table } from '../text/table.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { addSettingOf, type Listed } from './webhook-settings.js';

interface Sent { readonly id: string; readonly type: string; readonly event: string; readonly state: string; readonly attempts: number; readonly nextAt: string | null; readonly attemptedAt: string | null; readonly code: number | null; readonly answer: string | null; readonly failure: string | null }
interface Options { readonly json?: boolean; readonly hours?: number; readonly state?: string; readonly cursor?: string; readonly failedSince?: string }

const PATH = '/v1/webhooks';
const [LOOKS, LOOK_MS] = [60, 500];

/** Who is told of facts by webhook, and how that goes. */
export function addWebhooks(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const parent = program.command('webhooks').description('Who is told of facts by webhook, and how that goes. Needs the key of an admin or operator.');
  const command = (name: string, what: string) => parent.command(name).description(what).option('--json', 'as JSON');
  const tell = (answer: unknown, json: boolean | undefined, lines: () => readonly string[]) => (json ? [JSON.stringify(answer, null, 2)] : lines()).forEach(out);
  const at = (id: string, ...more: string[]) => [PATH, encodeURIComponent(id), ...more].join('/');

  const list = command('list', 'All of them, and how they do.').action(async ({ json }: Options) => {
    const { webhooks } = await ask<{ webhooks: Listed[] }>(connectionFor(list, context), PATH);
    tell(webhooks, json, () => (webhooks.length === 0 ? ['Nobody is told. Make one with: touchline webhooks add <url>'] : table(['id', 'state', 'waiting', 'given up', 'to', 'what for'],
      webhooks.map((each) => [each.id, stateOf(each), String(each.waiting), String(each.failed), each.url, each.description ?? '']), new Set([2, 3]))));
  });
  addSettingOf(parent, context);
  const step = (name: string, what: string, method: 'POST' | 'DELETE', path: (id: string) => string, done: string) => {
    const each = command(name, what).argument('<id>').action(async (id: string, { json }: Options) => {
      tell(await ask<unknown>(connectionFor(each, context), path(id), { method }), json, () => [`${id} ${done}`]);
    });
  };
  step('enable', 'Tell it again, of all that came meanwhile.', 'POST', (id) => at(id, 'enable'), 'is told, from where it was left.');
  step('disable', 'Tell it of nothing more; its place in the log is kept.', 'POST', (id) => at(id, 'disable'), 'is told of nothing more.');
  step('delete', 'Delete it, with what waits for it and its log.', 'DELETE', (id) => at(id), 'is deleted.');
  const secret = command('secret', 'What its receiver checks signatures with.').argument('<id>').action(async (id: string, { json }: Options) => {
    const answer = await ask<{ secret: string }>(connectionFor(secret, context), at(id, 'secret'));
    tell(answer, json, () => [answer.secret]);
  });
  const rotate = command('rotate', 'Give it a new secret; for a while all is signed with both.').argument('<id>').option('--hours <n>', 'for so long; 24 when left out', wholeNumber).action(async (id: string, { json, hours }: Options) => {
    const answer = await ask<{ secret: string; formerUntil: string | null }>(connectionFor(rotate, context), at(id, 'rotation'), { method: 'POST', body: hours === undefined ? {} : { graceHours: hours } });
    tell(answer, json, () => [answer.secret, answer.formerUntil === null ? 'The former one is good no more.' : `The former one is good until ${answer.formerUntil}.`]);
  });
  const test = command('test', 'Send it a test, also where it is disabled, and wait for what it answers. Exit code 2 when it was not taken.').argument('<id>').action(async (id: string, { json }: Options) => {
    const connection = connectionFor(test, context);
    const { delivery } = await ask<{ delivery: string }>(connection, at(id, 'test'), { method: 'POST' });
    for (let look = 0; look < LOOKS; look++, await sleep(LOOK_MS)) {
      const sent = (await ask<{ deliveries: Sent[] }>(connection, at(id, 'deliveries'))).deliveries.find((each) => each.id === delivery);
      if (!sent || sent.state === 'waiting') continue;
      if (sent.state !== 'delivered') context.exitWith(2);
      return tell(sent, json, () => [`${sent.state === 'delivered' ? 'It was taken' : `It was not taken, ${sent.failure ?? 'nobody knows why'}`}: ${sent.code ?? 'no answer'}${sent.answer ? ` ${sent.answer}` : ''}`]);
    }
    throw new CliError(`It is still on its way: does a worker run? touchline webhooks deliveries ${id}`);
  });
  const log = command('deliveries', 'What it was sent, or is to be, the newest first.').argument('<id>').option('--state <state>', 'waiting, delivered or failed').option('--cursor <cursor>', 'the next page').action(async (id: string, { json, state, cursor }: Options) => {
    const answer = await ask<{ deliveries: Sent[]; next: string | null }>(connectionFor(log, context), at(id, 'deliveries'), { query: { state, cursor } });
    tell(answer, json, () => (answer.deliveries.length === 0 ? ['Nothing.'] : [
      ...table(['last tried', 'state', 'tries', 'type', 'fact', 'webhook-id', 'answer'], answer.deliveries.map(lineOf), new Set([2])), ...(answer.next === null ? [] : [`More: --cursor ${answer.next}`])]));
  });
  const again = command('redeliver', 'Send something again, with the same webhook-id.').argument('<id>').argument('[webhook-id]', 'one of its log').option('--failed-since <instant>', 'all that was given up since then').action(async (id: string, delivery: string | undefined, { json, failedSince }: Options) => {
    if ((delivery === undefined) === (failedSince === undefined)) again.error('error: say which: a webhook-id, or --failed-since <instant>');
    const [path, body] = delivery === undefined ? [at(id, 'redelivery'), { failedSince }] : [at(id, 'deliveries', encodeURIComponent(delivery), 'redelivery'), undefined];
    const answer = await ask<{ redelivered: number }>(connectionFor(again, context), path, { method: 'POST', body });
    tell(answer, json, () => [`${answer.redelivered} on the way again.`]);
  });
}

function stateOf({ enabled, disabledBecause, failing }: Listed): string {
  if (!enabled) return disabledBecause === null ? 'disabled' : `disabled: ${disabledBecause}`;
  return failing === null ? 'well' : `failing since ${failing.since.slice(0, 16)}: ${failing.why}`;
}

function lineOf({ attemptedAt, state, attempts, type, event, id, code, answer, failure, nextAt }: Sent): string[] {
  const said = [code === null ? failure : `${code} ${answer ?? ''}`.trim(), state === 'waiting' && nextAt !== null && attempts > 0 ? `(again at ${nextAt.slice(0, 16)})` : null].filter((each) => each !== null);
  return [attemptedAt?.slice(0, 19) ?? '-', state, String(attempts), type, event, id, said.join(' ')];
}
