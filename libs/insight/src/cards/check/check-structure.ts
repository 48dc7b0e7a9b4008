import { isHeading } from '../../score/tree.js';
import { isSignalName } from '../../signals/all.js';
import type { Card, CardGroup } from '../card.js';
import { type CardFinding, error, unless, warning } from './finding.js';

/** Lines of a score that are no measures have these ids, or begin with such a one and a colon. */
const RESERVED = new Set(['ceiling', 'start', 'limit', 'bounds']);

/** Whether ids are unique and free, groups and parents exist without a circle, and what is read is known. */
export function checkStructure(card: Card): CardFinding[] {
  const groups = new Map(card.groups.map((group) => [group.id, group]));
  return [
    ...idsOf(card.measures, '/measures'), ...idsOf(card.groups, '/groups'),
    ...card.groups.flatMap((group, at) => checkGroup(group, `/groups/${at}`, { card, groups })),
    ...card.measures.flatMap(({ group, signal }, at) => [
      ...unless(groups.has(group), error(`/measures/${at}/group`, `Name one of the card's groups: there is no "${group}".`)),
      ...unless(isSignalName(signal), error(`/measures/${at}/signal`, `Name a signal that exists, or measurement: and a name: "${signal}" is none.`)),
    ]),
    ...unless(card.measures.length > 0, error('/measures', 'Put at least one measure on the card.')),
  ];
}

function idsOf(list: readonly { readonly id: string }[], pointer: string): CardFinding[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }, at) => {
    const isNew = !seen.has(id);
    seen.add(id);
    return [
      ...unless(isNew, error(`${pointer}/${at}/id`, `Choose another id: "${id}" stands here twice.`)),
      ...unless(id !== '' && !RESERVED.has(id) && !id.includes(':'), error(`${pointer}/${at}/id`, `Choose another id: ${id ? `"${id}"` : 'an empty one'} is reserved, as is every one with a colon.`)),
    ];
  });
}

function checkGroup(group: CardGroup, pointer: string, { card, groups }: { card: Card; groups: ReadonlyMap<string, CardGroup> }): CardFinding[] {
  const { parent, id } = group;
  if (parent !== undefined && !groups.has(parent)) return [error(`${pointer}/parent`, `Name one of the card's groups: there is no "${parent}".`)];
  const above = ancestorsOf(group, groups);
  if (above === null) return [error(`${pointer}/parent`, `Name another parent: "${id}" stands within itself.`)];
  const over = above.find((one) => !isHeading(one)) ?? card;
  const holds = card.measures.some((measure) => measure.group === id) || card.groups.some((one) => one.parent === id);
  return [
    ...unless(holds, warning(pointer, `Put a measure into the group "${id}", or leave it out.`)),
    ...unless(!isHeading(group) || over.combine?.kind !== 'sum', error(pointer, 'Give the group a weight, so that it has points of its own: it stands under a sum.')),
  ];
}

/** From the nearest up; null where they go round in a circle. */
function ancestorsOf({ id, parent }: CardGroup, groups: ReadonlyMap<string, CardGroup>): CardGroup[] | null {
  const above: CardGroup[] = [];
  for (let next = parent; next !== undefined; next = groups.get(next)?.parent) {
    if (next === id || above.length > groups.size) return null;
    const group = groups.get(next);
    if (group) above.push(group);
  }
  return above;
}
