import type { CustomerPage } from '#read-model';
import { ask, Refused } from '../http/ask.js';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';

const SEARCHED = 100;
const SHOWN = 10;

export interface Naming {
  /** Only by the whole name: for what is written down. */
  readonly whole?: boolean;
}

/**
 * Asks about a customer as people name one: by our id, by system:id, or by the name, or a part of it, when only one has it.
 * `work` gets the id as it stands in a path. @throws CliError that names those who may be meant, or how ids are written
 */
export async function aboutCustomer<T>(connection: Connection, text: string, tell: (line: string) => void, work: (id: string) => Promise<T>, { whole = false }: Naming = {}): Promise<T> {
  try {
    return await work(encodeURIComponent(text));
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'customer-unknown') throw error;
    const { id, name } = await byName(connection, text, whole);
    tell(`Note: "${text}" is taken for ${name} (${id}).`);
    return work(encodeURIComponent(id));
  }
}

/** What a customer is called beside our id, for messages; the id alone where nobody knows a name or the key may not read it. */
export async function calledOf(connection: Connection, id: string): Promise<string> {
  try {
    const { name } = await ask<{ name: string | null }>(connection, `/v1/customers/${encodeURIComponent(id)}`);
    return name === null ? id : `${name} (${id})`;
  } catch (error) {
    if (error instanceof Refused) return id;
    throw error;
  }
}

async function byName(connection: Connection, text: string, whole: boolean): Promise<{ id: string; name: string }> {
  const { customers } = await ask<CustomerPage>(connection, '/v1/customers', { query: { q: text.slice(0, 200), status: 'all', owner: 'all', limit: String(SEARCHED) } });
  const named = customers.flatMap(({ id, name }) => (name?.toLowerCase().includes(text.toLowerCase()) ? [{ id, name }] : []));
  const same = named.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  const [only, ...others] = same.length > 0 || whole ? same : named;
  if (only && others.length === 0) return only;
  if (named.length > 0) throw new CliError(`"${text}" may mean one of these; name it by its id:\n${named.slice(0, SHOWN).map(({ id, name }) => `  ${id}  ${name}`).join('\n')}`);
  throw new CliError(`No customer has the id or the name "${text}". An id of another system is written system:id, such as crm:C-1001.`);
}
