import type { Card } from '../cards/card.js';
import { apportion } from '../score/apportion.js';
import { sharesOf } from '../score/shares-of.js';
import { type Branch, treeOf } from '../score/tree.js';

/** Measures that share out what one mean brings, by their places on the card: only how they share it is proposed, so that groups with a weight of their own keep it. */
export interface Pool {
  readonly places: readonly number[];
  /** The sum of their weights, which stays. */
  readonly sum: number;
}

/** Measures of groups that add up, or count their worst, are in no pool: their weight counts for the coverage only. */
export function poolsOf(card: Card): Pool[] {
  const pools: Pool[] = [];
  walk(treeOf(card).root);
  return pools;

  function walk({ combine, members }: Branch): void {
    const places = members.filter((member) => typeof member === 'number');
    const sum = places.reduce((total, place) => total + card.measures[place]!.weight, 0);
    if (combine.kind === 'mean' && sum > 0) pools.push({ places, sum });
    for (const member of members) if (typeof member !== 'number') walk(member);
  }
}

/** Of the whole score, 0 to 1, what the measures of pools bring at most; 0 for the others. */
export function pooledShares(card: Card, pools: readonly Pool[]): number[] {
  const shares = sharesOf(card);
  const pooled = new Set(pools.flatMap(({ places }) => places));
  return card.measures.map(({ id }, place) => (pooled.has(place) ? shares.get(id)! / 100 : 0));
}

/**
 * Weights from effects: within a pool they are as the effects are, and sum to what they summed to. Who has no effect (undefined) keeps its weight, and so do all of
 * a pool where there is nothing to share out.
 */
export function weightsFrom(card: Card, pools: readonly Pool[], effects: readonly (number | undefined)[]): number[] {
  const weights = card.measures.map(({ weight }) => weight);
  for (const { places, sum } of pools) {
    const free = places.filter((place) => effects[place] !== undefined);
    const rest = places.reduce((left, place) => (effects[place] === undefined ? left - weights[place]! : left), sum);
    const all = free.reduce((total, place) => total + effects[place]!, 0);
    if (all > 0 && free.length > 1) for (const place of free) weights[place] = (effects[place]! / all) * rest;
  }
  return weights;
}

/** The same with the decimals that people write: steps of a ten-thousandth of the sum or finer; each pool sums as before. */
export function roundedWeights(card: Card, pools: readonly Pool[], weights: readonly number[]): number[] {
  const rounded = [...weights];
  for (const { places, sum } of pools) {
    if (places.every((place) => weights[place] === card.measures[place]!.weight)) continue;
    const decimals = decimalsOf(sum);
    const parts = apportion(places.map((place) => weights[place]! * 10 ** decimals), Math.round(sum * 10 ** decimals));
    places.forEach((place, at) => { rounded[place] = Number((parts[at]! / 10 ** decimals).toFixed(decimals)); });
  }
  return rounded;
}

/** Decimals of the weights of a pool: two where they sum to 100. */
export const decimalsOf = (sum: number): number => Math.min(12, Math.max(0, 4 - Math.floor(Math.log10(sum))));

export const withWeights = (card: Card, weights: readonly number[]): Card => ({ ...card, measures: card.measures.map((measure, place) => ({ ...measure, weight: weights[place]! })) });
