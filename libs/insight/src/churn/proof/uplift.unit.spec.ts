import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { experimentSize } from './experiment-size.js';
import { isHeldOut, murmur3 } from './holdout.js';
import { randomOf } from './random.js';
import { upliftOf } from './uplift.js';

describe('Uplift', () => {
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339], [9, 10, 3, 10, 0.1705, 0.809], [6, 7, 2, 7, 0.0582, 0.8062], [5, 56, 0, 29, -0.0381, 0.1926], [0, 10, 0, 20, -0.1611, 0.2775], [10, 10, 0, 20, 0.6791, 1],
  ])('of %d of %d less %d of %d has the interval of Newcombe (1998, table II, method 10)', (left, customers, treatedLeft, treated, low, high) => {
    const told = upliftOf({ customers: treated, left: treatedLeft }, { customers, left })!;
    expect([told.low, told.high].map((end) => Number(end.toFixed(4)))).toEqual([low, high]);
    expect(told.difference).toBeCloseTo(left / customers - treatedLeft / treated, 12);
  });

  it('is called by where its interval lies, and needs two groups', () => {
    const verdict = (treated: number, heldOut: number) => upliftOf({ customers: 1_000, left: treated }, { customers: 1_000, left: heldOut })!.verdict;
    expect([verdict(50, 100), verdict(100, 50), verdict(50, 60)]).toEqual(['helps', 'harms', 'not shown']);
    expect([upliftOf({ customers: 0, left: 0 }, { customers: 5, left: 1 }), upliftOf({ customers: 5, left: 1 }, { customers: 0, left: 0 })]).toEqual([null, null]);
  });

  it('changes its sign when the groups change places, and lies in its interval', () => {
    const group = fc.integer({ min: 1, max: 500 }).chain((customers) => fc.record({ customers: fc.constant(customers), left: fc.integer({ min: 0, max: customers }) }));
    fc.assert(fc.property(group, group, (one, other) => {
      const [there, back] = [upliftOf(one, other)!, upliftOf(other, one)!];
      expect([there.difference, there.low, there.high]).toEqual([-back.difference, -back.high, -back.low].map((value) => expect.closeTo(value, 12)));
      expect(there.low <= there.difference && there.difference <= there.high && there.low >= -1 - 1e-12 && there.high <= 1 + 1e-12).toBe(true);
    }));
  });
});

describe('The size of an experiment', () => {
  it('has the power of four in five by statsmodels 0.15.0 (power_proportions_2indep of 10,795 and 10,795 at 2 and 1.5 %, of 424 and 1,694 at 10 and 6 %: 0.8000 both)', () => {
    expect(experimentSize({ monthlyRate: 0.02, effect: 0.25, heldOut: 0.5, customers: 1 })!.customerMonths).toBe(2 * 10_795);
    expect(experimentSize({ monthlyRate: 0.1, effect: 0.4, heldOut: 0.2, customers: 1 })!.customerMonths).toBe(424 + 1_694);
  });

  it('is what shows the effect in four of five experiments', () => {
    const plan = { monthlyRate: 0.1, effect: 0.4, heldOut: 0.2, customers: 100 };
    const { customerMonths, months, customersForAYear } = experimentSize(plan)!;
    expect([months, customersForAYear]).toEqual([Math.ceil(customerMonths / 100), Math.ceil(customerMonths / 12)]);
    const random = randomOf(1);
    const drawn = (customers: number, rate: number) => ({ customers, left: Array.from({ length: customers }, () => Number(random.next() < rate)).reduce((sum, left) => sum + left, 0) });
    const heldOut = Math.round(customerMonths * 0.2);
    let shown = 0;
    for (let run = 0; run < 500; run++) if (upliftOf(drawn(customerMonths - heldOut, 0.06), drawn(heldOut, 0.1))!.verdict === 'helps') shown += 1;
    expect(shown / 500).toBeGreaterThan(0.74);
    expect(shown / 500).toBeLessThan(0.88);
  });

  it('grows for smaller effects, rarer leavers and fewer held out; there is none where nothing could be shown', () => {
    const usual = { monthlyRate: 0.02, effect: 0.25, heldOut: 0.2, customers: 500 };
    const months = (more: Partial<typeof usual>) => experimentSize({ ...usual, ...more })!.months;
    for (const more of [{ effect: 0.2 }, { monthlyRate: 0.01 }, { heldOut: 0.1 }, { customers: 400 }]) expect(months(more)).toBeGreaterThan(months({}));
    for (const none of [{ effect: 0 }, { heldOut: 0 }, { heldOut: 1 }, { customers: 0 }, { monthlyRate: 0 }]) expect(experimentSize({ ...usual, ...none })).toBeNull();
  });
});

describe('A holdout', () => {
  it('is drawn by MurmurHash3 (values of scikit-learn 1.9.1, murmurhash3_32)', () => {
    expect(['', 'a', 'hello', 'crm-4711', 'Zoë €', 'ab', 'abc', 'customer-123'].map((text) => [murmur3(text, 0), murmur3(text, 42)])).toEqual([
      [0, 142593372], [1009084850, 3001393763], [613153351, 3806057185], [2090259120, 3638207877], [2274495705, 27847545],
      [2613040991, 3610054215], [3017643002, 1313807976], [1086535973, 1572733373],
    ]);
  });

  it('has about its share, another for another seed, and only grows with the share', () => {
    const customers = Array.from({ length: 5_000 }, (_, n) => `customer-${n}`);
    const held = (seed: number, share: number) => new Set(customers.filter((customer) => isHeldOut(customer, { seed, share })));
    const [tenth, other, fifth] = [held(1, 0.1), held(2, 0.1), held(1, 0.2)];
    expect(tenth.size / 5_000).toBeCloseTo(0.1, 1);
    expect(held(1, 0.1)).toEqual(tenth);
    expect([...tenth].filter((customer) => other.has(customer)).length).toBeLessThan(100);
    expect([...tenth].filter((customer) => !fifth.has(customer))).toEqual([]);
    expect([held(1, 0), held(1, 1)].map(({ size }) => size)).toEqual([0, 5_000]);
  });
});
