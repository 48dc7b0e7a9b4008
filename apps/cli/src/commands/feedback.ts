import type { Command } from 'commander';
import type { DepartmentsAnswer, FeedbackAnswer, FeedbackList } from '#read-model';
import { departmentsLines, feedbackLines, feedbackStoryLines } from '../answers/feedback-lines.js';
import { ask } from '../http/ask.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

const NOTE = 'what should be remembered; kept sealed, as personal data';

/** The steps that a piece of feedback takes: the word, what it does, what has to be given, what may be. */
const STEPS = [
  ['route', 'Sends feedback to a department, or on to another.', ['--department <id>', 'which department'], [['--note <text>', NOTE]]],
  ['accept', 'The department takes it on.', null, [['--note <text>', NOTE]]],
  ['decline', 'The department will not deal with it.', ['--reason <code>', 'why: not-ours, not-planned, …'], [['--note <text>', NOTE]]],
  ['answer', 'The department answers.', ['--what <text>', 'what it answers; kept sealed'], [['--to <contact>', 'who at the customer got the answer']]],
  ['tell', 'The customer was told what became of it.', null, [['--contact <id>', 'who was told'], ['--note <text>', NOTE]]],
] as const;

/** What customers want, and which department has it. */
export function addFeedback(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const feedback = program.command('feedback').description('What customers want, and which department has it: the oldest first.');
  const list = feedback.command('list', { isDefault: true }).description('Feedback that is open, or at another step.').option('--step <step>', 'open, raised, routed, accepted, declined, answered, told or all').option('--department <id>', 'only what this department has')
    .option('--owner <code>', 'whose customers').option('--customer <id>', 'of one customer: our id or system:id').option('--limit <n>', 'at most so many').option('--json', 'as JSON')
    .action(async ({ json, ...query }: Readonly<Record<string, string>> & { json?: boolean }) => {
      const found = await ask<FeedbackList>(connectionFor(list, context), '/v1/feedback', { query });
      if (json) return out(JSON.stringify(found, null, 2));
      feedbackLines(found).forEach(out);
    });
  const show = feedback.command('show').argument('<feedback>', 'its id').description('One piece of feedback with its story.').option('--json', 'as JSON').action(async (id: string, { json }: { json?: boolean }) => {
    const found = await ask<FeedbackAnswer>(connectionFor(show, context), `/v1/feedback/${encodeURIComponent(id)}`);
    if (json) return out(JSON.stringify(found, null, 2));
    feedbackStoryLines(found).forEach(out);
  });
  const raise = feedback.command('raise').description('Writes down what a customer wants, out of an answer, a ticket or a talk.').option('--customer <id>', 'whose: our id or system:id').option('--survey <number>', 'the answer it comes out of')
    .option('--what <text>', 'what they want; kept sealed').option('--ticket <number>', 'the ticket it comes out of').option('--department <id>', 'sends it there at once').option('--note <text>', NOTE)
    .action(async (body: Readonly<Record<string, string>>) => {
      const raised = await ask<{ feedback: string }>(connectionFor(raise, context), '/v1/feedback', { method: 'POST', body });
      out(`Feedback ${raised.feedback} was raised${body['department'] === undefined ? '' : ` and sent to ${body['department']}`}.`);
    });
  for (const [name, description, needed, optional] of STEPS) {
    const step = feedback.command(name).argument('<feedback>', 'its id').description(description);
    if (needed) step.option(needed[0], `${needed[1]} (has to be given)`);
    for (const [flags, says] of optional) step.option(flags, says);
    step.action(async (id: string, body: Readonly<Record<string, string>>) => {
      if (needed) given(step, needed[0], body[needed[0].slice(2, needed[0].indexOf(' '))]);
      await ask(connectionFor(step, context), `/v1/feedback/${encodeURIComponent(id)}/${name}`, { method: 'POST', body });
      out('Noted.');
    });
  }
  addDepartments(feedback, context);
}

function addDepartments(feedback: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const departments = feedback.command('departments').description('Departments and how they deal with feedback, in working time.').option('--json', 'as JSON').action(async ({ json }: { json?: boolean }) => {
    const found = await ask<DepartmentsAnswer>(connectionFor(departments, context), '/v1/departments');
    if (json) return out(JSON.stringify(found, null, 2));
    departmentsLines(found).forEach(out);
  });
  const department = feedback.command('department').argument('<id>', 'such as product').description('Makes a department, or changes it; --retire: it gets no feedback any more.')
    .option('--name <text>', 'what people call it').option('--owner <code>', 'who answers for it').option('--hours <n>', 'working hours within which it is to answer', wholeNumber).option('--retire', 'it gets no feedback any more')
    .action(async (id: string, { name, owner, hours, retire }: { name?: string; owner?: string; hours?: number; retire?: boolean }) => {
      const path = `/v1/departments/${encodeURIComponent(id)}`;
      const connection = connectionFor(department, context);
      if (retire) await ask(connection, `${path}/retire`, { method: 'POST' });
      else await ask(connection, path, { method: 'PUT', body: { name: given(department, '--name <text>', name), owner: given(department, '--owner <code>', owner), answerWithinHours: given(department, '--hours <n>', hours) } });
      out(retire ? `${id} gets no feedback any more.` : `${id} is to answer within ${hours} working hours.`);
    });
}
