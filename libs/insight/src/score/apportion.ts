/**
 * Rounds parts to whole numbers that sum exactly to `total`. What rounding leaves over goes to the largest part that has room for it,
 * then the next; no part passes its `limit` or falls below its `least`, which is 0 where nothing is said.
 */
export function apportion(parts: readonly number[], total: number, limits: readonly number[] = parts.map(() => total), least: readonly number[] = parts.map(() => 0)): number[] {
  const whole = parts.map((part) => Math.round(part) + 0);
  let rest = total - whole.reduce((sum, part) => sum + part, 0);
  const largestFirst = parts.map((_, index) => index).sort((a, b) => parts[b]! - parts[a]! || a - b);
  for (const index of largestFirst) {
    const moved = Math.max(least[index]! - whole[index]!, Math.min(limits[index]! - whole[index]!, rest));
    whole[index]! += moved;
    rest -= moved;
  }
  return whole;
}
