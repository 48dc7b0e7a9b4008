import type { JourneyEvent } from '#journey';
import type { LogFilter } from '../event-store.js';
import { literal, patternOf, prefixesOf } from './stream-name.js';

/** The one condition that the server looks at: on the names of streams, or on types. */
export type ServerFilter = { readonly on: 'stream' | 'type' } & ({ readonly prefixes: readonly string[] } | { readonly regex: string });

/** Streams with names like ours: none of the system, whose names begin with a dollar, and few of other programs. */
export const OURS: ServerFilter & { readonly regex: string } = { on: 'stream', regex: '^[a-z0-9]{1,32}-[^-]+-[^-]+$' };

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
