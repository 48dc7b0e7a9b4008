import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish } from '../models/steps.js';
import { findLeaks, type LeakQuestion } from './leak.js';
import { type Random, randomOf } from './random.js';

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Customers with yearly contracts, seen once each on some day of the year: they leave at the renewal or not at all. Usage tells something. */
function renewals(count: number, seed: number, leave = 0.2) {
  const random = randomOf(seed);
  const rows = Array.from({ length: count }, () => ({ due: random.below(365), usage: normal(random), size: normal(random) }));
  const labels = rows.map(({ due, usage }) => Number(due <= 30 && random.next() < leave * (usage < 0 ? 1.5 : 0.5)));
  return {
    labels, random,
    columns: [
      { name: 'days to renewal', values: rows.map(({ due }) => due) }, { name: 'due within 30 days', values: rows.map(({ due }) => Number(due <= 30)) },
      { name: 'usage', values: rows.map(({ usage }) => usage) }, { name: 'size', values: rows.map(({ size }) => size) },
    ],
  };
}

const judge = (question: LeakQuestion) => finish(findLeaks(question));

describe('Figures that are too good', () => {
  const honest = renewals(6_000, 1);
  const leaky = (name: string, value: (left: number, row: number) => number) => [...honest.columns, { name, values: honest.labels.map(value) }];
  const { random } = honest;

  it('are not suspected where what is strong is honest: nobody leaves whose renewal is not due', () => {
    const told = judge({ ...honest, auc: 0.93 });
    expect(told).toEqual({ verdict: 'plausible', bound: 0.95, suspects: [], accepted: [], says: 'An AUC of 0.930 is not above 0.95, and no column alone tells who leaves better than is plausible.' });
  });

  it('are suspected where the end is known', () => {
    const { verdict, suspects, says } = judge({ columns: leaky('end date known', (left) => left), labels: honest.labels, auc: 1 });
    expect(verdict).toBe('suspicious');
    expect(suspects.find(({ column }) => column === 'end date known')).toEqual({ column: 'end date known', auc: 1, why: expect.stringMatching(/AUC of 1\.000.*100 % left/) });
    expect(says).toMatch(/^An AUC of 1\.000 is above 0\.95\. Do not believe.*end date known/);
  });

  it.each([0.2, 0.35, 0.45])('are suspected where a column is what came, blurred by %d', (blur) => {
    for (const sign of [1, -1]) {
      const { verdict, suspects } = judge({ columns: leaky('blurred', (left) => sign * (left + blur * normal(random))), labels: honest.labels, auc: 0.94 });
      expect([verdict, suspects.map(({ column }) => column)]).toEqual(['suspicious', ['blurred']]);
    }
  });

  it('are suspected where something is counted that only leavers get, though few of them have it', () => {
    const { suspects } = judge({ columns: leaky('exit calls', (left, row) => (left === 1 && row % 4 === 0 ? 1 + random.below(3) : Number(row % 997 === 0))), labels: honest.labels, auc: 0.9 });
    expect(suspects).toEqual([{ column: 'exit calls', auc: expect.closeTo(0.62, 1), why: expect.stringMatching(/^It is 0 for 99\.9 % of those who stayed, and of \d+ rows with another value \d+ left\./) }]);
  });

  it('are suspected where more than half of the leavers stand out in a column that is chance for the rest', () => {
    const { suspects } = judge({ columns: leaky('logins', (left, row) => (left === 1 && row % 5 < 3 ? -9 : normal(random))), labels: honest.labels, auc: 0.9 });
    expect(suspects).toEqual([{ column: 'logins', auc: expect.closeTo(0.866, 2), why: expect.stringMatching(/^Alone it ranks leavers/) }]);
  });

  it('are not suspected for something rare that leavers have somewhat more often', () => {
    expect(judge({ columns: leaky('complaint', (left, row) => Number(row % (left === 1 ? 10 : 200) === 0)), labels: honest.labels, auc: 0.9 }).suspects).toEqual([]);
  });

  it('are suspected where a column tells leavers only by rows after their end', () => {
    const after = honest.labels.map((left, row) => (left === 1 ? row % 2 : 0));
    const columns = leaky('seats', (left, row) => (left === 1 && after[row] === 1 ? -2 : 0) + normal(random));
    expect(judge({ columns, labels: honest.labels, auc: 0.9, after }).suspects).toEqual([{ column: 'seats', auc: expect.any(Number), why: expect.stringMatching(/^Before their end, leavers do not differ/) }]);
    expect(judge({ columns, labels: honest.labels, auc: 0.9 }).verdict).toBe('plausible');
  });

  it('as a whole stay suspicious until those columns that tell most are accepted by name', () => {
    const ask = (accept: string[], auc = 0.89) => judge({ ...honest, auc, bound: 0.87, accept });
    expect(ask([]).suspects.map(({ column }) => column)).toEqual(['days to renewal', 'due within 30 days', 'usage']);
    expect(ask(['days to renewal', 'due within 30 days']).verdict).toBe('suspicious');
    expect(ask(['days to renewal', 'due within 30 days', 'usage', 'another'])).toMatchObject({ verdict: 'plausible', suspects: [], accepted: [{}, {}, {}], says: expect.stringMatching(/accepted: days to renewal, due within 30 days, usage\.$/) });
    expect(ask([], 0.87).verdict).toBe('plausible');
    expect(judge({ columns: [], labels: [0, 1], auc: 0.99 }).verdict).toBe('suspicious');
  });

  it('need leavers enough to be suspected for a column, and columns that differ', () => {
    expect(judge({ columns: [{ name: 'lucky', values: [9, 1, 2, 3, 4] }, { name: 'same', values: [1, 1, 1, 1, 1] }], labels: [1, 0, 0, 0, 0], auc: null })).toMatchObject({ verdict: 'plausible', says: expect.stringContaining('cannot be told') });
    expect(judge({ columns: [{ name: 'x', values: [1, 2] }], labels: [0, 0], auc: null }).says).toMatch(/without leavers/);
  });

  it('are hardly ever suspected for columns that are chance alone', () => {
    fc.assert(fc.property(fc.nat(1_000_000), fc.double({ min: 0.005, max: 0.6, noNaN: true }), (seed, rate) => {
      const noise = randomOf(seed);
      const labels = Array.from({ length: 400 }, () => Number(noise.next() < rate));
      const columns = [0.5, 0.02, 0.005].map((share) => ({ name: `${share}`, values: labels.map(() => Number(noise.next() < share)) }));
      expect(judge({ columns: [...columns, { name: 'even', values: labels.map(() => noise.next()) }], labels, auc: 0.6 }).suspects).toEqual([]);
    }), { seed: 11, numRuns: 200 });
  });
});
