import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rocAuc, rocAucWithin } from './auc.js';
import { randomOf } from './random.js';

const samples = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 1 }), day: fc.integer({ min: 1, max: 3 }) }), { maxLength: 40 });

it('counts the pairs of each day, ties half', () => {
  fc.assert(fc.property(samples, (rows) => {
    let [won, pairs] = [0, 0];
    for (const one of rows) for (const other of rows) {
      if (one.day !== other.day || one.label !== 1 || other.label !== 0) continue;
      pairs += 1;
      won += one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0;
    }
    const found = rocAucWithin(rows.map(({ score }) => score), rows.map(({ label }) => label), rows.map(({ day }) => day));
    expect(found === null ? null : found.toFixed(9)).toBe(pairs === 0 ? null : (won / pairs).toFixed(9));
  }));
});

it('takes no rise of the share that leaves for a ranking, as the one over all days does', () => {
  const random = randomOf(3);
  const rows = Array.from({ length: 4_000 }, (_, place) => {
    const day = place % 10;
    const share = 0.02 + 0.04 * day;
    // Whoever is told a chance by lot around what is usual on that day.
    return { day, score: share + 0.001 * random.next(), label: Number(random.next() < share) };
  });
  const [scores, labels, days] = [rows.map(({ score }) => score), rows.map(({ label }) => label), rows.map(({ day }) => day)];
  expect(rocAuc(scores, labels)!).toBeGreaterThan(0.63);
  expect(Math.abs(rocAucWithin(scores, labels, days)! - 0.5)).toBeLessThan(0.03);
});
