import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomOf, wordsOf } from './random.js';

describe('Chance', () => {
  it('is PCG32 as its author publishes it (pcg32-demo: seed 42, stream 54)', () => {
    const word = wordsOf(42, 54);
    expect(Array.from({ length: 6 }, () => word().toString(16))).toEqual(['a15c02b7', '7b47f409', 'ba1d3330', '83d2f293', 'bfa4784b', 'cbed606e']);
  });

  it('is the same as the one that computes with 64 bits, for every seed and stream', () => {
    fc.assert(fc.property(fc.maxSafeNat(), fc.nat(2 ** 31), (seed, stream) => {
      const [ours, theirs] = [wordsOf(seed, stream), inBigInts(BigInt(seed), BigInt(stream))];
      for (let n = 0; n < 20; n++) expect(ours()).toBe(theirs());
    }));
  });

  it('can be had again, and tells another story for another seed or stream', () => {
    const told = (seed: number, stream?: number) => { const random = randomOf(seed, stream); return [random.next(), random.below(1_000), random.next()]; };
    expect(told(7)).toEqual(told(7));
    expect(new Set([told(7), told(8), told(7, 1)].map(String)).size).toBe(3);
    expect(() => randomOf(-1)).toThrow(RangeError);
  });

  it('is even: of ten numbers each comes about as often, and the mean is a half', () => {
    const random = randomOf(1);
    const counts = new Array<number>(10).fill(0);
    for (let n = 0; n < 100_000; n++) counts[random.below(10)]! += 1;
    // Chi square with 9 degrees of freedom is below 27.9 in 999 of 1,000.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
    // Of three quarters of 2^32, a third; by a remainder alone it would be half.
    expect(Array.from({ length: 10_000 }, () => Number(random.below(3 * 2 ** 30) < 2 ** 30)).reduce((sum, low) => sum + low, 0) / 10_000).toBeCloseTo(1 / 3, 1);
    const values = Array.from({ length: 100_000 }, () => random.next());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.reduce((sum, value) => sum + value, 0) / 100_000).toBeCloseTo(0.5, 2);
  });
});

function inBigInts(seed: bigint, stream: bigint): () => number {
  const [all, factor, more] = [(1n << 64n) - 1n, 6364136223846793005n, (stream << 1n) | 1n];
  let state = more + seed;
  state = (state * factor + more) & all;
  return () => {
    const old = state;
    state = (old * factor + more) & all;
    const mixed = (((old >> 18n) ^ old) >> 27n) & 0xffffffffn;
    const turn = old >> 59n;
    return Number(((mixed >> turn) | (mixed << (-turn & 31n))) & 0xffffffffn);
  };
}
