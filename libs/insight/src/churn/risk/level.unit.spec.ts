import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { riskLevel } from './level.js';

it('A chance is first at the level between whose edges it lies, and leaves it only a fifth of the edge beyond', () => {
  expect([0, 0.049, 0.05, 0.149, 0.15, 0.399, 0.4, 1].map((chance) => riskLevel(chance, null))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  expect([0.059, 0.061, 0.17, 0.19, 0.47, 0.49].map((chance) => riskLevel(chance, 0))).toEqual([0, 1, 1, 2, 2, 3]);
  expect([0.33, 0.31, 0.13, 0.11, 0.041, 0.039].map((chance) => riskLevel(chance, 3))).toEqual([3, 2, 2, 1, 1, 0]);
});

it('Whoever moves less than the margin around an edge never changes level twice', () => {
  fc.assert(fc.property(fc.constantFrom(0.05, 0.15, 0.4), fc.array(fc.double({ min: 0.81, max: 1.19, noNaN: true }), { minLength: 2 }), (edge, shares) => {
    const levels = shares.reduce<number[]>((seen, share) => [...seen, riskLevel(edge * share, seen.at(-1) ?? null)], []);
    expect(new Set(levels).size).toBe(1);
  }));
});
