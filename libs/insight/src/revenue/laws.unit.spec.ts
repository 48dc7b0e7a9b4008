import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { policyChanges, type RevenuePolicy, usualRevenuePolicy } from './policy.js';
import { figuresFrom, ledgersFrom, told } from '../testing/revenue.js';

const FIRST = Date.parse('2026-01-01T00:00:00Z');
const customer = fc.constantFrom('a', 'b', 'c');
const recurring = fc.record({ amount: fc.integer({ min: 0, max: 9_999 }), currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY') });
const interval = fc.constantFrom('month', 'quarter', 'year');
const said = fc.oneof(
  fc.tuple(fc.constant('subscription.started'), fc.record({ recurring, interval, renewsOn: fc.constantFrom('2026-08-15', '2026-09-30'), termMonths: fc.constantFrom(1, 12), autoRenew: fc.boolean(), usageBased: fc.boolean() }, { requiredKeys: ['recurring', 'interval'] })),
  fc.tuple(fc.constant('subscription.changed'), fc.record({ recurring, because: fc.constantFrom('escalator', 'price') }, { requiredKeys: ['recurring'] })),
  fc.tuple(fc.constantFrom('subscription.paused', 'subscription.resumed', 'subscription.ended', 'subscription.cancellation-requested', 'subscription.cancellation-withdrawn'), fc.constant({})),
  fc.tuple(fc.constant('renewal.renewed'), fc.record({ recurring, renewal: fc.constant('R'), renewsOn: fc.constantFrom('2026-09-30', '2027-08-15') })),
  fc.tuple(fc.constantFrom('customer.closed', 'customer.registered'), fc.constant({ name: 'A' })),
);
/** Subscriptions belong to one customer each, so that a merge brings no two of one number together. */
const fact = fc.tuple(customer, fc.constantFrom('1', '2'), said, fc.integer({ min: 0, max: 320 * 24 * 60 })).map(([who, number, [type, data], minute]) => (
  { who, type, data: type.startsWith('customer.') ? data : { subscription: `${who}-${number}`, ...data }, at: new Date(FIRST + minute * 60_000).toISOString() }));
const facts = fc.array(fact, { minLength: 2, maxLength: 30 }).map((all) => all.map(({ who, type, data, at }, place) => told(who, at, type, data, place + 1)));
const policy: fc.Arbitrary<Partial<RevenuePolicy>> = fc.record({
  reactivation: fc.constantFrom('separate', 'expansion', 'net'), reactivationDays: fc.constantFrom(null, 0, 30), churnAt: fc.constantFrom('end', 'notice'), pause: fc.constantFrom('stops', 'keeps'),
  midTerm: fc.constantFrom('when-told', 'at-renewal'), escalators: fc.constantFrom('expansion', 'apart'), usage: fc.constantFrom('excluded', 'included', 'only'), merge: fc.constantFrom('together', 'apart'),
  renewalsBy: fc.constantFrom('due', 'decided'), graceDays: fc.constantFrom(0, 30), groupMinutes: fc.constantFrom(0, 60, 100_000),
});
const rates = { USD: 0.91, JPY: 0.0061 };

describe('Recurring revenue, of any history', () => {
  it('closes its waterfall under every policy, and each movement is the sum of its subscriptions', () => {
    fc.assert(fc.property(facts, policy, (all, chosen) => {
      const { waterfall: { start, new: fresh, expansion, escalator, contraction, churn, reactivation, end } } = figuresFrom(all, { policy: chosen, rates });
      expect(start + fresh + expansion + escalator - contraction - churn + reactivation).toBe(end);
      for (const { movements } of ledgersFrom(all, { policy: chosen, rates })) for (const { before, after, amount, subscriptions, events } of movements) {
        expect([subscriptions.reduce((sum, part) => sum + part.amount, 0), Math.abs(after - before)]).toEqual([after - before, amount]);
        expect(events.length).toBeGreaterThan(0);
      }
    }), { numRuns: 200 });
  });

  it('never keeps more gross than all, nor more gross than net', () => {
    fc.assert(fc.property(facts, policy, (all, chosen) => {
      const { grr, nrr, grossRenewalRate, netRenewalRate } = figuresFrom(all, { policy: chosen, rates });
      if (grr.value !== null) expect(grr.of).toBeLessThanOrEqual(Math.min(grr.over, nrr.of));
      if (grossRenewalRate.value !== null) expect(grossRenewalRate.of).toBeLessThanOrEqual(Math.min(grossRenewalRate.over, netRenewalRate.of));
    }), { numRuns: 200 });
  });

  it('does not depend on the order in which facts come', () => {
    fc.assert(fc.property(facts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), policy, ([all, shuffled], chosen) => {
      const asked = { policy: chosen, rates };
      const told = (each: readonly JourneyEvent[]) => ledgersFrom(each, asked).toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
      expect(told(shuffled)).toEqual(told(all));
    }));
  });

  it('is moved by no merge: not at either end, nor in sum; and in no bar where merged customers are counted apart', () => {
    fc.assert(fc.property(facts, policy, (all, chosen) => {
      const open = all.filter(({ type }) => !type.startsWith('customer.'));
      const [apart, merged] = ([{}, { b: 'a' }] as Record<string, string>[]).map((intoOf) => figuresFrom(open, { policy: chosen, rates, intoOf }).waterfall);
      expect([merged!.start, merged!.end]).toEqual([apart!.start, apart!.end]);
      if (chosen.merge === 'apart') expect(merged).toEqual(apart);
    }));
  });

  it('is moved by no rate: where nothing was told in the period, both ends are the same at any', () => {
    fc.assert(fc.property(facts, policy, fc.double({ min: 0.01, max: 100, noNaN: true }), (all, chosen, rate) => {
      const before = all.filter(({ occurredAt }) => occurredAt < '2026-07-01');
      const { start, end, ...moved } = figuresFrom(before, { policy: { ...chosen, midTerm: 'when-told' }, rates: { USD: rate, JPY: rate } }).waterfall;
      expect([end - start, ...Object.values(moved).map(Math.abs)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    }));
  });

  it('of two quarters closes like the half-year that they make', () => {
    fc.assert(fc.property(facts, policy, (all, chosen) => {
      const until = '2026-11-23T12:00:00.000Z';
      const of = (begins: string, ends: string) => figuresFrom(all, { policy: chosen, rates, period: { begins: `${begins}T00:00:00.000Z`, ends: `${ends}T00:00:00.000Z`, until } }).waterfall;
      expect([of('2026-01-01', '2026-04-01').end, of('2026-04-01', '2026-07-01').end]).toEqual([of('2026-04-01', '2026-07-01').start, of('2026-01-01', '2026-07-01').end]);
    }));
  });
});

describe('Two policies', () => {
  it('are set apart setting by setting, in words', () => {
    expect(policyChanges(usualRevenuePolicy, { ...usualRevenuePolicy, name: 'board', reactivation: 'net', reactivationDays: 90, earnedChannels: [] }).map(({ say }) => say)).toEqual([
      'reactivation: separate → net', 'reactivationDays: none → 90', 'earnedChannels: referral, word-of-mouth, recommendation → none']);
    expect(policyChanges(usualRevenuePolicy, usualRevenuePolicy)).toEqual([]);
  });
});
