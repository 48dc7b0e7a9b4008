import { type Command, Option } from 'commander';
import type { Certificate, Erased } from '#intake';
import { erasureReasons } from '#journey';
import { ask } from '../http/ask.js';
import { confirm } from '../confirm.js';
import { counted } from '../text/figures.js';
import { table } from '../text/table.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options { readonly reason: string; readonly reference?: string; readonly yes?: boolean; readonly json?: boolean }
interface Listed { readonly contact: string; readonly erasedAt: string; readonly reason: string; readonly reference?: string; readonly certified: boolean }

export function addErase(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const erase = program.command('erase').argument('<contact>', 'our id of the person, system:id, or an e-mail address')
    .description('Erase a person for ever: destroy the key that seals their personal fields. Facts, counts and scores stay. Needs the key of an administrator.')
    .addOption(new Option('--reason <code>', 'why').choices(erasureReasons).makeOptionMandatory())
    .option('--reference <number>', 'number of the case; no names, it stays readable').option('--yes', 'do not ask').option('--json', 'the certificate as JSON')
    .action(async (contact: string, { reason, reference, yes, json }: Options) => {
      const connection = connectionFor(erase, context);
      if (!yes) {
        await confirm(terminal, contact, `At ${connection.url.origin}, everything sealed for ${contact} becomes unreadable for ever, by everybody: name, addresses, answers, notes. So does what is sealed for them under an e-mail address that facts gave of them, and for whoever had the address that you name. It cannot be undone. Facts, counts and scores stay.`,
          { todo: 'erase', undone: 'Nothing was erased.' });
      }
      const certificate = await ask<Erased>(connection, `/v1/contacts/${encodeURIComponent(contact)}/erase`, { method: 'POST', body: { reason, ...(reference === undefined ? {} : { reference }) } });
      if (json) return terminal.out(JSON.stringify(certificate, null, 2));
      erasedLines(certificate, contact).forEach(terminal.out);
    });
  const list = program.command('erasures').description('Everybody who was erased, the earliest first. Keep a copy apart from the data.').option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { erasures } = await ask<{ erasures: readonly Listed[] }>(connectionFor(list, context), '/v1/erasures');
      if (json) return terminal.out(JSON.stringify(erasures, null, 2));
      if (erasures.length === 0) return terminal.out('Nobody was erased.');
      table(['contact', 'erased', 'reason', 'reference', ''], erasures.map((each) => [each.contact, each.erasedAt, each.reason, each.reference ?? '', each.certified ? '' : 'cut short: erase again'])).forEach(terminal.out);
    });
}

function erasedLines(erased: Erased, asked: string): string[] {
  const { together = [], sharing = [] } = erased;
  return [
    ...[erased, ...together].flatMap(certificateLines),
    ...(sharing.length === 0 ? [] : [`The same e-mail address was given of others too, who stay readable: ${sharing.join(', ')}. If they are the same person as ${asked}, erase the address: that takes them all.`]),
    'Copies of the keys that were made before still open it, until they are gone or the master key is changed.',
  ];
}

function certificateLines({ contact, keys, erasedAt, actor, reason, reference, facts, fields, upTo, customers }: Certificate): string[] {
  return [
    `Erased: ${contact}, ${erasedAt}, by ${actor.id} (${reason}${reference === undefined ? '' : `, ${reference}`}).`,
    `Unreadable from now on: ${counted(fields, 'field')} in ${counted(facts, 'fact')}, up to position ${upTo}. Destroyed: ${keys.map((key) => `key ${key}`).join(', ')}.`,
    `The certificate stands with ${counted(customers.length, 'customer')}${customers.length === 0 ? '' : `: ${customers.map(({ customer }) => customer).join(', ')}`}.`,
  ];
}
