import type { ImportSummary } from '#intake';
import { counted, figure } from '../text/figures.js';
import type { Tally } from './tally.js';

export interface Summarised {
  readonly name: string;
  readonly importId: string;
  readonly dryRun: boolean;
  /** Why no server was asked. */
  readonly alone?: string;
}

/** What an import did, for people. */
export function summaryLines({ name, importId, dryRun, alone }: Summarised, tally: Tally, summary: ImportSummary): string[] {
  const { rows } = tally;
  const read = Object.values(rows).reduce((sum, value) => sum + value, 0);
  const { appended, duplicate, conflict, rejected, valid = 0, customers, historic, notOpened, seconds } = summary;
  const eventsLine = `  ${counted(summary.lines, 'event')} sent; ${dryRun ? `${figure(valid)} would be appended, ` : `${figure(appended)} appended, `}${figure(duplicate)} duplicate, ${figure(conflict)} conflict, ${figure(rejected)} rejected`;
  const historyLine = `  ${counted(customers, 'customer')}; ${figure(historic)} of the events are history (known more than 7 days before); ${seconds.toFixed(1)} s`;
  return [
    dryRun ? `Dry run of ${name}: nothing was recorded.` : `Import ${importId} of ${name}`,
    `  ${counted(read, 'row')} read; ${figure(rows['left out'])} left out, ${figure(rows['no event'])} without an event, ${figure(rows.rejected)} rejected`,
    ...[...tally.leftOut].map(([because, times]) => `    left out: ${because} (${figure(times)})`),
    ...(alone === undefined ? [eventsLine, historyLine, ...notOpenedLines(notOpened)] : [`  ${counted(summary.lines, 'event')} checked here; ${figure(valid)} can be sent, ${figure(rejected)} rejected; ${counted(customers, 'customer')} as they are named`]),
    ...reasonLines(tally),
    ...(alone === undefined ? [] : ['What is stored already could not be looked up, so nothing is said of duplicates and conflicts.', alone]),
    ...ending(importId, dryRun, read, summary, rows.rejected),
  ];
}

/** What was not opened, by kind, in words. */
const NOT_OPENED: Readonly<Record<keyof ImportSummary['notOpened'], string>> = { recoveries: 'recoveries', surveyCauses: 'facts after which programs ask' };

/** Nothing is said of what there is none of. */
function notOpenedLines(notOpened: ImportSummary['notOpened']): string[] {
  const some = Object.entries(notOpened).filter(([, times]) => times > 0).map(([what, times]) => `${figure(times)} ${NOT_OPENED[what as keyof typeof NOT_OPENED]}`);
  return some.length === 0 ? [] : [`  Not opened, because it happened, or was known, more than 7 days ago: ${some.join(', ')}`];
}

function reasonLines({ reasons }: Tally): string[] {
  const sorted = [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, 20);
  return sorted.length === 0 ? [] : ['Not taken:', ...sorted.map(({ say, count, example }) => `  ${figure(count)} x ${say}, first in row ${example.row} (line ${example.line})`)];
}

function ending(importId: string, dryRun: boolean, read: number, { appended, duplicate, conflict, rejected, lines }: ImportSummary, refused: number): string[] {
  if (dryRun) return [];
  if (read === 0) return ['The file has no rows.'];
  if (lines > 0 && duplicate === lines) return [`Nothing changed: what was sent (${counted(lines, 'event')}) had been recorded before. What was taken back meanwhile stays so: corrected events need new ids.`];
  return [
    ...(conflict + rejected + refused > 0 ? ['Correct what was not taken and run the same command again: what is recorded already stays as it is.'] : []),
    ...(appended > 0 ? [`Take it back with: touchline import undo ${importId} --reason "…"`] : []),
  ];
}
