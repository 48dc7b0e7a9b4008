import { readStreamsRows, type Sql } from '#event-store';
import { effectiveEvents } from '#insight';
import { groupBy } from '../group-by.js';

export interface Alias {
  readonly system: string;
  readonly id: string;
}

const SAY_SO = ['customer.alias-added', 'customer.alias-removed', 'record.retracted', 'record.amended'];

/** What other systems call some customers, from the log. */
export async function aliasesOf(sql: Sql, tenant: string, customers: readonly string[]): Promise<Map<string, Alias[]>> {
  if (customers.length === 0) return new Map();
  const events = await readStreamsRows(sql, tenant, 'customer', customers, Number.MAX_SAFE_INTEGER, SAY_SO);
  return new Map([...groupBy(events, ({ stream }) => stream.id)].map(([customer, story]) => {
    const aliases = new Map<string, Alias>();
    for (const { type, data } of effectiveEvents(story)) {
      const alias = { system: String(data['system']), id: String(data['id']) };
      if (type === 'customer.alias-added') aliases.set(aliasText(alias), alias);
      else aliases.delete(aliasText(alias));
    }
    return [customer, [...aliases.values()]];
  }));
}

export const aliasText = ({ system, id }: Alias): string => `${system}:${id}`;
