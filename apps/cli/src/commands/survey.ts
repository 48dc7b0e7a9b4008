import type { Command } from 'commander';
import type { InstrumentState } from '#journey';
import type { ProgramRehearsal, ProgramState, SurveysAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { jsonIn } from '../json-file.js';
import { counted } from '../text/figures.js';
import { table } from '../text/table.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options { readonly json?: boolean; readonly reason?: string; readonly days?: number; readonly state?: string; readonly program?: string }

const FILE = 'as JSON; GET /openapi.json says what it holds';
const [INSTRUMENTS, PROGRAMS] = ['/v1/instruments', '/v1/survey-programs'];
const countsOf = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([reason, count]) => `${count} ${reason}`).join(', ') || 'nobody';
const shareOf = (share: number | null): string => (share === null ? '-' : `${Math.round(100 * share)} %`);

/** Questions, who is asked them and when, and what came of it. */
export function addSurvey(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const parent = program.command('survey').description('Questions to customers: what is asked, whom and when, and what came of it. What writes needs the key of an admin or operator.');
  const command = (name: string, what: string) => parent.command(name).description(what).option('--json', 'as JSON');
  const tell = (answer: object, json: boolean | undefined, lines: () => readonly string[]) => (json ? [JSON.stringify(answer, null, 2)] : lines()).forEach(out);

  const instruments = command('instruments', 'The questions that can be asked.').action(async ({ json }: Options) => {
    const answer = await ask<{ instruments: readonly InstrumentState[] }>(connectionFor(instruments, context), INSTRUMENTS);
    tell(answer, json, () => table(['id', 'version', 'scale', 'miss below', 'excellent from', 'question'], answer.instruments.map(({ id, versions, retired }) => {
      const { version, min, max, bar, excellentFrom, question } = versions.at(-1)!;
      return [id, String(version), `${min}-${max}`, String(bar), String(excellentFrom), retired ? `(retired) ${question}` : question];
    })));
  });
  const publish = command('publish', 'Publish a question, or its next version.').argument('<file>', FILE).action(async (file: string, { json }: Options) => {
    const answer = await ask<{ id: string; version: number }>(connectionFor(publish, context), INSTRUMENTS, { method: 'POST', body: await jsonIn(file, 'question') });
    tell(answer, json, () => [`${answer.id} version ${answer.version} is asked from now on.`]);
  });
  const programs = command('programs', 'Who is asked what and when.').action(async ({ json }: Options) => {
    const answer = await ask<{ programs: readonly ProgramState[] }>(connectionFor(programs, context), PROGRAMS);
    tell(answer, json, () => (answer.programs.length === 0 ? ['Nobody is asked anything. Set a program with: touchline survey set <file>'] : table(['id', 'state', 'when', 'asks', 'whom', 'by'],
      answer.programs.map(({ id, state, program: { trigger, days, delayMinutes, instrument, whom, channel } }) => [id, state, `${trigger}${days === undefined ? '' : `, ${days} days`}${delayMinutes === undefined ? '' : `, after ${delayMinutes} min`}`, instrument, whom, channel]))));
  });
  const set = command('set', 'Set a program, in place of what its id had before. Try it first: touchline survey dry-run <file>').argument('<file>', FILE).action(async (file: string, { json }: Options) => {
    const answer = await ask<{ program: string }>(connectionFor(set, context), PROGRAMS, { method: 'POST', body: await jsonIn(file, 'program') });
    tell(answer, json, () => [`${answer.program} is in force. What comes of it: touchline survey list --program ${answer.program}`]);
  });
  const dryRun = command('dry-run', 'Whom a program would have asked in the last days, and whom not and why. Nobody is asked.').argument('<file>', FILE).option('--days <n>', 'how many days back; 90 when left out', wholeNumber)
    .action(async (file: string, { json, days }: Options) => {
      const answer = await ask<ProgramRehearsal>(connectionFor(dryRun, context), `${PROGRAMS}/dry-run`, { method: 'POST', query: { days: days?.toString() }, body: await jsonIn(file, 'program') });
      tell(answer, json, () => [
        `From ${answer.from.slice(0, 10)} to ${answer.to.slice(0, 10)} it would have asked ${counted(answer.asked, 'time')}, ${counted(answer.people, 'person', 'people')} in all. Looked at: ${counted(answer.customers, 'customer')}. Held back: ${countsOf(answer.suppressed)}.`,
        ...(answer.lines.length === 0 ? [] : table(['when', 'customer', 'contact', 'ticket', 'asked'], answer.lines.map(({ at, customer, contact, ticket, reason }) => [at.slice(0, 16), customer, contact ?? '-', ticket ?? '-', reason === null ? 'yes' : `no: ${reason}`]))),
      ]);
    });
  const end = (name: string, what: string, path: (id: string) => string, done: string) => {
    const ending = command(name, what).argument('<id>').option('--reason <text>', 'why; no names of persons').action(async (id: string, { json, reason }: Options) => {
      const answer = await ask<object>(connectionFor(ending, context), path(encodeURIComponent(id)), { method: 'POST', body: reason === undefined ? {} : { reason } });
      tell(answer, json, () => [`${id} ${done}`]);
    });
  };
  end('retire', 'Ask a question no more.', (id) => `${INSTRUMENTS}/${id}/retire`, 'is asked no more.');
  end('stop', 'Stop a program.', (id) => `${PROGRAMS}/${id}/stop`, 'asks nobody any more; what was asked can still be answered.');
  const list = command('list', 'What programs asked, or did not and why, and how many answer.').option('--state <state>', 'requested, sent, suppressed, answered or expired').option('--program <id>', 'only this program').option('--days <n>', 'how many days back; 90 when left out', wholeNumber)
    .action(async ({ json, state, program: only, days }: Options) => {
      const answer = await ask<SurveysAnswer>(connectionFor(list, context), '/v1/surveys', { query: { state, program: only, days: days?.toString() } });
      tell(answer, json, () => listLines(answer));
    });
}

function listLines({ programs, waiting, surveys, days }: SurveysAnswer): string[] {
  if (programs.length === 0) return [`Nobody was to be asked in the last ${days} days.`];
  return [
    ...table(['program', 'out', 'answered', 'of those out', 'held back'], programs.map(({ program, sent, answered, responseRate, suppressed }) => [program, String(sent), String(answered), shareOf(responseRate), countsOf(suppressed)]), new Set([1, 2, 3])),
    ...(waiting.surveys === 0 ? [] : ['', `${waiting.surveys} wait to go out, the longest since ${waiting.since?.slice(0, 16)}: touchline doctor says why, or there is no mail server (TOUCHLINE_SMTP_URL).`]), '',
    ...table(['when', 'program', 'state', 'customer', 'contact', 'ticket'], surveys.map(({ beganAt, program, state, reason, customer, contact, ticket }) => [beganAt.slice(0, 16), program, reason === null ? state : `${state}: ${reason}`, customer, contact ?? '-', ticket ?? '-'])),
  ];
}
