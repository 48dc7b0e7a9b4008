import type { Command } from 'commander';
import type { CompetitionAnswer, DemandAnswer, InitiativesAnswer, OutcomesAnswer, PresenceAnswer, PromisesAnswer, TraceabilityAnswer } from '#read-model';
import { competitionLines, demandLines, initiativeLines, outcomeLines, presenceLines, promiseLines, traceabilityLines } from '../demand/demand-lines.js';
import { ask } from '../http/ask.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

type Options = Readonly<Record<string, string | undefined>> & { readonly json?: boolean };

/** What customers ask for, what we do of it, and who hears of it. */
export function addDemand(program: Command, context: CommandContext): void {
  const show = async <Answer>(command: Command, path: string, lines: (answer: Answer) => string[]) => {
    const { json, asOf, owner, segment, limit } = command.optsWithGlobals<Options>();
    const { json: _, ...own } = command.opts<Options>();
    const answer = await ask<Answer>(connectionFor(command, context), `/v1/demand${path}`, { query: { asOf, owner, segment, limit, ...own } });
    (json ? [JSON.stringify(answer, null, 2)] : lines(answer)).forEach(context.terminal.out);
  };
  const demand = program.command('demand').description('What customers ask for, by theme.')
    .option('--as-of <moment>', 'what had happened by then: an instant, or the end of a day').option('--owner <code>', 'whose customers').option('--segment <name>', 'only this segment').option('--limit <n>', 'at most so many of each list').option('--json', 'as JSON');
  const register = demand.command('register', { isDefault: true }).description('Requests by theme.').option('--sort <weight>', 'arr, risk, accounts, requests or age').option('--theme <code>', 'only this theme').action(() => show<DemandAnswer>(register, '', demandLines));
  const initiatives = demand.command('initiatives').description('Who asked, has it, was told, and never heard.').action(() => show<InitiativesAnswer>(initiatives, '/initiatives', initiativeLines));
  const trace = demand.command('traceability').description('What we began, and whether customers had asked for it.').option('--from <day>', 'the first day').option('--to <day>', 'the last day').action(() => show<TraceabilityAnswer>(trace, '/traceability', traceabilityLines));
  const outcomes = demand.command('outcomes').description('Outcomes claimed and confirmed, their goals and ours.').action(() => show<OutcomesAnswer>(outcomes, '/outcomes', outcomeLines));
  const competition = demand.command('competition').description('Competitors in play, losses, and whom to win back.').option('--days <n>', 'live within so many days').option('--lost-days <n>', 'lost within so many days').option('--long-years <n>', 'long a customer is who has been one for so many years (3)').action(() => show<CompetitionAnswer>(competition, '/competition', competitionLines));
  const promises = demand.command('promises').description('Promises kept, broken and overdue.').action(() => show<PromisesAnswer>(promises, '/promises', promiseLines));
  const presence = demand.command('presence').description('Who is quiet, has no live sponsor, or was never visited.').option('--days <n>', 'quiet after so many days').option('--sponsor-days <n>', 'a sponsor is met within so many days').action(() => show<PresenceAnswer>(presence, '/presence', presenceLines));
  addInitiative(program, context);
}

const listOf = (text: string | undefined) => text?.split(',').map((each) => each.trim());

function addInitiative(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const initiative = program.command('initiative').description('What we change for customers: started, linked to requests, delivered, told, dropped.');
  const start = initiative.command('start').argument('<id>', 'such as I-7').description('Says that it began, and what it answers.').option('--title <text>', 'what it is').option('--strategy <code>', 'the aim that it serves').option('--themes <codes>', 'themes, with commas between')
    .option('--requests <numbers>', 'requests that it answers, with commas between').option('--owner <code>', 'who answers for it').option('--due-on <day>', 'day by which it is to be there')
    .action(async (id: string, { title, themes, requests, ...said }: Readonly<Record<string, string | undefined>>) => {
      await ask(connectionFor(start, context), '/v1/initiatives', { method: 'POST', body: { initiative: id, title: given(start, '--title <text>', title), themes: listOf(themes), requests: listOf(requests), ...said } });
      out(`Initiative ${id} was started.`);
    });
  const link = initiative.command('link').argument('<id>').argument('<requests...>', 'numbers of requests').description('It answers more requests.').action(async (id: string, requests: string[]) => {
    await ask(connectionFor(link, context), `/v1/initiatives/${encodeURIComponent(id)}/requests`, { method: 'POST', body: { requests } });
    out('Noted.');
  });
  for (const [name, says] of [['deliver', 'It is there, for everybody.'], ['tell', 'All who are linked were told.'], ['drop', 'It was given up.']] as const) {
    const step = initiative.command(name).argument('<id>').description(says);
    if (name === 'drop') step.option('--reason <code>', 'why');
    step.action(async (id: string, { reason }: { reason?: string }) => {
      await ask(connectionFor(step, context), `/v1/initiatives/${encodeURIComponent(id)}/${name}`, { method: 'POST', ...(name === 'drop' && { body: { reason } }) });
      out('Noted.');
    });
  }
}
