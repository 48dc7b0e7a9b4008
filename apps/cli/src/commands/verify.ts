import type { Command } from 'commander';
import type { RowDifference, VerifyReport } from '#event-store';
import { longAnswer } from '../http/long-answer.js';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';
import { counted, figure } from '../text/figures.js';
import { type CommandContext, connectionFor } from './command-context.js';

const UNITS: Readonly<Record<string, string>> = { log: 'event', ids: 'id', streams: 'stream', aliases: 'row' };
const COULD_NOT = 2;

export function addVerify(program: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const command = program.command('verify').description('Hold the log against itself, and the directory of aliases and every read model against the log. Needs the key of an operator. Exit code 0 all equal, 1 something differs, 2 it could not be done.')
    .option('--all', 'also generations that are being built or kept').option('--json', 'the report as JSON')
    .action(async ({ all, json }: { all?: boolean; json?: boolean }) => {
      try {
        const report = await reportFrom(connectionFor(command, context), all === true, err);
        if (!report.equal) context.exitWith(1);
        (json ? [JSON.stringify(report, null, 2)] : reportLines(report)).forEach(out);
      } catch (error) {
        throw error instanceof CliError ? new CliError(error.message, COULD_NOT) : error;
      }
    });
}

async function reportFrom(connection: Connection, all: boolean, say: (line: string) => void): Promise<VerifyReport> {
  const { report } = await longAnswer<{ of: string; done: number }, { report: VerifyReport }>(connection, '/v1/admin/verify', {
    query: all ? { all: 'true' } : {}, again: 'Verify again.', progress: ({ of, done }) => say(`${of}: ${counted(done, UNITS[of] ?? 'customer')} looked at`),
  });
  return report;
}

function reportLines({ equal, seconds, log, directory, projections, flaws, differences }: VerifyReport): string[] {
  const names = [...new Set(projections.filter(({ different }) => different > 0).map(({ projection }) => projection))];
  return [
    `log: ${counted(log.events, 'event')}, ${counted(log.ids, 'id')}, ${counted(log.streams, 'stream')}; ${counted(log.flaws, 'flaw')}.`,
    `aliases: ${figure(directory.aliases)}; ${counted(directory.flaws, 'flaw')}.`,
    ...projections.map(({ projection, generation, live, customers, different, held, waiting }) => `${projection}${live ? '' : ` (generation ${generation})`}: ${counted(customers, 'customer')} folded from the log; ${figure(different)} differ, ${
      figure(held)} are held and compared with the fold before the bad fact, ${figure(waiting)} wait to be computed anew and are not judged.`),
    ...flaws.map(({ check, says }) => `  ${check}: ${says}`),
    ...differences.map(differenceLine),
    equal ? `Everything is equal (${seconds} s).` : 'Not everything is equal.',
    ...names.map((name) => `To mend ${name}: touchline projections rebuild ${name}, which differs from what is read; look at it, then touchline projections switch ${name}.`),
    ...(log.flaws > 0 ? ['The log itself cannot be computed anew: stop what writes to it, keep a copy, and look for who changed it besides Touchline.'] : []),
  ];
}

function differenceLine({ projection, tenant, customer, row, columns, stored, folded, failure }: RowDifference): string {
  const which = [tenant, customer, ...Object.entries(row).map(([name, value]) => `${name} ${String(value)}`)].filter((part) => part !== null).join(', ');
  const what = failure ?? (stored === null ? 'the row is missing' : folded === null ? 'the log knows no such row'
    : columns.map((column) => (column in stored ? `${column} is ${short(stored[column])}, from the log ${short(folded[column])}` : column)).join('; '));
  return `  ${projection}: ${which}: ${what}`;
}

const LONG = 60;
const short = (value: unknown): string => { const words = JSON.stringify(value) ?? 'not there'; return words.length > LONG ? `${words.slice(0, LONG)}…` : words; };
