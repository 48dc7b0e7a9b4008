/** Seeded chance: the same words give the same numbers, on every machine. */
export interface Chance {
  /** From 0 to just below 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  yes(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Around a mean, bell-shaped, at most three spreads away. */
  around(mean: number, spread: number): number;
}

export function chanceOf(...words: (string | number)[]): Chance {
  let state = hash(words.join('|'));
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    yes: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    around: (mean, spread) => mean + spread * 2 * (next() + next() + next() - 1.5),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0)!, 0x01000193);
  return value;
}
