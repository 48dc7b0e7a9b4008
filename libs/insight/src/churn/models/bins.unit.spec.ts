import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binEdges, binOf, binsOf } from './bins.js';
import { finish } from './steps.js';

const edgesOf = (values: readonly number[] | Float64Array, bins: number) => finish(binEdges(Float64Array.from(values), bins));

describe('Bins', () => {
  it('keep few different values apart, half way', () => {
    expect(edgesOf([3, 1, 1, 2, 3, 3], 3)).toEqual([1.5, 2.5]);
    expect(edgesOf([4, 4, 4], 3)).toEqual([]);
    expect(edgesOf([-1.7e308, 1.7e308], 3)).toEqual([0]);
    expect(edgesOf([1.7976931348623125e+308, 1.7976931348623127e+308], 3)).toEqual([1.7976931348623125e+308]);
  });

  it('of many values have about as many rows each, and no edge that nothing lies above', () => {
    const edges = edgesOf(Array.from({ length: 1_000 }, (_, row) => (row * 37) % 1_000), 4);
    expect(edges).toEqual([250, 500, 750]);
    expect(edgesOf([1, 2, 3, 4, 5, 5, 5, 5, 5, 5], 4)).toEqual([3]);
  });

  it('take an edge into the bin below', () => {
    expect([0, 1, 1.1, 2, 2.1].map((value) => binOf(value, [1, 2]))).toEqual([0, 0, 1, 1, 2]);
  });

  it('rise with the values, whatever these are', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 2, max: 8 }), (values, bins) => {
      const sorted = Float64Array.from(values).sort();
      const edges = edgesOf(values, bins);
      const found = [...binsOf(sorted, edges)];
      expect(edges.length).toBeLessThan(bins);
      expect(found).toEqual([...found].sort((one, other) => one - other));
      expect(found.at(-1)).toBe(edges.length);
    }), { numRuns: 2_000 });
  });

  it('are found in order piece by piece where there are very many values', () => {
    const values = Float64Array.from({ length: 600_001 }, (_, row) => (row * 7_919) % 600_001);
    expect(edgesOf(values, 3)).toEqual([200_000, 400_000]);
  });
});
