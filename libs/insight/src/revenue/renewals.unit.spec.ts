import { describe, expect, it } from '@jest/globals';
import { budgetCutsOf, cutParts } from './budget.js';
import { factsOfIncident, incidentFigures } from './incidents.js';
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
    // d 300 said nothing in time: 100 / 400.
    expect(figuresFrom([due('a', 100), renewed('a', '2026-08-10', 120), due('d', 300)])).toMatchObject({ grossRenewalRate: { value: 0.25, of: 100, over: 400, n: 2 }, renewals: { renewed: 1, late: 1 } });
  });

  it('takes early renewals, late ones within the grace, and no later ones', () => {
    expect(outcomes([due('a', 100), renewed('a', '2026-05-01', 100)])).toEqual([['2026-08-15', 'renewed']]);
    // 30 days after 15 August is 14 September.
    expect(outcomes([due('a', 100), renewed('a', '2026-09-14', 100)])).toEqual([['2026-08-15', 'renewed']]);
    expect(outcomes([due('a', 100), renewed('a', '2026-09-15', 100)])).toEqual([['2026-08-15', 'late']]);
    expect(outcomes([due('a', 100), renewed('a', '2026-09-15', 100)], { policy: { graceDays: 31 } })).toEqual([['2026-08-15', 'renewed']]);
    expect(outcomes([due('a', 100)])).toEqual([['2026-08-15', 'late']]);
  });

  it('counts the first day of the period as in it, and the first after it as not', () => {
    expect(['2026-06-30', '2026-07-01', '2026-09-30', '2026-10-01'].map((day) => outcomes([started('a', '2025-01-01', 100, { renewsOn: day })]).length)).toEqual([0, 1, 1, 0]);
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
    // On its last day, that renews it.
    expect(outcomes([due('a', 100), told('a', '2026-08-15', 'subscription.terms-set', { subscription: 'S-a', renewsOn: '2027-08-15' })])).toEqual([['2026-08-15', 'renewed']]);
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
    // A day that is past, of one that runs on: today.
    expect(soon(started('a', '2025-01-22', 100), told('a', '2026-10-01', 'subscription.cancellation-requested', { subscription: 'S-a', effectiveOn: '2026-10-31' }))).toEqual([['2026-11-23', 0, 'given']]);
    expect(soon(started('a', '2025-01-22', 100))).toEqual([[null, null, 'unknown']]);
    expect(soon(started('a', '2025-01-22', 100), ended('a', '2026-01-01'))).toEqual([]);
  });
});

describe('Cuts of budgets', () => {
  const said = (at: string, direction: string, more: object = {}) => told('a', at, 'budget.changed', { direction, ...more });
  const cuts = (facts: Parameters<typeof budgetCutsOf>[0]) => budgetCutsOf(facts, '2026-11-23T12:00:00.000Z', 365).map(({ product, share, event }) => [product, share, event.at.slice(0, 10)]);
  const eur = (amount: number) => ({ amount, currency: 'EUR' });

  it('stand until something else is said of the same, or of all of it, or a year is over', () => {
    const desk = said('2026-02-01', 'cut', { product: 'Desk', share: 0.2 });
    expect(cuts([desk])).toEqual([['Desk', 0.2, '2026-02-01']]);
    expect(cuts([desk, said('2026-03-01', 'raised', { product: 'Net' })])).toEqual([['Desk', 0.2, '2026-02-01']]);
    expect(cuts([said('2026-03-01', 'raised'), desk])).toEqual([]);
    // From 400.00 to 300.00 is a quarter; of another currency nobody can say.
    expect(cuts([desk, said('2026-03-01', 'cut', { from: eur(40_000), to: eur(30_000) })])).toEqual([[null, 0.25, '2026-03-01']]);
    expect(cuts([said('2026-03-01', 'cut', { from: eur(40_000), to: { amount: 30_000, currency: 'USD' } })])).toEqual([[null, null, '2026-03-01']]);
    expect([cuts([said('2025-11-22', 'cut')]), cuts([said('2026-12-01', 'cut')])]).toEqual([[], []]);
  });

  it('are about the product that they name, or all of it', () => {
    const parts = (['Desk', 'Net', null] as const).map((product) => ({ subscription: `S-${product}`, product, amount: 1, endsOn: null, days: null, because: 'unknown' as const, events: [] }));
    const about = (product: string | null) => cutParts(parts, [{ product, share: null, effectiveOn: null, event: { source: 'x', id: 'x', type: 'budget.changed', at: '' } }]).map(({ subscription }) => subscription);
    expect([about('Desk'), about(null)]).toEqual([['S-Desk'], ['S-Desk', 'S-Net', 'S-null']]);
  });
});

describe('Incidents', () => {
  const time = { since: Date.parse('2026-01-01T00:00:00Z'), until: Date.parse('2026-07-01T00:00:00Z') };
  const nps = (at: string, survey: string, score: number) => told('a', at, 'survey.responded', { survey, instrument: { kind: 'nps', min: 0, max: 10 }, score });

  it('take with them what would not be there without them', () => {
    const all = [told('a', '2025-12-30', 'promise.made', { promise: 'K-1' }), told('a', '2026-02-01', 'promise.broken', { promise: 'K-1' }), told('a', '2026-02-01', 'promise.made', { promise: 'K-2' }), nps('2026-02-01', 'V-1', 6), nps('2026-02-02', 'V-2', 7),
      told('a', '2026-03-01', 'outage.customer-affected', { outage: 'X-1' }), told('a', '2026-03-02', 'outage.resolved', { outage: 'X-1' }), told('a', '2025-03-01', 'outage.customer-affected', { outage: 'X-0' }), told('a', '2026-07-02', 'ticket.escalated', { ticket: 'T-1' })];
    const types = (incident: Parameters<typeof factsOfIncident>[1]) => factsOfIncident(all, incident, time).map(({ type, data }) => `${type} ${String(Object.values(data)[0])}`);
    expect(types('broken-promise')).toEqual(['promise.made K-1', 'promise.broken K-1']);
    expect(types('outage')).toEqual(['outage.customer-affected X-1', 'outage.resolved X-1']);
    // 6 of 10 is below the bar of NPS, 7 is not.
    expect([types('bad-answer'), types('escalation'), types('missed-target')]).toEqual([['survey.responded V-1'], [], []]);
  });

  it('come to a sum with an interval, and say where they are too few', () => {
    // 100, 200 and 600 less: 900; the mean 300 has the deviation 264.575 / sqrt(3) = 152.753, times 4.30265 (Student, 2), times 3: 1,971.75 either way.
    const figures = incidentFigures([[1_000, 300, 200], [2_000, 500, 300], [3_000, 900, 300]].map(([arr, atRisk, without]) => ({ arr: arr!, atRisk: atRisk!, without: without! })));
    expect(figures).toEqual({ n: 3, tooFew: true, arr: 6_000, atRisk: 1_700, without: 800, difference: { n: 3, value: 900, low: -1_072, high: 2_872 } });
    expect(incidentFigures(Array.from({ length: 30 }, () => ({ arr: 10, atRisk: 2, without: 1 })))).toMatchObject({ tooFew: false, difference: { value: 30, low: 30, high: 30 } });
  });
});
