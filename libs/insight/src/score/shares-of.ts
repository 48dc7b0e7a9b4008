import type { Card } from '../cards/card.js';
import { rangeOf } from './curve.js';
import { type Branch, treeOf } from './tree.js';

/** What a measure can bring at most of the whole score, in percent, while everything is known, by id. Members of a group that counts its worst may each bring all of it. */
export function sharesOf(card: Card): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  walk(treeOf(card).root, 100);
  return shares;

  function walk(branch: Branch, out: number): void {
    const { combine, members } = branch;
    const weights = members.map((member) => (typeof member === 'number' ? card.measures[member]!.weight : wholeWeight(member, card)));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    members.forEach((member, at) => {
      if (typeof member !== 'number') return walk(member, combine.kind === 'worst' ? out : share(out * weights[at]!, combine.kind === 'sum' ? combine.max : all));
      const { id, curve } = card.measures[member]!;
      shares.set(id, combine.kind === 'worst' ? out : combine.kind === 'sum' ? share(out * Math.max(0, rangeOf(curve).best), combine.max) : share(out * weights[at]!, all));
    });
  }
}

/** Whether everything that counts is a weighted mean, so that shares sum to the whole. */
export const isMeanThroughout = (card: Card): boolean => isMean(treeOf(card).root);

const isMean = ({ combine, members }: Branch): boolean => combine.kind === 'mean' && members.every((member) => typeof member === 'number' || isMean(member));

const share = (part: number, of: number): number => (of > 0 ? part / of : 0);

/** The weight of a group while everything in it is known. */
export const wholeWeight = ({ weight, members }: Branch, card: Card): number =>
  weight ?? members.reduce<number>((sum, member) => sum + (typeof member === 'number' ? card.measures[member]!.weight : wholeWeight(member, card)), 0);
