import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomOf } from '../churn/proof/random.js';
import { answerOf, anyAnswers } from '../testing/answers.js';
import { npsByRespondent, npsOf } from './nps.js';

const many = (best: number, even: number, worst: number) => [...Array<number>(best).fill(10), ...Array<number>(even).fill(8), ...Array<number>(worst).fill(3)].map((score) => answerOf(score));
const euros: Readonly<Record<string, number>> = { a: 900_000, b: 100_000 };
const arrOf = (customer: string) => (euros[customer] === undefined ? null : { amount: euros[customer], currency: 'EUR' });

describe('The net promoter score', () => {
  it('is promoters less detractors, with its standard error, worked out by hand', () => {
    // 50 promoters, 30 passives, 20 detractors: N = 0.3; Var = .5 x .49 + .3 x .09 + .2 x 1.69 = .61; SE = root of .0061.
    const { n, value, standardError, low, high } = npsByRespondent(many(50, 30, 20));
    expect([n, value!.toFixed(6), standardError!.toFixed(4)]).toEqual([100, '30.000000', '7.8102']);
    // Adjusted: 50.75, 31.5, 20.75 of 103; N = 29.126; Var = .6093; half = 1.96 x root of (.6093 / 103) = 15.07.
    expect([low!.toFixed(1), high!.toFixed(1)]).toEqual(['14.1', '44.2']);
  });

  it('of answers that are all the same has no error, but an interval that is as wide as few answers deserve', () => {
    const [one, twenty] = [npsByRespondent(many(1, 0, 0)), npsByRespondent(many(20, 0, 0))];
    expect([one.value, one.standardError, twenty.standardError]).toEqual([100, 0, 0]);
    expect(one.low!).toBeLessThan(0);
    expect(twenty.low!).toBeGreaterThan(60);
    expect([one.high, twenty.high].every((bound) => bound! <= 100)).toBe(true);
    expect(npsByRespondent([])).toMatchObject({ n: 0, value: null, low: null, standardError: null });
  });

  it('has the true score in its interval in about 95 of 100 samples, also of small ones', () => {
    const random = randomOf(7);
    for (const [n, best, even] of [[10, 0.5, 0.3], [30, 0.7, 0.2], [200, 0.3, 0.3]] as const) {
      let inside = 0;
      for (let run = 0; run < 2_000; run++) {
        const { low, high } = npsByRespondent(Array.from({ length: n }, () => {
          const drawn = random.next();
          return answerOf(drawn < best ? 10 : drawn < best + even ? 8 : 0);
        }));
        const truth = 100 * (best - (1 - best - even));
        if (low! <= truth && truth <= high!) inside += 1;
      }
      expect(inside / 2_000).toBeGreaterThan(0.93);
      expect(inside / 2_000).toBeLessThan(0.985);
    }
  });

  it('counts each person once with the newest answer, an account once, and money as it is paid', () => {
    const answers = [
      answerOf(0, { contact: 'p1', at: '2026-10-01T00:00:00.000Z' }), answerOf(10, { contact: 'p1', at: '2026-10-02T00:00:00.000Z' }), answerOf(10, { contact: 'p2' }), answerOf(10, { contact: 'p3' }),
      answerOf(0, { customer: 'b', contact: 'p9' }), answerOf(8, { customer: 'c', contact: 'p7' }),
    ];
    const { respondent, account, arr } = npsOf(answers, arrOf);
    expect([respondent.n, respondent.value]).toEqual([5, 40]);
    expect([account.n, account.value!.toFixed(9), account.effectiveN.toFixed(6)]).toEqual([3, '0.000000000', '3.000000']);
    expect([arr.n, arr.value!.toFixed(6), arr.effectiveN.toFixed(3), arr.left, arr.currency]).toEqual([2, '80.000000', '1.220', 1, 'EUR']);
    expect(npsOf(answers, () => null).arr).toMatchObject({ n: 0, value: null, currency: null });
  });

  it('lies within -100 and 100 and in its interval, whatever the order and the scale of money', () => {
    fc.assert(fc.property(anyAnswers, (answers) => {
      const told = npsOf(answers, arrOf);
      const inCents = npsOf(answers.toReversed(), (customer) => (arrOf(customer) ? { amount: 100 * arrOf(customer)!.amount, currency: 'EUR' } : null));
      for (const each of ['respondent', 'account', 'arr'] as const) {
        const { value, low, high, n, effectiveN } = told[each];
        expect(effectiveN).toBeLessThanOrEqual(n + 1e-9);
        if (value === null) continue;
        expect(Math.abs(value)).toBeLessThanOrEqual(100 + 1e-9);
        if (low !== null) expect(low <= value + 1e-9 && value <= high! + 1e-9).toBe(true);
        expect(inCents[each].value).toBeCloseTo(value, 9);
      }
    }));
  });
});
