import { readStreamsRows, type Sql } from '#event-store';
import { effectiveEvents, type JourneyEvent, type MergeFact, type Roots } from '#journey';
import { groupBy } from '../group-by.js';
import { rootsKnown } from './together.js';

export interface Alias {
  readonly system: string;
  readonly id: string;
}

const SAY_SO = ['customer.alias-added', 'customer.alias-removed', 'record.retracted', 'record.amended'];

/** What other systems call some customers and who is merged into them, from the log. */
export async function aliasesOf(sql: Sql, tenant: string, customers: readonly string[], known?: Roots<MergeFact>): Promise<Map<string, Alias[]>> {
  if (customers.length === 0) return new Map();
  const roots = known ?? await rootsKnown(sql, tenant);
  const owners = new Map(customers.flatMap((customer) => roots.members(customer).map((member) => [member, customer] as const)));
  const streams = groupBy(await readStreamsRows(sql, tenant, 'customer', [...owners.keys()], Number.MAX_SAFE_INTEGER, SAY_SO), ({ stream }) => stream.id);
  const found = new Map<string, Alias[]>();
  for (const [member, customer] of owners) found.set(customer, [...found.get(customer) ?? [], ...aliasesIn(streams.get(member) ?? [])]);
  return found;
}

/** By themselves: a name may have gone from one of them to another. */
function aliasesIn(stream: readonly JourneyEvent[]): Alias[] {
  const aliases = new Map<string, Alias>();
  for (const { type, data } of effectiveEvents(stream)) {
    const alias = { system: String(data['system']), id: String(data['id']) };
    if (type === 'customer.alias-added') aliases.set(aliasText(alias), alias);
    else aliases.delete(aliasText(alias));
  }
  return [...aliases.values()];
}

export const aliasText = ({ system, id }: Alias): string => `${system}:${id}`;
