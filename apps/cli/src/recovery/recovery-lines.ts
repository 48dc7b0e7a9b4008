import { recoveryClockWords, recoveryReasonWords, workingTimeWords } from '#insight';
import type { ClockAnswer, RecoveryAnswer, RecoveryItem, RecoverySummary } from '#read-model';
import { counted, moneyText } from '../text/figures.js';
import { table } from '../text/table.js';

/** Of no zone but that which is said. */
const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;
const percent = (share: number | null): string => (share === null ? '-' : `${share} %`);

/** "first contact: 2 h of 8 h used, due 2026-03-05 09:12". */
function clockText({ clock, minutes, used, by, doneAt, state }: ClockAnswer): string {
  const name = recoveryClockWords[clock]!;
  if (doneAt !== null) return `${name}: after ${workingTimeWords(used)}${state === 'late' ? `, late (had ${workingTimeWords(minutes)})` : ''}`;
  return `${name}: ${workingTimeWords(used)} of ${workingTimeWords(minutes)} used, ${state === 'overdue' ? 'OVERDUE since' : 'due'} ${minute(by)}`;
}

const calledOf = ({ customer: { id, name } }: Pick<RecoveryItem, 'customer'>): string => (name === null ? id : `${name} (${id})`);

export function itemLines(item: RecoveryItem): string[] {
  const { id, state, reasons, owner, since, clocks, next, arr, answer, tickets, cause, sameCause, proof, reopenings } = item;
  const running = clocks.filter(({ state: of }) => of === 'running' || of === 'overdue');
  const about = [
    ...(answer ? [`answer ${answer.score} (scale ${answer.min} to ${answer.max}, bar ${answer.bar})`] : []), ...tickets.map((ticket) => `ticket ${ticket}`), ...(cause === null ? [] : [`cause ${cause}${sameCause ? `, as in ${counted(sameCause, 'other')}` : ''}`]),
    ...(reopenings > 0 ? [`opened again ${counted(reopenings, 'time')}`] : []), ...(proof ? [`fix ${proof.fix}`] : []), ...arr.map((money) => `${moneyText(money)} a year`),
  ];
  return [
    `${id}  ${state}  ${calledOf(item)}  ${owner ?? 'nobody looks after it'}  since ${minute(since)}: ${reasons.map((reason) => recoveryReasonWords[reason]).join(', ')}`,
    ...(about.length === 0 ? [] : [`   ${about.join('; ')}`]),
    ...(next === null ? [] : running.map((clock) => `   ${clockText(clock)}`)),
  ];
}

export function storyLines({ recovery, story, alike }: RecoveryAnswer): string[] {
  const words = (data: Record<string, unknown>) => ['verbatim', 'what', 'note'].flatMap((field) => (typeof data[field] === 'string' ? [`"${data[field]}"`] : []));
  return [
    ...itemLines(recovery), ...recovery.clocks.filter(({ doneAt }) => doneAt !== null).map((clock) => `   ${clockText(clock)}`), `   version ${recovery.version}`, '',
    ...story.map(({ occurredAt, words: what, actor, data, source, id }) => [`${minute(occurredAt)}  ${what}, ${actor.id}`, ...words(data), `[${source}/${id}]`].join('  ')),
    ...(alike.length === 0 ? [] : ['', 'The same cause:', ...alike.map((other) => `  ${other.id}  ${other.state}  ${calledOf(other)}  since ${minute(other.since)}`)]),
  ];
}

export function summaryLines(summary: RecoverySummary): string[] {
  const { recoveries, open, overdue, unowned, actedOn, steps, fixes, repeatCauseRate, withoutPrevention, causes, arrAtStake } = summary;
  return [
    `${counted(recoveries, 'recovery', 'recoveries')}; ${open} open, ${overdue} overdue, ${unowned} that nobody looks after${arrAtStake.length === 0 ? '' : `; at stake ${arrAtStake.map(moneyText).join(' + ')} a year`}`,
    `Acted on: ${percent(actedOn)}. A cause that had come before: ${percent(repeatCauseRate)}. Without prevention: ${withoutPrevention}. Fixes: ${fixes.confirmed} confirmed, ${fixes.disproved} disproved, ${fixes.unproved} not yet proved.`, '',
    ...table(['step', 'done', 'run out undone', 'in time', 'worked', 'passed'], steps.map(({ clock, done, missed, inTime, worked, passed }) => [recoveryClockWords[clock]!, String(done), String(missed), percent(inTime), worked === null ? '-' : workingTimeWords(worked), passed === null ? '-' : workingTimeWords(passed)]), new Set([1, 2, 3, 4, 5])),
    ...(causes.length === 0 ? [] : ['', ...table(['cause', 'recoveries', 'open', 'customers', 'without prevention'], causes.map((each) => [each.cause, ...[each.recoveries, each.open, each.customers, each.withoutPrevention].map(String)]), new Set([1, 2, 3, 4]))]),
  ];
}
