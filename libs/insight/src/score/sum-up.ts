import type { Card } from '../cards/card.js';
import { halfUp } from './half-up.js';
import type { Branch } from './tree.js';

/** What is known of one measure: its quality (points, where its group adds up), and whether that only stands in for what is unknown. Null: unknown, and its share goes to the rest. */
export interface Leaf {
  readonly quality: number;
  readonly known: boolean;
}

/** What a measure or a group comes to. */
export interface Sum {
  /** 0 to 1, or the points of a measure in a group that adds up; null where nothing counts. */
  readonly quality: number | null;
  /** What it counts for in the group above. */
  readonly weight: number;
  /** For the coverage: what it could count for, and how much of that is known. */
  readonly all: number;
  readonly known: number;
}

export interface BranchSum extends Sum {
  /** The quality before bounds, cap and rounding. */
  readonly raw: number;
  /** The weight of the members that count. */
  readonly counted: number;
  readonly members: readonly (Sum | BranchSum)[];
}

/** What a branch of a card comes to, from its measures upwards. */
export function sumUp(branch: Branch, card: Card, leaves: readonly (Leaf | null)[]): BranchSum {
  const members = branch.members.map((member) => (typeof member === 'number' ? leafSum(leaves[member]!, card.measures[member]!.weight) : sumUp(member, card, leaves)));
  let [counted, all, known, some] = [0, 0, 0, false];
  for (const member of members) {
    all += member.all;
    known += member.known;
    if (member.quality === null) continue;
    counted += member.weight;
    some = true;
  }
  const counts = some && (branch.combine.kind !== 'mean' || counted > 0);
  const raw = counts ? rawOf(branch, members, counted) : 0;
  const own = branch.weight;
  return {
    members, counted, raw, quality: counts ? bounded(raw, branch) : null,
    weight: own ?? counted, all: own ?? all, known: own === null || all === 0 ? known : (own * known) / all,
  };
}

function leafSum(leaf: Leaf | null, weight: number): Sum {
  return { quality: leaf ? leaf.quality : null, weight, all: weight, known: leaf?.known ? weight : 0 };
}

function rawOf({ combine, members: places }: Branch, members: readonly Sum[], counted: number): number {
  if (combine.kind === 'worst') return members[worstOf(members)]!.quality!;
  let total = 0;
  members.forEach(({ quality, weight }, at) => {
    if (quality !== null) total += combine.kind === 'sum' && typeof places[at] === 'number' ? quality : weight * quality;
  });
  return combine.kind === 'sum' ? (combine.start + total) / combine.max : total / counted;
}

/** The place of the worst member that counts, the first of equals; -1 where none does. */
export function worstOf(members: readonly Sum[]): number {
  return members.reduce((worst, { quality }, at) => (quality !== null && (worst < 0 || quality < members[worst]!.quality!) ? at : worst), -1);
}

/** Within the bounds, the cap and the rounding of a group. */
export function bounded(raw: number, { combine, cap, whole }: Pick<Branch, 'combine' | 'cap' | 'whole'>): number {
  const inside = combine.kind === 'sum' ? Math.min(1, Math.max(0, raw)) : raw;
  const under = cap === null ? inside : Math.min(inside, cap / 100);
  return whole ? halfUp(under * 100) / 100 : under;
}
