import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Progress, Report } from '#insight';
import type { PublishedReport, ReportVerified } from '#read-model';
import { ask } from '../http/ask.js';
import { fetchBytes } from '../http/fetch-bytes.js';
import { longAnswer } from '../http/long-answer.js';
import { publishedLines, reportLines, verifiedLines } from '../report/report-lines.js';
import { progressLine } from '../text/progress-line.js';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor, given } from './command-context.js';
import { addMeetings } from './meetings.js';
import { addReportFigure } from './report-figure.js';
import { addReportSchedule } from './report-schedule.js';

interface Which { readonly period?: string; readonly segment?: string; readonly position?: string; readonly format?: string; readonly out?: string }
interface Decided { readonly what?: string; readonly state?: string; readonly level?: string; readonly cost?: string; readonly arr?: string; readonly currency: string; readonly reason?: string; readonly event?: string[]; readonly figure?: string[]; readonly report?: string[] }

const money = (amount: string | undefined, currency: string) => {
  if (amount !== undefined && !/^\d{1,13}$/.test(amount)) throw new CliError('Amounts are whole numbers of minor units: 1250 is 12.50 EUR.');
  return amount === undefined ? undefined : { amount: Number(amount), currency };
};

/** The strategic report: as it stands, as it was published, and what is decided by it. */
export function addReport(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const progress = (far: Progress) => context.terminal.err(progressLine(far));
  const again = 'Say it again: what was worked out is remembered for a while.';
  const save = async (command: Command, path: string, { format = 'json', out: file }: Which) => write(await fetchBytes(connectionFor(command, context), path, { format }), { format, ...(file && { out: file }) });
  const write = (bytes: Buffer, { format, out: file }: Which) => {
    if (file === undefined) {
      if (format === 'pdf') throw new CliError('A PDF needs --out with the name of a file.');
      out(bytes.toString());
      return;
    }
    try {
      writeFileSync(file, bytes);
    } catch (error) {
      throw new CliError(`${file} cannot be written: ${(error as Error).message}.`);
    }
    out(`${file} has ${bytes.length} bytes.`);
  };
  const report = program.command('report').description('The strategic customer intelligence report of a quarter.')
    .option('--period <quarter>', 'such as 2026-Q3; left out: the last that is over').option('--segment <name>', 'only customers of this segment').option('--position <position>', 'facts up to here').option('--format <what>', 'json, html, pdf or csv, as a file').option('--out <file>', 'where to write it')
    .action(async () => {
      const { period, segment, position, format, out: file } = report.opts<Which>();
      const query = Object.fromEntries(Object.entries({ period, segment, position, format }).filter((each): each is [string, string] => each[1] !== undefined));
      const made = await longAnswer<Progress, Report | { readonly base64: string }>(connectionFor(report, context), '/v1/reports/strategic', { method: 'GET', query, progress, again });
      if (!('base64' in made)) return reportLines(made).forEach(out);
      write(Buffer.from(made.base64, 'base64'), { format: format!, ...(file && { out: file }) });
    });
  const publish = report.command('publish').description('Keeps the report as it stands, for good.').action(async () => {
    const { period, segment } = publish.optsWithGlobals<Which>();
    const answer = await longAnswer<Progress, PublishedReport>(connectionFor(publish, context), '/v1/reports/strategic/publish', { body: { ...(period && { period }), ...(segment && { segment }) }, progress, again: 'touchline report list says whether it was published.' });
    out(`${answer.report} is published${answer.supersedes ? ` and takes the place of ${answer.supersedes.report}` : ''}; the PDF's SHA-256 is ${answer.files.find(({ format }) => format === 'pdf')!.sha256}.`);
  });
  const list = report.command('list').description('What was published.').action(async () => publishedLines((await ask<{ reports: PublishedReport[] }>(connectionFor(list, context), '/v1/reports')).reports).forEach(out));
  const show = report.command('show').argument('<report>').description('A file as it was published: --format and --out.').action((id: string) => {
    const { format, out: file } = show.optsWithGlobals<Which>();
    return save(show, `/v1/reports/${encodeURIComponent(id)}`, { ...(format && { format }), ...(file && { out: file }) });
  });
  const verify = report.command('verify').argument('<report>').description('Works the figures of a published report out again, and says what facts since say otherwise.').action(async (id: string) => {
    const answer = await ask<ReportVerified>(connectionFor(verify, context), `/v1/reports/${encodeURIComponent(id)}/verify`);
    verifiedLines(answer).forEach(out);
    if (answer.same === false || answer.files.some(({ kept }) => !kept)) context.exitWith(1);
  });
  const target = report.command('target').argument('<figure>').argument('<value>', 'shares from 0 to 1, money in minor units').description('Sets what a figure should be in --period.').option('--reason <text>', 'why (has to be given)')
    .action(async (figure: string, value: string) => {
      const { period, reason } = target.optsWithGlobals<Which & { reason?: string }>();
      if (!Number.isFinite(Number(value))) throw new CliError('A target is a number.');
      const quarter = given(target, '--period <quarter>', period);
      await ask(connectionFor(target, context), `/v1/company/targets/${encodeURIComponent(figure)}/${encodeURIComponent(quarter)}`, { method: 'PUT', body: { value: Number(value), reason: given(target, '--reason <text>', reason) } });
      out(`The target of ${figure} in ${quarter} is ${value}.`);
    });
  addReportFigure(report, context);
  addReportSchedule(report, context);
  addMeetings(report, context);
  const several = (value: string, before: string[] = []) => [...before, value];
  const decide = report.command('decide').argument('<decision>', 'its number').description('Records a decision about customers, or that it is asked for.')
    .option('--what <text>', 'what is to be done (has to be given)').option('--state <how>', 'asked, taken or declined', 'taken').option('--level <whom>', 'corporate or operational', 'operational').option('--cost <n>', 'in minor units').option('--arr <n>', 'in minor units').option('--currency <code>', 'ISO 4217', 'EUR').option('--reason <text>', 'why')
    .option('--event <source/id>', 'evidence: a fact; may be given several times', several).option('--figure <id>', 'evidence: a figure of the report', several).option('--report <id>', 'evidence: a published report', several)
    .action(async (decision: string) => {
      const { what, state, level, cost, arr, currency, reason, event = [], figure = [], report: reports = [] } = decide.opts<Decided>();
      const evidence = [
        ...event.map((each) => ({ kind: 'event', event: { source: each.slice(0, each.indexOf('/')), id: each.slice(each.indexOf('/') + 1) } })), ...figure.map((each) => ({ kind: 'figure', figure: each })), ...reports.map((each) => ({ kind: 'report', report: each })),
      ];
      const amounts = { cost: money(cost, currency), arr: money(arr, currency) };
      const { replaced } = await ask<{ readonly replaced: boolean }>(connectionFor(decide, context), `/v1/company/decisions/${encodeURIComponent(decision)}`, {
        method: 'PUT', body: { what: given(decide, '--what <text>', what), state, level, ...(amounts.cost && { cost: amounts.cost }), ...(amounts.arr && { arr: amounts.arr }), ...(reason !== undefined && { reason }), ...(evidence.length > 0 && { evidence }) },
      });
      out(`${decision} is recorded${replaced ? ' and replaces what was said before' : ''}.`);
    });
}
