import type { Command } from 'commander';
import type { AnswerAnswer, AnswersPage, AnswersSummary } from '#read-model';
import { answersLines, answerStoryLines, summaryLines } from '../answers/answer-lines.js';
import { ask } from '../http/ask.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Options { readonly state?: string; readonly owner?: string; readonly customer?: string; readonly cursor?: string; readonly limit?: string; readonly json?: boolean }
interface Doing { readonly customer?: string; readonly note?: string; readonly reason?: string; readonly json?: boolean }

const CUSTOMER = 'whose, where several customers have a survey of this number: our id or system:id';
const NOTE = 'what should be remembered; kept sealed, as personal data';
const pathOf = (survey: string, action?: string) => `/v1/answers/${encodeURIComponent(survey)}${action === undefined ? '' : `/${action}`}`;

/** What customers answered: the queue, one answer, and what is done with it. */
export function addAnswers(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const answers = program.command('answers').description('What customers answered and nobody read yet: the worst first, of these the oldest.');
  answers.option('--state <state>', 'unread, read, acted-on, history or all', 'unread').option('--owner <code>', 'whose customers: a person\'s code, me or all').option('--customer <id>', 'of one customer: our id or system:id')
    .option('--cursor <text>', 'goes on behind a page').option('--limit <n>', 'at most so many').option('--json', 'as JSON')
    .action(async ({ json, ...query }: Options) => {
      const page = await ask<AnswersPage>(connectionFor(answers, context), '/v1/answers', { query });
      if (json) return out(JSON.stringify(page, null, 2));
      answersLines(page, query.state!).forEach(out);
    });
  const summary = answers.command('summary').description('How answers are dealt with: read in time, by executives, acted on.')
    .option('--from <day>', 'the first day').option('--to <day>', 'the last day').option('--within <days>', 'days within which an answer should be read').action(async () => {
      // What the command above has by the same name is given there.
      const { owner, json, from, to, within } = summary.optsWithGlobals<Options & { from?: string; to?: string; within?: string }>();
      const told = await ask<AnswersSummary>(connectionFor(summary, context), '/v1/answers/summary', { query: { owner, from, to, within } });
      if (json) return out(JSON.stringify(told, null, 2));
      summaryLines(told).forEach(out);
    });
  const show = answers.command('show').argument('<survey>', 'number of the asking').description('One answer with its story. That you read it is noted with `read`.').action(async (survey: string) => {
    const { customer, json } = show.optsWithGlobals<Doing>();
    const answer = await ask<AnswerAnswer>(connectionFor(show, context), pathOf(survey), { query: { customer } });
    if (json) return out(JSON.stringify(answer, null, 2));
    answerStoryLines(answer).forEach(out);
  });
  const read = answers.command('read').argument('<survey>', 'number of the asking').description('Shows an answer, and notes that you read it.').action(async (survey: string) => {
    const connection = connectionFor(read, context);
    const { customer } = read.optsWithGlobals<Doing>();
    const { noted } = await ask<{ noted: boolean }>(connection, pathOf(survey, 'view'), { method: 'POST', query: { customer }, body: {} });
    answerStoryLines(await ask<AnswerAnswer>(connection, pathOf(survey), { query: { customer } })).forEach(out);
    out(noted ? 'Noted that you read it.' : 'You have read it before.');
  });
  const complaint = answers.command('complaint').argument('<survey>', 'number of the asking').description('Marks an answer as a complaint, whatever its score.').option('--note <text>', NOTE).action(async (survey: string) => {
    const { customer, note } = complaint.optsWithGlobals<Doing>();
    const connection = connectionFor(complaint, context);
    await ask(connection, pathOf(survey, 'complaint'), { method: 'POST', query: { customer }, body: { note } });
    out(`${survey} is a complaint now.`);
    const { recovery } = await ask<AnswerAnswer>(connection, pathOf(survey), { query: { customer } });
    if (recovery?.state === 'closed') out(`Its recovery ${recovery.id} was closed. One that a later answer has proved stays so; open it again with: touchline recovery reopen ${recovery.id}`);
  });
  const aside = answers.command('nothing-to-do').argument('<survey>', 'number of the asking').description('Says that there is nothing to do about an answer.')
    .option('--reason <code>', 'why: praise, dealt-with, known-issue, no-content, … (has to be given)').option('--note <text>', NOTE).action(async (survey: string) => {
      const { customer, note, reason } = aside.optsWithGlobals<Doing>();
      await ask(connectionFor(aside, context), pathOf(survey, 'nothing-to-do'), { method: 'POST', query: { customer }, body: { reason: given(aside, '--reason <code>', reason), note } });
      out(`Nothing is to be done about ${survey}.`);
    });
  for (const command of [show, read, complaint, aside]) command.addHelpText('after', `\n--customer <id>: ${CUSTOMER}; --json with show`);
}
