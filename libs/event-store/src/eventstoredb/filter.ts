import type { JourneyEvent } from '#journey';
import type { LogFilter } from '../event-store.js';
import { literal, patternOf, prefixesOf } from './stream-name.js';

/** The one condition that the server looks at: on the names of streams, or on types. */
export type ServerFilter = { readonly on: 'stream' | 'type' } & ({ readonly prefixes: readonly string[] } | { readonly regex: string });

/** Types of the system begin with a dollar. */
export const OURS: ServerFilter = { on: 'type', regex: '^[^$]' };

/** What of a filter the server can look at. It takes one condition: that on streams leaves out most. The rest is looked at here, by `passes`. */
export function serverFilter({ tenant, categories, types }: LogFilter): ServerFilter {
  if (tenant !== undefined && categories?.length !== 0) return { on: 'stream', prefixes: prefixesOf(tenant, categories) };
  if (categories && categories.length > 0) return { on: 'stream', regex: patternOf(categories) };
  if (types && types.length > 0) return { on: 'type', regex: `^(${types.map(literal).join('|')})$` };
  return OURS;
}

export function passes({ stream, type, data }: JourneyEvent, { tenant, categories, types, containing }: LogFilter): boolean {
  return (tenant === undefined || stream.tenant === tenant)
    && (categories === undefined || categories.includes(stream.category))
    && (types === undefined || types.includes(type))
    && (containing === undefined || containing.some((text) => JSON.stringify(data).includes(text)));
}
