import { describe, expect, it } from '@jest/globals';
import { usualRevenuePolicy } from './policy.js';
import { subscriptionHistory } from './subscription-history.js';
import { terminableOn } from './exposure.js';
import { dayOfDate } from '../day.js';
import { calendar, changed, ended, figuresFrom, ledgersFrom, Q3, started, told } from '../testing/revenue.js';

const renewed = (customer: string, at: string, amount: number, renewsOn = '2027-08-15') => told(customer, at, 'renewal.renewed', { renewal: `R-${customer}`, subscription: `S-${customer}`, renewsOn, recurring: { amount, currency: 'EUR' }, interval: 'year' });
const due = (customer: string, amount: number, more: object = {}) => started(customer, '2025-08-15', amount, { renewsOn: '2026-08-15', ...more });
const outcomes = (facts: Parameters<typeof ledgersFrom>[0], asked: Parameters<typeof ledgersFrom>[1] = {}) => ledgersFrom(facts, asked).flatMap(({ renewals }) => renewals.map(({ dueOn, outcome }) => [dueOn, outcome]));

describe('The gross renewal rate', () => {
  it('is what was renewed without upsell over what was due, worked out by hand', () => {
    // a 100 → 120 counts 100, b 200 → 150 counts 150, c 100 left: 250 / 400; with upsell 270 / 400.
    const { grossRenewalRate, netRenewalRate, renewals } = figuresFrom([due('a', 100), renewed('a', '2026-08-10', 120), due('b', 200), renewed('b', '2026-08-20', 150), due('c', 100), ended('c', '2026-08-15')]);
    expect(grossRenewalRate).toMatchObject({ value: 0.625, of: 250, over: 400, n: 3 });
    expect([netRenewalRate.value, renewals]).toEqual([0.675, { renewed: 2, lost: 1, late: 0, open: 0 }]);
  });

  it('takes early renewals, late ones within the grace, and no later ones', () => {
    expect(outcomes([due('a', 100), renewed('a', '2026-05-01', 100)])).toEqual([['2026-08-15', 'renewed']]);
    // 30 days after 15 August is 14 September.
    expect(outcomes([due('a', 100), renewed('a', '2026-09-14', 100)])).toEqual([['2026-08-15', 'renewed']]);
    expect(outcomes([due('a', 100), renewed('a', '2026-09-15', 100)])).toEqual([['2026-08-15', 'late']]);
    expect(outcomes([due('a', 100), renewed('a', '2026-09-15', 100)], { policy: { graceDays: 31 } })).toEqual([['2026-08-15', 'renewed']]);
    expect(outcomes([due('a', 100)])).toEqual([['2026-08-15', 'late']]);
  });

  it('goes by the day that was due, or by the day of the decision', () => {
    const early = [due('a', 100), renewed('a', '2026-05-01', 100)];
    expect(outcomes(early, { policy: { renewalsBy: 'decided' } })).toEqual([]);
    const spring = { begins: '2026-04-01T00:00:00.000Z', ends: '2026-07-01T00:00:00.000Z', until: Q3.until };
    expect(outcomes(early, { policy: { renewalsBy: 'decided' }, period: spring })).toEqual([['2026-08-15', 'renewed']]);
    expect(outcomes(early, { period: spring })).toEqual([]);
  });

  it('knows what renews by itself, term after term, and what is still open', () => {
    const byItself = started('a', '2026-01-31', 100, { termMonths: 3, autoRenew: true });
    // From 31 January: 30 April, and then the 30th, as the profile has it.
    expect(outcomes([byItself])).toEqual([['2026-07-30', 'renewed']]);
    expect(outcomes([byItself, ended('a', '2026-08-10')])).toEqual([['2026-07-30', 'lost']]);
    expect(outcomes([byItself, ended('a', '2026-09-10')])).toEqual([['2026-07-30', 'renewed']]);
    const open = { ...Q3, until: '2026-08-20T00:00:00.000Z' };
    expect(outcomes([due('a', 100)], { period: open })).toEqual([['2026-08-15', 'open']]);
    expect(figuresFrom([due('a', 100)], { period: open }).grossRenewalRate).toMatchObject({ value: null, missing: 'no renewal of the period is decided yet' });
  });

  it('moves with terms that are agreed anew before the term ends, and takes what was paid before its last day', () => {
    expect(outcomes([due('a', 100), told('a', '2026-06-01', 'subscription.terms-set', { subscription: 'S-a', renewsOn: '2027-06-01' })])).toEqual([]);
    const lowered = figuresFrom([due('a', 100, { termMonths: 12, autoRenew: true }), changed('a', '2026-08-15', 60)]);
    expect(lowered.grossRenewalRate).toMatchObject({ of: 60, over: 100 });
  });
});

describe('What can be ended soon', () => {
  const today = dayOfDate('2026-11-23');
  const soon = (...facts: Parameters<typeof subscriptionHistory>[0]) => {
    const history = subscriptionHistory(facts, { customer: 'a', policy: usualRevenuePolicy, calendar, until: Q3.until });
    return terminableOn(history, today, { policy: usualRevenuePolicy, convert: ({ amount }) => amount }).map(({ endsOn, days, because }) => [endsOn, days, because]);
  };

  it('ends with its term while notice can be given, else a term later', () => {
    const terms = { termMonths: 12, autoRenew: true, renewsOn: '2027-01-22' };
    // 60 days on; notice of 60 days can be given today, of 61 no longer.
    expect(soon(started('a', '2025-01-22', 100, { ...terms, noticeDays: 60 }))).toEqual([['2027-01-22', 60, 'term']]);
    expect(soon(started('a', '2025-01-22', 100, { ...terms, noticeDays: 61 }))).toEqual([['2028-01-22', 425, 'next-term']]);
    expect(soon(started('a', '2025-01-22', 100, { renewsOn: '2027-01-22', noticeDays: 61 }))).toEqual([['2027-01-22', 60, 'term']]);
  });

  it('is bound by its notice alone once the term is over, ends as was said, or is not known', () => {
    expect(soon(started('a', '2025-01-22', 100, { renewsOn: '2026-01-22', noticeDays: 30 }))).toEqual([['2026-12-23', 30, 'rolling']]);
    expect(soon(started('a', '2025-01-22', 100), told('a', '2026-11-01', 'subscription.cancellation-requested', { subscription: 'S-a', effectiveOn: '2026-12-31' }))).toEqual([['2026-12-31', 38, 'given']]);
    expect(soon(started('a', '2025-01-22', 100))).toEqual([[null, null, 'unknown']]);
    expect(soon(started('a', '2025-01-22', 100), ended('a', '2026-01-01'))).toEqual([]);
  });
});
