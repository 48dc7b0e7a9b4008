import type { Command } from 'commander';
import type { Finding } from '#event-store';
import { ask } from '../http/ask.js';
import { type CommandContext, connectionFor } from './command-context.js';

export function addDoctor(program: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const doctor = program.command('doctor').description('What stands still, lags or is open, and what to do about it. Needs the key of an operator. Exit code 2 when something fails.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { findings } = await ask<{ findings: readonly Finding[] }>(connectionFor(doctor, context), '/v1/admin/doctor');
      if (findings.some(({ status }) => status === 'fails')) context.exitWith(2);
      if (json) return out(JSON.stringify(findings, null, 2));
      findings.flatMap(({ check, status, says, remedy }) => [`${status.padEnd(5)}  ${check}: ${says}`, ...(remedy === null ? [] : [`       ${remedy}`])]).forEach(out);
    });
}
