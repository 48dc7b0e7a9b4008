import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BgNbd, chanceAlive, expectedPurchases, fitBgNbd, type Purchases } from './bg-nbd.js';
import { finish } from './steps.js';

const MODEL: BgNbd = { r: 0.24, alpha: 4.4, a: 0.79, b: 2.4 };
const bought = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true }))
  .map(([repeats, share, observed]): Purchases => ({ repeats, last: repeats === 0 ? 0 : share * observed, observed }));

/** 400 customers, made without chance: half bought once, a quarter tried it some times early on, a quarter goes on. */
const customers = Array.from({ length: 400 }, (_, place): Purchases => {
  const observed = 20 + (place % 17);
  if (place % 2 === 0) return { repeats: 0, last: 0, observed };
  const loyal = place % 4 === 1;
  return { repeats: loyal ? 4 + (place % 9) : 1 + (place % 3), observed, last: observed * (loyal ? 0.95 : 0.1 + (place % 5) / 20) };
});

describe('BG/NBD', () => {
  it('does not depend on the unit of time', () => {
    const weeks = finish(fitBgNbd(customers));
    const days = finish(fitBgNbd(customers.map(({ repeats, last, observed }) => ({ repeats, last: last * 7, observed: observed * 7 }))));
    for (const name of ['r', 'a', 'b'] as const) expect(days[name]).toBeCloseTo(weeks[name], 6);
    expect(days.alpha / 7).toBeCloseTo(weeks.alpha, 6);
  });

  it('lies where the likelihood is highest: no neighbour is better, whichever way one looks', () => {
    const { logLikelihood, ...model } = finish(fitBgNbd(customers));
    expect(likelihoodByHand(model)).toBeCloseTo(logLikelihood, 6);
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      for (const factor of [0.99, 1.01]) expect(likelihoodByHand({ ...model, [name]: model[name] * factor })).toBeLessThan(logLikelihood);
    }
  });

  it('is the same to the byte for the same customers', () => {
    expect(JSON.stringify(finish(fitBgNbd(customers)))).toBe(JSON.stringify(finish(fitBgNbd(customers))));
  });

  it('says a chance, and expects the more purchases the longer it looks ahead', () => {
    fc.assert(fc.property(bought, (customer) => {
      expect(chanceAlive(MODEL, customer)).toBeGreaterThan(0);
      expect(chanceAlive(MODEL, customer)).toBeLessThanOrEqual(1);
      const expected = [0, 1, 10, 100].map((ahead) => expectedPurchases(MODEL, customer, ahead));
      expect(expected[0]).toBeCloseTo(0, 9);
      for (const place of [1, 2, 3]) expect(expected[place]).toBeGreaterThan(expected[place - 1]!);
    }));
  });

  it('has no gap where a is 1 and the formula divides by nothing', () => {
    const at = (a: number) => expectedPurchases({ ...MODEL, a }, { repeats: 2, last: 10, observed: 30 }, 30);
    expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 5);
  });

  it.each([
    ['hardly anybody bought again', [{ repeats: 1, last: 3, observed: 30 }, ...Array.from({ length: 50 }, () => ({ repeats: 0, last: 0, observed: 30 }))]],
    ['all are the same, so that nothing says how they differ', Array.from({ length: 50 }, () => ({ repeats: 3, last: 20, observed: 30 }))],
  ])('ends, with numbers that can be used, where %s', (_where, alike) => {
    const { logLikelihood, ...model } = finish(fitBgNbd(alike));
    expect([logLikelihood, ...Object.values(model)].every((value) => Number.isFinite(value))).toBe(true);
    for (const customer of alike) {
      expect(expectedPurchases(model, customer, 10)).toBeGreaterThanOrEqual(0);
      expect(expectedPurchases(model, customer, 10)).toBeLessThan(10);
    }
  });

  it.each([
    [{ repeats: 1.5, last: 1, observed: 2 }, 'repeats'], [{ repeats: 1, last: 3, observed: 2 }, 'last purchase'],
    [{ repeats: 1, last: Number.NaN, observed: 2 }, 'last purchase'], [{ repeats: 0, last: 0, observed: 2 }, 'none of 1 customers bought again'],
  ])('refuses %o', (customer, message) => {
    expect(() => finish(fitBgNbd([customer]))).toThrow(message);
  });
});

/** Equation 6 as it is printed, with gamma functions of whole distances written as products. */
function likelihoodByHand({ r, alpha, a, b }: BgNbd): number {
  const product = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i).reduce((all, factor) => all * factor, 1);
  return customers.reduce((sum, { repeats: x, last, observed }) => {
    const stays = product(b, x) / product(a + b, x);
    const left = x === 0 ? 0 : ((a / (b + x - 1)) * product(b, x)) / product(a + b, x);
    return sum + Math.log(product(r, x) * alpha ** r * (stays / (alpha + observed) ** (r + x) + left / (alpha + last) ** (r + x)));
  }, 0);
}
