import type { Card, CardGroup } from '../cards/card.js';
import { rangeOf } from './curve.js';
import { type BranchSum, type Leaf, sumUp, worstOf } from './sum-up.js';
import { type Branch, treeOf } from './tree.js';

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
  /** What a measure has at best. */
  readonly most: readonly number[];
  readonly extras: readonly Extra[];
}

/** Works the tree of a card out: upwards what every group comes to, downwards whose points they are. */
export function shareOut(card: Card, leaves: readonly (Leaf | null)[], full: number): Shares {
  const { root } = treeOf(card);
  const sum = sumUp(root, card, leaves);
  const [points, most, extras] = [leaves.map(() => 0), leaves.map(() => 0), [] as Extra[]];
  if (sum.quality !== null) deal(root, sum, full);
  return { quality: sum.quality, known: sum.known, all: sum.all, points, most, extras };

  /** Deals the points of a branch to its members; what they do not come to by themselves belongs to the branch. */
  function deal({ combine, group, members }: Branch, { quality, raw, counted, members: sums }: BranchSum, out: number): void {
    const only = combine.kind === 'worst' ? worstOf(sums) : null;
    members.forEach((member, at) => {
      const sum = sums[at]!;
      if (sum.quality === null || (only !== null && at !== only)) return;
      // Of `out` points a member has weight/of times its quality.
      const of = combine.kind === 'mean' ? counted : combine.kind === 'sum' ? combine.max : 1;
      if (typeof member === 'number') {
        const weight = combine.kind === 'mean' ? sum.weight : 1;
        const best = combine.kind === 'sum' ? Math.max(0, rangeOf(card.measures[member]!.curve).best) : 1;
        points[member] = (out * weight * sum.quality) / of;
        most[member] = (out * weight * best) / of;
      } else {
        deal(member, sum as BranchSum, (out * (combine.kind === 'worst' ? 1 : sum.weight)) / of);
      }
    });
    if (combine.kind === 'sum' && combine.start !== 0) extras.push({ kind: 'start', group, points: (out * combine.start) / combine.max });
    if (Math.abs(quality! - raw) * Math.max(1, out / full) > NOISE) extras.push({ kind: 'limit', group, points: out * (quality! - raw) });
  }
}

/** A smaller difference is the machine's, not the group's. */
const NOISE = 1e-9;
