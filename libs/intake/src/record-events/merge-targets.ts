import { isMergeFact } from '#journey';
import { refText } from '../identity/customer-ref.js';
import { derivedId } from '../identity/derived-id.js';
import { Problem } from '../refusals.js';
import type { Numbered } from './candidate.js';
import type { Drawing, Drawn } from './check-items.js';

const MERGED = 'customer.merged';

/** Our ids of the customers that a batch merges others into, as they are before it. */
export function mergeTargets({ open, requests, states, secrets }: Pick<Drawing, 'open' | 'requests' | 'states' | 'secrets'>): string[] {
  const aliases = new Map(requests.map(({ key, others }) => [key, others[0]]));
  return open.filter(({ item }) => item.envelope.type === MERGED).flatMap(({ index, item: { envelope } }) => {
    const alias = aliases.get(index);
    if (!alias) return String(envelope.data.into);
    return states.get(refText(alias))?.customer ?? derivedId(secrets.identity, 'customer', alias);
  });
}

/**
 * Merges into an id that nobody has: a mistyped one would make a customer of its own, with all the facts of the one that goes.
 * `known`: customers that the log knows. Whom another item of the batch tells of is somebody, too.
 */
export function mergesIntoNobody(open: readonly Numbered[], { foresight: { refused, taken }, aliases: { resolved } }: Pick<Drawn, 'foresight' | 'aliases'>, known: ReadonlySet<string>): [number, Problem][] {
  const merges = open.filter(({ index, item }) => item.envelope.type === MERGED && !refused.has(index) && !taken.has(index));
  if (merges.length === 0) return [];
  const told = new Set(open.filter(({ index, item }) => !isMergeFact(item.envelope.type) && !refused.has(index) && taken.get(index)?.status !== 'conflict')
    .flatMap(({ index }) => [resolved.get(index)!.customer, ...resolved.get(index)!.others]));
  return merges.flatMap(({ index, item: { envelope } }): [number, Problem][] => {
    const into = typeof envelope.data.into === 'string' ? envelope.data.into : resolved.get(index)!.others[0]!;
    if (known.has(into) || told.has(into)) return [];
    const named = typeof envelope.data.into === 'string' ? into : refText(envelope.data.into as { system: string; id: string });
    return [[index, new Problem('merge-unknown', '/data/into', `No fact tells of a customer ${named}, so there is nobody to merge into.`)]];
  });
}
