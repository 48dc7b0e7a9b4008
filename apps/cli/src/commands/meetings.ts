import type { Command } from 'commander';
import type { AttentionAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { attentionLines } from '../report/attention-lines.js';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Window { readonly from?: string; readonly to?: string; readonly asOf?: string; readonly json?: boolean }
interface Held { readonly body: string; readonly heldOn?: string; readonly customers?: readonly string[]; readonly other?: readonly string[] }

const several = (value: string, before: string[] = []) => [...before, value];

/** "35 Why customers leave" as an item of an agenda. */
function itemOf(words: string, aboutCustomers: boolean) {
  const [, minutes, topic] = /^(\d{1,4}) +(.+)$/.exec(words) ?? [];
  if (minutes === undefined) throw new CliError('An item is its minutes and what it was about, such as "35 Why customers leave".');
  return { topic, minutes: Number(minutes), aboutCustomers };
}

/** How much time the board and the management spend on customers. */
export function addMeetings(report: Command, context: CommandContext): void {
  const attention = report.command('attention').description('Minutes of the board and of the management on customers, by quarter.')
    .option('--from <quarter>', 'the first, such as 2025-Q3').option('--to <quarter>', 'the last').option('--as-of <moment>', 'meetings held by then').option('--json', 'as JSON')
    .action(async () => {
      const { from, to, asOf, json } = attention.opts<Window>();
      const answer = await ask<AttentionAnswer>(connectionFor(attention, context), '/v1/company/attention', { query: { from, to, asOf } });
      (json ? [JSON.stringify(answer, null, 2)] : attentionLines(answer)).forEach(context.terminal.out);
    });
  const meeting = report.command('meeting').argument('<meeting>', 'its number').description('Records a meeting and how long it was about what, in the place of what was said of it before; without items it is taken back.')
    .option('--body <who>', 'board or management', 'board').option('--held-on <day>', 'when it was held (has to be given)').option('--customers <item>', 'minutes and topic of an item about customers, such as "35 Why customers leave"; may be given several times', several).option('--other <item>', 'the same of another item', several)
    .action(async (number: string) => {
      const { body, heldOn, customers = [], other = [] } = meeting.opts<Held>();
      const agenda = [...customers.map((words) => itemOf(words, true)), ...other.map((words) => itemOf(words, false))];
      const { position } = await ask<{ position: string | null }>(connectionFor(meeting, context), `/v1/company/meetings/${encodeURIComponent(number)}`, { method: 'PUT', body: { body, heldOn: given(meeting, '--held-on <day>', heldOn), agenda } });
      context.terminal.out(position === null ? `${number} stood so already.` : agenda.length === 0 ? `${number} is taken back.` : `${number} is recorded.`);
    });
}
