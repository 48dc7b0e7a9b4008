import type { Command } from 'commander';
import type { CoachingAnswer, ExperienceAnswers, OutagesAnswer, PainAnswer, WatermelonAnswer } from '#read-model';
import { coachingLines } from '../experience/coaching-lines.js';
import { experienceLines, outageLines, painLines, watermelonLines } from '../experience/experience-lines.js';
import { ask } from '../http/ask.js';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor, given } from './command-context.js';

interface Options { readonly from?: string; readonly to?: string; readonly asOf?: string; readonly by?: string; readonly days?: string; readonly explain?: string; readonly json?: boolean }
interface Given { readonly agent?: string; readonly queue?: string; readonly topic?: string; readonly givenOn?: string; readonly void?: boolean }

/** How customers live through our service: figures, what hurts, outages, and targets met with customers not content. */
export function addExperience(program: Command, context: CommandContext): void {
  const show = async <Answer>(command: Command, path: string, lines: (answer: Answer) => string[]) => {
    // What the command above has by the same name is given there.
    const { json, from, to, asOf, by, days, explain } = command.optsWithGlobals<Options>();
    const answer = await ask<Answer>(connectionFor(command, context), `/v1/experience${path}`, { query: { from, to, asOf, ...(path === '' && { by }), ...(path === '/coaching' && { days, explain }) } });
    (json ? [JSON.stringify(answer, null, 2)] : lines(answer)).forEach(context.terminal.out);
  };
  const experience = program.command('experience').description('How customers live through our service: what they say, how tickets go, who answers.')
    .option('--from <day>', 'the first day').option('--to <day>', 'the last day').option('--as-of <moment>', 'what had happened by then: an instant, or the end of a day').option('--by <what>', 'also by queue, category, priority, segment, agent, role, instrument or subject').option('--json', 'as JSON')
    .action(() => show<ExperienceAnswers>(experience, '', experienceLines));
  const pain = experience.command('pain').description('Where it hurts most, by how often, how much, and what those customers pay.').action(() => show<PainAnswer>(pain, '/pain', painLines));
  const outages = experience.command('outages').description('Outages as customers lived through them.').action(() => show<OutagesAnswer>(outages, '/outages', outageLines));
  const watermelon = experience.command('watermelon').description('Green outside, red inside: targets met, customers not content.').action(() => show<WatermelonAnswer>(watermelon, '/watermelon', watermelonLines));
  const coaching = experience.command('coaching').description('What customers said before and after somebody of ours was coached.').option('--days <n>', 'so many before, and as many after').option('--explain <coaching>', 'with --json: the answers behind one')
    .action(() => show<CoachingAnswer>(coaching, '/coaching', coachingLines));
  const coached = experience.command('coached').argument('<coaching>', 'its number').description('Records that an agent or a queue was coached; said again, the latest word counts.')
    .option('--agent <code>', 'whom').option('--queue <name>', 'or all who work on a queue').option('--topic <text>', 'what it was about (has to be given)').option('--given-on <day>', 'when (has to be given)').option('--void', 'it was recorded by mistake')
    .action(async (number: string) => {
      const { agent, queue, topic, givenOn, void: isVoid } = coached.opts<Given>();
      if ((agent === undefined) === (queue === undefined)) throw new CliError('Give --agent or --queue.');
      const body = { of: agent === undefined ? 'queue' : 'agent', who: agent ?? queue, topic: given(coached, '--topic <text>', topic), givenOn: given(coached, '--given-on <day>', givenOn), ...(isVoid && { void: true }) };
      const { position } = await ask<{ position: string | null }>(connectionFor(coached, context), `/v1/company/coachings/${encodeURIComponent(number)}`, { method: 'PUT', body });
      context.terminal.out(position === null ? `${number} stood so already.` : `${number} is recorded.`);
    });
}
