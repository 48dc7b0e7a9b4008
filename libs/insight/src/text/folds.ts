import { randomOf } from '../churn/proof/random.js';

/** Which of `count` folds each row is in: all rows of one group in the same, so that nobody is in both halves. The same seed deals the same. */
export function groupFolds(groups: readonly string[], count: number, seed: number): number[] {
  const random = randomOf(seed);
  const names = [...new Set(groups)].sort();
  for (let left = names.length; left > 1; left--) {
    const drawn = random.below(left);
    [names[left - 1], names[drawn]] = [names[drawn]!, names[left - 1]!];
  }
  const foldOf = new Map(names.map((name, place) => [name, place % count]));
  return groups.map((group) => foldOf.get(group)!);
}
