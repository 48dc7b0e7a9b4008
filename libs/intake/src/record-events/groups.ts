import { Problem } from '../refusals.js';
import type { ParsedItem, RefusedItem } from './parse-item.js';

type Item = ParsedItem | RefusedItem;

export const groupOf = (item: Item): string | undefined => ('problem' in item ? item.group : item.envelope.group);

const isOwn = ({ code }: Problem) => code !== 'group-refused';

/** The items that are refused because another of their group is. `refused` names those that are, by index; its refusals for this very cause are passed over. */
export function refusedWithGroup(items: readonly Item[], refused: ReadonlyMap<number, Problem>): Map<number, Problem> {
  if (refused.size === 0) return new Map();
  const causes = new Map<string, Problem>();
  for (const [index, problem] of [...refused].sort(([a], [b]) => a - b)) {
    const group = groupOf(items[index]!);
    if (group !== undefined && isOwn(problem) && !causes.has(group)) causes.set(group, because(items[index]!, problem));
  }
  const siblings = new Map<number, Problem>();
  for (const [index, item] of causes.size === 0 ? [] : items.entries()) {
    const cause = causes.get(groupOf(item) ?? '');
    const own = refused.get(index);
    if (cause && !(own && isOwn(own))) siblings.set(index, cause);
  }
  return siblings;
}

function because(item: Item, { title, detail }: Problem): Problem {
  const id = 'problem' in item ? item.id : item.envelope.id;
  return new Problem('group-refused', '/group', `${id === undefined ? 'An event without an id' : `\`${id}\``} was refused (${title}: ${detail}) and events of one group are recorded together or not at all.`);
}
