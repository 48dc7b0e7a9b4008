import type { Command } from 'commander';
import { CliError } from '../terminal.js';
import { exportLog } from '../log/export-log.js';
import { verifyExport } from '../log/verify-export.js';
import { counted } from '../text/figures.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface ExportOptions {
  readonly to: string;
  readonly after?: string;
  readonly upTo?: string;
}

/** The log as files, to keep or to hold figures against. */
export function addLog(program: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const log = program.command('log').description('The log as files, with a signed manifest.');
  const exporting = log.command('export').description('Write every event of the tenant into a folder: log.ndjson, and manifest.json that proves it whole. Goes on where it was when it is run again after a break. Needs the key of an auditor, an admin or an operator.')
    .requiredOption('--to <folder>', 'where to; made where there is none').option('--after <position>', 'only events after this position').option('--up-to <position>', 'only events up to this position; all that are final when left out')
    .action(async ({ to, ...range }: ExportOptions) => {
      const { manifest, publicKey } = await exportLog(connectionFor(exporting, context), to, range, err);
      out(`${counted(manifest.events, 'event')} of ${manifest.tenant} after ${manifest.from} up to ${manifest.to}, ${counted(manifest.bytes, 'byte')}, in ${to}`);
      out(`  SHA-256 ${manifest.sha256}`);
      out(`  signed with ${publicKey}; check it with: npx touchline log verify-export ${to} --public-key ${publicKey}`);
    });
  log.command('verify-export').argument('<folder>', 'what `log export` wrote').description('Hold an export against its manifest, without a server: count, order, range, hash and signature. Exit code 0 it is whole, 1 it is not, 2 it could not be looked at.')
    .option('--public-key <key>', 'the public key that it must be signed with, from GET /v1/log/export/key; else the one that the manifest names')
    .action(async (folder: string, { publicKey: key }: { publicKey?: string }) => {
      const { manifest, publicKey, flaws } = await verifyExport(folder, key).catch((error: unknown) => { throw error instanceof CliError ? new CliError(error.message, 2) : error; });
      if (flaws.length > 0) {
        context.exitWith(1);
        return ['The export is not what its manifest says.', ...flaws.map((flaw) => `  ${flaw}`)].forEach(out);
      }
      out(`The export is whole: ${counted(manifest.events, 'event')} of ${manifest.tenant} after ${manifest.from} up to ${manifest.to}, made ${manifest.at} by Touchline ${manifest.software}.`);
      out(key === undefined ? `  Signed with ${publicKey}. Whose key that is, nobody has checked: compare it with GET /v1/log/export/key, and name it with --public-key.` : `  Signed with the key that you named.`);
    });
}
