import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveEvents, journeyMapsAfter } from '#journey';
import { ago, fact, utc } from '../testing/facts.js';
import { journeyOf } from './customer-journey.js';
import { JOURNEY_GROUPINGS, journeyGroups, type Travellers, valueByQuarter } from './groups.js';
import { standingOf } from './standing.js';
import { timeToValueOf } from './time-to-value.js';

const until = `${ago(0)}T23:59:59.999Z`;
const map = journeyMapsAfter([])[0].map;
const asked = { start: 'signature', until, dayOf: utc };

interface Drawn { readonly segment: string | null; readonly product: string | null; readonly won: number | null; readonly value: number | null; readonly renewed: boolean | null }

/** Sold so many days ago, with value after, and a decision. */
function travellers(all: readonly Drawn[]): Travellers {
  return new Map(all.map(({ segment, product, won, value, renewed }, place) => {
    const S = { subscription: `S-${place}` };
    const events = effectiveEvents([
      fact('customer.registered', 900, { name: 'x', ...(segment !== null && { segment }) }), ...(won === null ? [] : [fact('sale.won', won, { opportunity: 'O' }), fact('subscription.started', won, { ...S, recurring: { amount: 1, currency: 'EUR' }, interval: 'month', ...(product !== null && { product }) }, { at: 13 })]),
      ...(value === null ? [] : [fact('goal.outcome-confirmed', value, { outcome: 'W' }, { at: 14 })]), ...(renewed === null ? [] : [fact(renewed ? 'renewal.renewed' : 'renewal.lapsed', 5, { renewal: 'R', ...S, ...(renewed && { renewsOn: ago(-300) }) })]),
    ]);
    return [`c-${place}`, { journey: journeyOf(map, events, { until, dayOf: utc }), standing: standingOf(events, { until, dayOf: utc }) }];
  }));
}

const plain = (more: Partial<Drawn>): Drawn => ({ segment: null, product: null, won: 100, value: null, renewed: null, ...more });

describe('Customers told apart', () => {
  it('have the wait of each group by Kaplan-Meier, and no median where half have not got there', () => {
    // Small: value after 10 and 30 days, one waits since 50; 1, then 2/3, then 1/3 without: the median is 30. Large: one of three after 20 days.
    const all = travellers([plain({ segment: 'small', won: 60, value: 50 }), plain({ segment: 'small', won: 60, value: 30 }), plain({ segment: 'small', won: 50 }), plain({ segment: 'large', won: 200, value: 180 }), plain({ segment: 'large' }), plain({ segment: 'large' }), plain({ won: null })]);
    expect(journeyGroups(map, all, 'segment', asked).map(({ group, customers, timeToValue: { n, reached, waiting, median, few } }) => [group, customers.length, n, reached, waiting, median.value, few]))
      .toEqual([['large', 3, 3, 1, 2, null, true], ['small', 3, 3, 2, 1, 30, true], [null, 1, 0, 0, 0, null, true]]);
    // The day from which is looked is 2026-11-23: 200 days before it is 7 May, 100 days 15 August, 60 days 24 September, 50 days 4 October. In the third quarter 3/4 are without after 10 days, and half after 30.
    expect(valueByQuarter(map, all, asked).map(({ quarter, n, reached, median }) => [quarter, n, reached, median.value])).toEqual([['2026-Q2', 1, 1, 20], ['2026-Q3', 4, 2, 30], ['2026-Q4', 1, 0, null]]);
    expect(journeyGroups(map, all, 'cohort', asked).map(({ group, customers }) => [group, customers.length])).toEqual([['2026-Q3', 4], ['2026-Q2', 1], ['2026-Q4', 1], [null, 1]]);
  });

  it('are held against all others, and with fewer than 30 who decided on either side no difference is told', () => {
    const some = (n: number, yes: number, segment: string) => Array.from({ length: n }, (_, place) => plain({ segment, renewed: place < yes }));
    const verdicts = (...groups: Drawn[][]) => journeyGroups(map, travellers(groups.flat()), 'segment', asked).map(({ group, renewed, others, compared }) => [group, renewed.value, others.value, compared.verdict, compared.difference?.value ?? null]);
    expect(verdicts(some(31, 31, 'a'), some(30, 15, 'b'))).toEqual([['a', 1, 0.5, 'renew-more-often', 0.5], ['b', 0.5, 1, 'renew-less-often', -0.5]]);
    expect(verdicts(some(31, 31, 'a'), some(29, 0, 'b'))).toEqual([['a', 1, 0, 'too-few', null], ['b', 0, 1, 'too-few', null]]);
    expect(verdicts(some(31, 16, 'a'), some(30, 15, 'b')).map(([, , , verdict]) => verdict)).toEqual(['no-clear-difference', 'no-clear-difference']);
  });

  it('are each in one group, but for products; and quarters sum to all who started', () => {
    const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of);
    const drawn = fc.record({ segment: maybe(fc.constantFrom('a', 'b')), product: maybe(fc.constantFrom('p', 'q')), won: maybe(fc.integer({ min: 1, max: 800 })), value: maybe(fc.integer({ min: 0, max: 850 })), renewed: maybe(fc.boolean()) });
    fc.assert(fc.property(fc.array(drawn, { minLength: 1, maxLength: 12 }), fc.constantFrom(...JOURNEY_GROUPINGS), (all, by) => {
      const of = travellers(all);
      const groups = journeyGroups(map, of, by, asked);
      expect(groups.flatMap(({ customers }) => customers).sort()).toEqual([...of.keys()].sort());
      const { spells } = timeToValueOf(map, new Map([...of].map(([customer, { journey }]) => [customer, journey])), asked);
      const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
      expect([sum(groups.map(({ timeToValue }) => timeToValue.n)), sum(valueByQuarter(map, of, asked).map(({ n }) => n))]).toEqual([spells.length, spells.length]);
      for (const { renewed, others } of groups) expect(renewed.n + others.n).toBe(all.filter((each) => each.renewed !== null).length);
    }), { numRuns: 60 });
  });
});
