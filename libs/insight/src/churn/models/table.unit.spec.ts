import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish, type Progress } from './steps.js';
import { logit, rowsOf, shareOfOnes, sigmoid, softplus } from './table.js';

const table = (columns: number[][], labels: number[]) => ({ columns: columns.map((column) => Float64Array.from(column)), labels: Uint8Array.from(labels) });

describe('A table', () => {
  it('gives its rows in any order, also twice', () => {
    expect(rowsOf(table([[1, 2, 3], [4, 5, 6]], [0, 1, 1]), [2, 0, 2])).toEqual(table([[3, 1, 3], [6, 4, 6]], [1, 0, 1]));
  });

  it('says how many of its labels are 1', () => {
    expect(shareOfOnes(table([[1, 2, 3, 4]], [0, 1, 0, 0]))).toBe(0.25);
  });

  it.each([
    ['NaN', [[1, 2], [1, Number.NaN]], [0, 1], 'column 1 has NaN at place 1'],
    ['Infinity', [[Number.NEGATIVE_INFINITY, 2]], [0, 1], 'column 0 has -Infinity at place 0'],
    ['a column of another length', [[1, 2, 3]], [0, 1], 'column 0 has 3 values for 2 labels'],
    ['a label that is neither 0 nor 1', [[1, 2]], [0, 2], 'a label is 0 or 1, not 2'],
    ['no row at all', [[]], [], 'all of 0 labels are the same'],
    ['one label only', [[1, 2]], [1, 1], 'all of 2 labels are the same'],
  ])('is refused with %s', (_what, columns, labels, message) => {
    expect(() => shareOfOnes(table(columns, labels))).toThrow(message);
    expect(() => shareOfOnes(table(columns, labels))).toThrow(RangeError);
  });
});

describe('Log-odds', () => {
  it('and chances lead to each other, and softplus is the logarithm', () => {
    fc.assert(fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (logOdds) => {
      expect(logit(sigmoid(logOdds))).toBeCloseTo(logOdds, 6);
      expect(softplus(logOdds)).toBeCloseTo(-Math.log(1 - sigmoid(logOdds)), 6);
    }));
    expect([sigmoid(-1_000), sigmoid(1_000), softplus(-1_000), softplus(1_000)]).toEqual([0, 1, 0, 1_000]);
  });
});

describe('Steps', () => {
  it('can be taken one by one or finished at once', () => {
    function* work(): Generator<Progress, string, void> {
      yield { of: 'work', done: 1, all: 2 };
      return 'done';
    }
    expect([...work()]).toEqual([{ of: 'work', done: 1, all: 2 }]);
    expect(finish(work())).toBe('done');
  });
});
