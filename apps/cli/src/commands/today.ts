import { type Command, InvalidArgumentError } from 'commander';
import type { TodayAnswer, TodayItem } from '#read-model';
import { ask } from '../http/ask.js';
import { counted, moneyText } from '../text/figures.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options {
  readonly owner?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

/** The list, whose it is, and why it is empty. */
type Listed = TodayAnswer & { readonly owner: string | null; readonly note: string | null };

export function addToday(program: Command, context: CommandContext): void {
  const command = program.command('today').description('Whom to call today, and why. Tasks, recoveries and unread answers stand in it, too. The key of a csm lists their own customers unless another owner is named.')
    .option('--owner <code>', 'whose customers: a person\'s code, me or all')
    .option('--limit <n>', 'how many, at most', limitOption)
    .option('--json', 'as JSON')
    .action(async ({ owner, limit, json }: Options) => {
      const connection = connectionFor(command, context);
      const answer = await ask<Listed>(connection, '/v1/today', { query: { owner, limit: limit?.toString() } });
      if (json) return context.terminal.out(JSON.stringify(answer, null, 2));
      if (answer.note !== null) return context.terminal.out(answer.note);
      todayLines(answer).forEach(context.terminal.out);
    });
}

function todayLines({ today, items, more, cannotTell, order, owner }: Listed): string[] {
  const day = `${today.date}${today.pinned ? ' (a day that is pinned; it does not follow the clock)' : ''}`;
  const whose = owner === null ? '' : `, of the customers of ${owner} (--owner all: of everybody)`;
  const first = items.length === 0 ? [`Nobody needs a call on ${day}${whose}.`] : [`Whom to call on ${day}${whose}: ${order}`];
  const total = items.length + more;
  const last = [
    ...(more === 0 ? [] : ['', `${counted(more, 'more customer')} to call: touchline today${owner === null ? '' : ` --owner ${owner}`} --limit ${Math.min(total, 100)}${total > 100 ? ' shows the first hundred' : ''}`]),
    ...(cannotTell === 0 ? [] : ['', `Too little is known of ${counted(cannotTell, 'customer')} to say anything.`]),
  ];
  return [...first, ...items.flatMap((item, index) => ['', ...itemLines(item, index + 1, today.timeZone)]), ...last];
}

function itemLines(item: TodayItem, place: number, timeZone: string): string[] {
  const { id, customer, contact, whyNow, since, risk, atStake, say, doNot, lastTouch, order, parts } = item;
  const others = parts.filter(({ kind }) => kind !== 'call');
  const stake = [...atStake.arr.map((arr) => `${moneyText(arr)} a year`), ...atStake.arrAtRisk.map((arr) => `${moneyText(arr)} of it at risk`), ...(atStake.what === null ? [] : [`${atStake.what}${atStake.date === null ? '' : ` on ${atStake.date}`}`])];
  const part = (label: string, lines: readonly string[]) => lines.map((line, index) => `   ${(index === 0 ? label : '').padEnd(8)}  ${line}`);
  return [
    `${place}. ${customer.name ?? id}  ${customer.band} ${customer.score ?? '-'}  (${id})`,
    ...part('call', others.length === parts.length ? ['nobody is to be called for their health'] : contact ? [`${contact.name ?? contact.id}${contact.role === null ? '' : `, ${contact.role === 'both' ? 'payer and user' : contact.role}`}${contact.sponsor ? ', sponsor' : ''}${
      contact.sponsor && contact.because === 'is the sponsor' ? '' : `, who ${contact.because}`}`] : ['no contact is known: find out whom to call']),
    ...part('to do', others.map(({ kind, what, due, id: number }) => `${kind}: ${what}${due === null ? '' : `, by ${dueText(due, timeZone)}`} (${number})`)),
    ...part('why now', whyNow),
    ...part('risk', [risk.say]),
    ...part('since', since === null ? [] : [since]),
    ...part('at stake', stake.length === 0 ? [] : [stake.join('; ')]),
    ...part('say', [...say.openPromises.map((promise) => `We promised: ${promise}`), ...say.fixedSince, ...(say.lastWords ? [lastWordsLine(say.lastWords)] : [])]),
    ...part('do not', doNot),
    ...part('last', lastTouch === null ? [] : [`${lastTouch.what} on ${lastTouch.on}${lastTouch.by === null ? '' : ` by ${lastTouch.by}`}`]),
    ...part('order', [order.because]),
  ];
}

/** A day as it is; a moment on the clock of the tenant: "2026-11-27 13:00 (Europe/Berlin)". */
const dueText = (due: string, timeZone: string): string => (due.includes('T') ? `${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(due))} (${timeZone})` : due);

function lastWordsLine({ by, on, about, text }: NonNullable<TodayItem['say']['lastWords']>): string {
  return `${by ?? 'They'} said last, ${about} on ${on}: "${text}"`;
}

function limitOption(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= 100) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 100.');
}
