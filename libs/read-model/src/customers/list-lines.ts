import type { Sql } from '#event-store';
import { aliasesOf, aliasText } from './aliases.js';
import { type CustomerStatus, type CustomerSummary, type KeptSummary, listed } from './customer-answer.js';
import type { Statement } from './customers-in-order.js';
import type { Unsummed } from './live-rows.js';

/** What `LISTED_COLUMNS` selects, as PostgreSQL writes it. */
type Texts = readonly [customer: string, held: string, nameless: string, status: string, summary: string];

/** A line of a list from its row, and what another system calls the customer, where it has no name. */
export type LineOf<Line> = (row: Texts, knownAs: string | null) => Line;

const YES = 't';

export const lineOf: LineOf<CustomerSummary> = ([customer, held, nameless, status, summary], knownAs) => listed(
  { customer, held: held === YES, nameless: nameless === YES, status: status as CustomerStatus, summary: JSON.parse(summary) as KeptSummary | Unsummed }, knownAs);

/** The line as JSON, with the summary as it is stored: to read it and write it again would take a fifth of the time that a list takes. */
export const textOf: LineOf<string> = (row, knownAs) => {
  const [customer, held, nameless, status, summary] = row;
  const isAsStored = (held === YES || status !== 'retracted') && !summary.startsWith('{"sheet"');
  if (!isAsStored) return JSON.stringify(lineOf(row, knownAs));
  return `{"id":${JSON.stringify(customer)},"knownAs":${JSON.stringify(nameless === YES ? knownAs : null)},"held":${held === YES},${summary.slice(1)}`;
};

export async function linesOf<Line>(sql: Sql, tenant: string, rows: readonly Texts[], line: LineOf<Line>): Promise<Line[]> {
  const aliases = await aliasesOf(sql, tenant, rows.filter(([, , nameless]) => nameless === YES).map(([customer]) => customer));
  return rows.map((row) => line(row, aliases.get(row[0])?.map(aliasText)[0] ?? null));
}

/** The rows of a statement that selects `LISTED_COLUMNS`. */
export async function rowsOf(sql: Sql, { text, values, name }: Statement): Promise<Texts[]> {
  return (await sql.texts(text, values, name)) as unknown as Texts[];
}
