import { type Command, Option } from 'commander';
import type { TasksAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { aboutCustomer } from './about-customer.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

type Said = Readonly<Record<string, string | undefined>>;
interface Noted { readonly task: string }

const NOTE = ['--note <text>', 'what was said; kept sealed, as personal data'] as const;

/** What is to be done for customers. */
export function addTask(program: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const parent = program.command('task').description('What is to be done for customers: tasks by hand, and those of playbooks.');
  const list = parent.command('list').description('Open tasks, by the day on which they are due. The key of a csm lists their own unless another owner is named.')
    .option('--owner <code>', 'who is to do them: a person\'s code, me or all').option('--customer <id>', 'only of this customer: our id, or system:id')
    .addOption(new Option('--state <state>', 'how they stand').choices(['open', 'done', 'dropped', 'all']).default('open')).option('--json', 'as JSON')
    .action(async ({ json, ...query }: Said & { json?: string }) => {
      const answer = await ask<TasksAnswer>(connectionFor(list, context), '/v1/tasks', { query });
      (json ? [JSON.stringify(answer, null, 2)] : lines(answer)).forEach(out);
    });
  const add = parent.command('add').argument('<customer>', 'our id, system:id, or the name').description('Set a task.')
    .option('--what <text>', 'what is to be done; no names of persons (has to be given)').option('--due <day>', 'the day by which, such as 2026-11-30 (has to be given)').option('--owner <code>', 'who is to do it; left out: who looks after the customer')
    .option('--hint <text>', 'what to keep in mind; no names of persons').option(...NOTE)
    .action(async (customer: string, { due, ...said }: Said) => {
      const body = { ...said, what: given(add, '--what <text>', said['what']), dueOn: given(add, '--due <day>', due) };
      const connection = connectionFor(add, context);
      const { task } = await aboutCustomer(connection, customer, err, (id) => ask<Noted>(connection, `/v1/customers/${id}/tasks`, { method: 'POST', body }), { whole: true });
      out(`${task} is set.`);
    });
  const step = (name: string, description: string, says: string, [flags, what]: readonly [string, string]) => {
    const command: Command = parent.command(name).argument('<number>', 'as `task list` and `today` show it').description(description).option(flags, `${what} (has to be given)`);
    command.action(async (task: string, said: Said) => {
      given(command, flags, said[/--(\w+)/.exec(flags)![1]!]);
      await ask(connectionFor(command, context), `/v1/tasks/${encodeURIComponent(task)}/${name}`, { method: 'POST', body: said });
      out(says);
    });
    return command;
  };
  step('done', 'Say that a task is done.', 'Noted: done.', ['--outcome <code>', 'a short code: reached, left-message, done, …']).option(...NOTE);
  step('snooze', 'Put a task off to a later day.', 'Noted: put off.', ['--until <day>', 'the day on which it counts again, such as 2026-11-30']).option(...NOTE);
  step('drop', 'Say that a task is not to be done any more.', 'Noted: dropped.', ['--reason <text>', 'why; no names of persons']);
}

function lines({ tasks, more }: TasksAnswer): string[] {
  if (tasks.length === 0) return ['No task.'];
  return [
    ...tasks.map(({ task, what, dueOn, until, overdue, state, outcome, reason, owner, customer }) => (
      `${state === 'open' ? `${dueOn}${overdue ? ' overdue' : ''}${until === null ? '' : `, put off until ${until}`}` : `${state}${outcome ?? reason ? `: ${outcome ?? reason}` : ''}`}  ${what}  (${task}; ${customer.name ?? customer.id}${owner === null ? '' : `; ${owner}`})`)),
    ...(more > 0 ? [`${more} more.`] : []),
  ];
}
