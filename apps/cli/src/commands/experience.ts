import type { Command } from 'commander';
import type { ExperienceAnswers, OutagesAnswer, PainAnswer, WatermelonAnswer } from '#read-model';
import { experienceLines, outageLines, painLines, watermelonLines } from '../experience/experience-lines.js';
import { ask } from '../http/ask.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options { readonly from?: string; readonly to?: string; readonly asOf?: string; readonly by?: string; readonly json?: boolean }

/** How customers live through our service: figures, what hurts, outages, and targets met with customers not content. */
export function addExperience(program: Command, context: CommandContext): void {
  const show = async <Answer>(command: Command, path: string, lines: (answer: Answer) => string[]) => {
    // What the command above has by the same name is given there.
    const { json, from, to, asOf, by } = command.optsWithGlobals<Options>();
    const answer = await ask<Answer>(connectionFor(command, context), `/v1/experience${path}`, { query: { from, to, asOf, ...(path === '' && { by }) } });
    (json ? [JSON.stringify(answer, null, 2)] : lines(answer)).forEach(context.terminal.out);
  };
  const experience = program.command('experience').description('How customers live through our service: what they say, how tickets go, who answers.')
    .option('--from <day>', 'the first day').option('--to <day>', 'the last day').option('--as-of <moment>', 'what had happened by then: an instant, or the end of a day').option('--by <what>', 'also by queue, category, priority, segment, agent, role or instrument').option('--json', 'as JSON')
    .action(() => show<ExperienceAnswers>(experience, '', experienceLines));
  const pain = experience.command('pain').description('Where it hurts most, by how often, how much, and what those customers pay.').action(() => show<PainAnswer>(pain, '/pain', painLines));
  const outages = experience.command('outages').description('Outages as customers lived through them.').action(() => show<OutagesAnswer>(outages, '/outages', outageLines));
  const watermelon = experience.command('watermelon').description('Green outside, red inside: targets met, customers not content.').action(() => show<WatermelonAnswer>(watermelon, '/watermelon', watermelonLines));
}
