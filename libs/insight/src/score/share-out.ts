import type { Card, CardGroup } from '../cards/card.js';
import { rangeOf } from './curve.js';
import { type Branch, treeOf } from './tree.js';

/** What is known of one measure: its quality (or points, where its group adds up), and whether it is a stand-in for what is unknown. Null: unknown, and its share goes to the rest. */
export interface Leaf {
  readonly quality: number;
  readonly known: boolean;
}

/** What a branch comes to: its quality, null where nothing counts; and how much of its weight is known. */
interface Sum {
  readonly branch: Branch;
  readonly quality: number | null;
  /** Before cap, bounds and rounding. */
  readonly raw: number;
  readonly weight: number;
  readonly known: number;
  readonly all: number;
  readonly members: readonly (Sum | null)[];
}

/** What belongs to no measure: where a sum starts, and what bounds, cap and rounding of a group add or take away. */
export interface Extra {
  readonly kind: 'start' | 'limit';
  readonly group: CardGroup | null;
  readonly points: number;
}

/** The exact points of every measure, and those that belong to none, out of `full`; together they are the score. */
export interface Shares {
  readonly quality: number | null;
  readonly known: number;
  readonly all: number;
  readonly points: readonly number[];
  readonly most: readonly number[];
  readonly extras: readonly Extra[];
}

/** Works the tree of a card out: upwards what every group comes to, downwards whose points they are. */
export function shareOut(card: Card, leaves: readonly (Leaf | null)[], full: number): Shares {
  const sum = sumOf(treeOf(card).root, card, leaves);
  const [points, most, extras] = [leaves.map(() => 0), leaves.map(() => 0), [] as Extra[]];
  if (sum.quality !== null) deal(sum, full);
  return { quality: sum.quality, known: sum.known, all: sum.all, points, most, extras };

  function deal({ branch, quality, raw, members }: Sum, out: number): void {
    const { combine, group } = branch;
    const total = weightOf(branch, members, card, leaves);
    const worst = combine.kind === 'worst' ? worstOf(branch, members, leaves) : -1;
    branch.members.forEach((member, place) => {
      if (combine.kind === 'worst' && place !== worst) return;
      const share = combine.kind === 'mean' ? total : combine.kind === 'sum' ? combine.max : 1;
      if (typeof member === 'number') {
        const leaf = leaves[member];
        if (!leaf) return;
        const weight = combine.kind === 'mean' ? card.measures[member]!.weight : 1;
        points[member] = (out * weight * leaf.quality) / share;
        most[member] = (out * weight * (combine.kind === 'sum' ? Math.max(0, rangeOf(card.measures[member]!.curve).best) : 1)) / share;
      } else {
        const below = members[place]!;
        if (below.quality !== null) deal(below, combine.kind === 'worst' ? out : (out * below.weight) / share);
      }
    });
    if (combine.kind === 'sum' && combine.start !== 0) extras.push({ kind: 'start', group, points: (out * combine.start) / combine.max });
    if (quality! !== raw) extras.push({ kind: 'limit', group, points: out * (quality! - raw) });
  }
}

function sumOf(branch: Branch, card: Card, leaves: readonly (Leaf | null)[]): Sum {
  const members = branch.members.map((member) => (typeof member === 'number' ? null : sumOf(member, card, leaves)));
  let [known, all, total, counted, weights] = [0, 0, 0, false, 0];
  branch.members.forEach((member, place) => {
    const leaf = typeof member === 'number' ? leaves[member] ?? null : null;
    const below = members[place] ?? null;
    const weight = typeof member === 'number' ? card.measures[member]!.weight : below!.weight;
    all += weight;
    if (typeof member === 'number') known += leaf?.known ? weight : 0;
    else known += below!.all ? (weight * below!.known) / below!.all : 0;
    const quality = leaf ? leaf.quality : below?.quality ?? null;
    if (quality === null) return;
    counted = true;
    weights += weight;
    if (branch.combine.kind === 'mean') total += weight * quality;
    else if (branch.combine.kind === 'sum') total += typeof member === 'number' ? quality : weight * quality;
  });
  const weight = branch.weight ?? all;
  if (!counted || (branch.combine.kind === 'mean' && !(weights > 0))) return { branch, quality: null, raw: 0, weight, known, all, members };
  const raw = rawOf(branch, { total, weights, worst: () => qualityAt(branch, members, leaves, worstOf(branch, members, leaves))! });
  return { branch, quality: bounded(raw, branch), raw, weight, known, all, members };
}

function rawOf({ combine }: Branch, { total, weights, worst }: { total: number; weights: number; worst: () => number }): number {
  if (combine.kind === 'mean') return total / weights;
  return combine.kind === 'sum' ? (combine.start + total) / combine.max : worst();
}

function bounded(raw: number, { combine, cap, whole }: Branch): number {
  const inside = combine.kind === 'sum' ? Math.min(1, Math.max(0, raw)) : raw;
  const under = cap === null ? inside : Math.min(inside, cap / 100);
  return whole ? Math.round(under * 100) / 100 : under;
}

/** Of those that count in a mean. */
function weightOf({ members }: Branch, sums: Sum['members'], card: Card, leaves: readonly (Leaf | null)[]): number {
  return members.reduce<number>((sum, member, place) => {
    if (typeof member === 'number') return sum + (leaves[member] ? card.measures[member]!.weight : 0);
    return sum + (sums[place]!.quality === null ? 0 : sums[place]!.weight);
  }, 0);
}

const qualityAt = ({ members }: Branch, sums: Sum['members'], leaves: readonly (Leaf | null)[], place: number): number | null => {
  const member = members[place]!;
  return typeof member === 'number' ? leaves[member]?.quality ?? null : sums[place]!.quality;
};

/** The place of the worst member, the first of equals; -1 where none counts. */
function worstOf(branch: Branch, sums: Sum['members'], leaves: readonly (Leaf | null)[]): number {
  let [worst, lowest] = [-1, Infinity];
  for (let place = 0; place < branch.members.length; place++) {
    const quality = qualityAt(branch, sums, leaves, place);
    if (quality !== null && quality < lowest) [worst, lowest] = [place, quality];
  }
  return worst;
}
