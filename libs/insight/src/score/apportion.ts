/**
 * Rounds parts to whole numbers that sum exactly to `total`. What rounding leaves over goes to the largest part that has room for it,
 * then the next; no part passes its `limit` or falls below its `least`, which is 0 where nothing is said.
 */
export function apportion(parts: readonly number[], total: number, limits?: readonly number[], least?: readonly number[]): number[] {
  const whole = parts.map((part) => Math.round(part) + 0);
  const room = (at: number, rest: number) => Math.max((least ? least[at]! : 0) - whole[at]!, Math.min((limits ? limits[at]! : total) - whole[at]!, rest));
  let rest = total;
  for (const part of whole) rest -= part;
  // Mostly nothing is left over, and nobody has too much.
  if (rest === 0 && whole.every((_, at) => room(at, 0) === 0)) return whole;
  const largestFirst = parts.map((_, at) => at).sort((a, b) => parts[b]! - parts[a]! || a - b);
  for (const at of largestFirst) {
    const moved = room(at, rest);
    whole[at]! += moved;
    rest -= moved;
  }
  return whole;
}
