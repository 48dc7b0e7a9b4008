import type { Card, CardGroup, Combine, Rules } from '../cards/card.js';

/** A card as it is worked out: a group holds the places of its measures (on the card) and its groups, in the card's order. */
export interface Branch {
  /** Null for the card itself. */
  readonly group: CardGroup | null;
  readonly combine: Combine;
  readonly cap: number | null;
  readonly whole: boolean;
  /** Its share in the branch above; null where that is the sum of its members' shares. */
  readonly weight: number | null;
  readonly members: readonly (number | Branch)[];
}

export interface Tree {
  readonly root: Branch;
  /** By place on the card: whether the group of a measure adds up, so that its curve says points. */
  readonly adds: readonly boolean[];
}

const trees = new WeakMap<Card, Tree>();

/** The tree of a card, made once. Groups that are headings only are left out: their members stand in the branch above. */
export function treeOf(card: Card): Tree {
  const known = trees.get(card);
  if (known) return known;
  const root = branchOf(card, null, card);
  const adds = card.measures.map(() => false);
  markAdding(root, adds);
  const tree = { root, adds };
  trees.set(card, tree);
  return tree;
}

function markAdding({ combine, members }: Branch, adds: boolean[]): void {
  for (const member of members) {
    if (typeof member !== 'number') markAdding(member, adds);
    else if (combine.kind === 'sum') adds[member] = true;
  }
}

/** Whether a group is a heading only. */
export const isHeading = ({ weight, combine, cap, whole }: CardGroup): boolean => weight === undefined && (combine === undefined || combine.kind === 'mean') && cap === undefined && !whole;

function branchOf(card: Card, group: CardGroup | null, { combine = { kind: 'mean' }, cap, whole = false }: Rules): Branch {
  const weight = group?.weight ?? (combine.kind === 'sum' ? combine.max : null);
  return { group, combine, cap: cap ?? null, whole, weight, members: membersOf(card, group?.id) };
}

/** In the order in which measures stand on the card; a group stands where its first measure does. */
function membersOf(card: Card, id: string | undefined): (number | Branch)[] {
  const own = card.measures.flatMap(({ group }, place) => (group === id ? [{ place, member: place as number | Branch }] : []));
  const below = card.groups.filter((group) => group.parent === id).flatMap((group) => {
    if (isHeading(group)) return membersOf(card, group.id).map((member) => ({ place: firstOf(member), member }));
    const branch = branchOf(card, group, group);
    return branch.members.length > 0 ? [{ place: firstOf(branch), member: branch as number | Branch }] : [];
  });
  return [...own, ...below].sort((a, b) => a.place - b.place).map(({ member }) => member);
}

const firstOf = (member: number | Branch): number => (typeof member === 'number' ? member : firstOf(member.members[0]!));
