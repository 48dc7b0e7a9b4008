import type { Command } from 'commander';
import { ask } from '../http/ask.js';
import { type CommandContext, connectionFor } from './command-context.js';

/** A webhook as it is set, and how it does. */
export interface Listed {
  readonly id: string; readonly url: string; readonly description: string | null; readonly filter: Readonly<Record<string, readonly string[]>>;
  readonly ordered: boolean; readonly signature: string; readonly unseal: boolean; readonly enabled: boolean; readonly disabledBecause: string | null;
  readonly waiting: number; readonly failed: number; readonly failing: { readonly since: string; readonly why: string } | null;
}

interface Options {
  readonly json?: boolean; readonly to?: string; readonly description?: string; readonly types?: string; readonly categories?: string; readonly segments?: string; readonly customers?: string; readonly filter?: false;
  readonly start?: string; readonly ordered?: boolean; readonly signature?: string; readonly unseal?: boolean; readonly disabled?: boolean;
}

const PATH = '/v1/webhooks';
const PARTS = ['types', 'categories', 'segments', 'customers'] as const;

/** Makes and changes webhooks. */
export function addSettingOf(parent: Command, context: CommandContext): void {
  const { out } = context.terminal;
  const settings = (command: Command) => command.option('--description <text>', 'what it is for')
    .option('--types <list>', 'only these types or families, such as ticket.*,insight.*').option('--categories <list>', 'journey (facts of customers) or insight (what follows from them)')
    .option('--segments <list>', 'only customers of these segments').option('--customers <list>', 'only these: our ids, or system:id such as crm:C-1101')
    .option('--signature <kind>', 'v1 (a secret) or v1a (a public key)').option('--unseal', 'open personal fields; only over https').option('--json', 'as JSON');
  const add = settings(parent.command('add').argument('<url>').description('Tell an address of facts. Its secret is printed; touchline webhooks secret <id> says it again.'))
    .option('--start <place>', 'beginning, now, a position, or an instant; now when left out').option('--no-ordered', 'a fact of a customer does not wait for the one before').option('--disabled', 'tell it of nothing yet')
    .action(async (url: string, options: Options) => {
      const made = await ask<Listed & { secret: string }>(connectionFor(add, context), PATH, { method: 'POST', body: { url, ...settingsIn(options), start: options.start, ...(options.ordered === false && { ordered: false }), ...(options.disabled && { enabled: false }) } });
      (options.json ? [JSON.stringify(made, null, 2)] : [
        `${made.id} ${made.enabled ? 'is told from now on' : `is told of nothing until you say: touchline webhooks enable ${made.id}`}. Signatures are checked with:`, made.secret, `Try it: touchline webhooks test ${made.id}`,
      ]).forEach(out);
    });
  const change = settings(parent.command('change').argument('<id>').description('Change what is said; all else stays as it is.'))
    .option('--to <url>', 'where it goes').option('--no-filter', 'all facts, but for what is said beside').option('--no-unseal', 'leave personal fields sealed').option('--ordered', 'a fact of a customer waits for the one before').option('--no-ordered', 'it does not')
    .action(async (id: string, { json, to, ordered, ...options }: Options) => {
      const connection = connectionFor(change, context);
      const now = await ask<Listed>(connection, `${PATH}/${encodeURIComponent(id)}`);
      const { filter = {}, ...others } = settingsIn(options);
      const kept = { url: now.url, description: now.description ?? undefined, ordered: now.ordered, signature: now.signature, unseal: now.unseal };
      const body = { ...kept, ...others, ...(to !== undefined && { url: to }), ...(ordered !== undefined && { ordered }), filter: { ...(options.filter !== false && now.filter), ...filter } };
      const changed = await ask<Listed>(connection, `${PATH}/${encodeURIComponent(id)}`, { method: 'PUT', body });
      out(json ? JSON.stringify(changed, null, 2) : `${changed.id} is changed.`);
    });
}

function settingsIn({ description, signature, unseal, ...options }: Options): Record<string, unknown> & { filter?: Record<string, string[]> } {
  const parts = PARTS.flatMap((part) => (options[part] === undefined ? [] : [[part, options[part].split(',').map((each) => each.trim())] as const]));
  return { ...(description !== undefined && { description }), ...(signature !== undefined && { signature }), ...(unseal !== undefined && { unseal }), ...(parts.length > 0 && { filter: Object.fromEntries(parts) }) };
}
