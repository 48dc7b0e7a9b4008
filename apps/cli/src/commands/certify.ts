import { createWriteStream, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Certificate, CertificateCheck, HealthAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { openAnswer } from '../http/open-answer.js';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';
import { counted } from '../text/figures.js';
import { aboutCustomer } from './about-customer.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly position?: string;
  readonly list?: boolean;
  readonly out?: string;
  readonly events?: string;
  readonly check?: string;
  readonly json?: boolean;
}

export function addCertify(program: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const command = program.command('certify').argument('[customer]', 'our id, system:id, or the name')
    .description('Prove a score: what it stands on, digested; or check such a proof against the log.')
    .option('--as-of <time>', 'what was true then: an instant or a date, which means the end of that day')
    .option('--known-at <time>', 'what was known then')
    .option('--position <position>', 'facts up to there; all that are final when left out')
    .option('--list', 'with the digest of every event, so that a check can tell which one differs')
    .option('--out <file>', 'write the certificate into a file')
    .option('--events <file>', 'write the events it stands on into a file, each line as it is digested; what is sealed stays sealed')
    .option('--check <file>', 'recompute the certificate in this file; the exit code is 1 when it does not hold')
    .option('--json', 'as JSON')
    .action(async (customer: string | undefined, options: Options) => {
      if ((customer === undefined) === (options.check === undefined)) throw new CliError('Name a customer to certify, or a file to check: --check <file>.');
      const connection = connectionFor(command, context);
      if (options.check !== undefined) {
        const check = await ask<CertificateCheck>(connection, '/v1/certificates/checks', { method: 'POST', body: certificateIn(options.check) });
        (options.json ? [JSON.stringify(check, null, 2)] : [String(check.holds), check.say, ...check.differences.map(({ say }) => `  ${say}`)]).forEach(out);
        if (!check.holds) context.exitWith(1);
        return;
      }
      const { asOf, knownAt, position, list } = options;
      await aboutCustomer(connection, customer!, err, async (id) => {
        const path = `/v1/customers/${id}/health/certificate`;
        const certificate = await ask<Certificate>(connection, path, { query: { asOf, knownAt, position, list: list ? 'true' : undefined } });
        const text = JSON.stringify(certificate, null, 2);
        if (options.out !== undefined) await writeFile(options.out, `${text}\n`).catch(unwritable(options.out));
        if (options.events !== undefined) {
          const lines = await openAnswer(connection, `${path}/events`, { asOf: certificate.asOf, knownAt: certificate.knownAt, position: certificate.position });
          await pipeline(lines, createWriteStream(options.events)).catch(unwritable(options.events));
        }
        const whole = options.json || (options.out === undefined && options.events === undefined);
        (whole ? [text] : linesOf(certificate, options)).forEach(out);
        (await besides(connection, id, certificate)).forEach(whole ? err : out);
      });
    });
}

function linesOf({ customer, figures, asOf, knownAt, position, events, card, digest }: Certificate, { out, events: file }: Options): string[] {
  return [
    `${customer}  ${figures.band}${figures.score === null ? '' : ` ${figures.score}`}, as of ${asOf}, known at ${knownAt}`,
    `  from ${counted(events.count, 'event')} up to position ${position}, by ${card.id} version ${card.version}`,
    `  digest ${digest}`,
    ...(out === undefined ? [] : [`  the certificate is in ${out}; check it with: npx touchline certify --check ${out}`]), ...(file === undefined ? [] : [`  its events are in ${file}`]),
  ];
}

/** A certificate is of what is computed: where an override holds, something else counts. */
async function besides(connection: Connection, id: string, { asOf, knownAt }: Certificate): Promise<string[]> {
  const { override } = await ask<HealthAnswer>(connection, `/v1/customers/${id}/health`, { query: { asOf, knownAt } });
  return override === null ? [] : [`  The certificate is of what is computed. What counts is an override to ${override.score} (${override.band}) until ${override.until}: "${override.reason}".`];
}

function certificateIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path} holds no certificate: ${(error as Error).message}`);
  }
}

const unwritable = (path: string) => (error: Error): never => {
  throw error instanceof CliError ? error : new CliError(`${path} cannot be written: ${error.message}`);
};
