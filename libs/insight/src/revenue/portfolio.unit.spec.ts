import { describe, expect, it } from '@jest/globals';
import { changed, ended, figuresFrom, ledgersFrom, started, told } from '../testing/revenue.js';

const paying = started('a', '2026-01-10', 100);

describe('Recurring revenue over a quarter', () => {
  it('opens and closes a waterfall, with every ratio worked out by hand', () => {
    // a 100 → 130, b 200 → 150, c 100 → 0, d new with 80 by referral, e new with 40 by advertising, f left in May and is back with 60.
    const facts = [
      paying, changed('a', '2026-08-01', 130), started('b', '2026-02-01', 200), changed('b', '2026-08-02', 150), started('c', '2026-02-01', 100), ended('c', '2026-09-01'),
      told('d', '2026-07-09', 'sale.won', { opportunity: 'O-1', channel: 'Referral' }), started('d', '2026-07-10', 80),
      told('e', '2026-07-09', 'sale.won', { opportunity: 'O-2', channel: 'advertising' }), started('e', '2026-07-11', 40),
      started('f', '2026-01-01', 50), ended('f', '2026-05-01'), told('f', '2026-08-01', 'subscription.started', { subscription: 'S-f2', recurring: { amount: 60, currency: 'EUR' }, interval: 'year' }),
      // Came and went within the quarter.
      started('g', '2026-07-20', 30), ended('g', '2026-09-20'),
    ];
    const { waterfall, nrr, grr, grossMrrChurn, netMrrChurn, logoChurn, logos, newCustomers, earnedGrowth } = figuresFrom(facts);
    expect(waterfall).toEqual({ start: 400, new: 150, expansion: 30, contraction: 50, churn: 130, reactivation: 60, escalator: 0, end: 460 });
    // (130 + 150 + 0) / 400; (100 + 150 + 0) / 400; (130 + 50) / 400; (130 + 50 - 30 - 60) / 400.
    expect([nrr.value, grr.value, grossMrrChurn.value, netMrrChurn.value]).toEqual([0.7, 0.625, 0.45, 0.225]);
    expect([nrr.n, logoChurn]).toMatchObject([3, { of: 1, over: 3, value: 0.333333 }]);
    // d, e and g, of whom the 150 that are new are.
    expect(newCustomers).toBe(3);
    expect(logos).toEqual({ start: 3, won: 2, lost: 1, back: 1, wonAndLost: 1, end: 5 });
    // 70 % + 80 / 400 - 100 %.
    expect(earnedGrowth).toMatchObject({ value: -0.1, low: -0.1, high: -0.1, earnedNew: 80, boughtNew: 40, unknownNew: 0 });
  });

  it('loses nothing gross where 50 were added to 100 and taken off again', () => {
    const { grr, nrr, waterfall } = figuresFrom([paying, changed('a', '2026-08-01', 150), changed('a', '2026-09-01', 100)]);
    expect([grr.value, nrr.value, waterfall.expansion, waterfall.contraction]).toEqual([1, 1, 50, 50]);
  });

  it('has who ends one of two subscriptions contract, and who ends both churn', () => {
    const two = [paying, started('a', '2026-01-11', 40, { subscription: 'S-2' })];
    expect(ledgersFrom([...two, ended('a', '2026-08-01', 'S-2')])[0]!.movements).toMatchObject([{ kind: 'contraction', amount: 40, before: 140, after: 100, subscriptions: [{ subscription: 'S-2', amount: -40 }] }]);
    expect(ledgersFrom([...two, ended('a', '2026-08-01', 'S-2'), ended('a', '2026-08-02')])[0]!.movements.map(({ kind, amount }) => [kind, amount])).toEqual([['contraction', 40], ['churn', 100]]);
  });

  it('counts months twelve times and quarters four', () => {
    const monthly = (interval: string) => figuresFrom([told('a', '2026-01-01', 'subscription.started', { subscription: 'S', recurring: { amount: 100, currency: 'EUR' }, interval, termMonths: 36 })]).waterfall.start;
    expect([monthly('month'), monthly('quarter'), monthly('year')]).toEqual([1200, 400, 100]);
  });

  it('names the facts of a movement, and takes an exchange within the hour for one', () => {
    const swap = [paying, ended('a', '2026-08-01T10:00:00.000Z'), started('a', '2026-08-01T10:45:00.000Z', 120, { subscription: 'S-new' })];
    expect(ledgersFrom(swap)[0]!.movements).toMatchObject([{ kind: 'expansion', amount: 20, events: [{ type: 'subscription.ended' }, { type: 'subscription.started' }] }]);
    expect(ledgersFrom(swap, { policy: { groupMinutes: 0 } })[0]!.movements.map(({ kind }) => kind)).toEqual(['churn', 'reactivation']);
  });

  it('takes changes within an hour of the first for one, the sixtieth minute too, and never across the begin of the period', () => {
    const at = (...times: readonly string[]) => ledgersFrom([paying, ...times.map((time, place) => changed('a', `2026-08-01T${time}:00.000Z`, 110 + 10 * place))])[0]!.movements.map(({ amount }) => amount);
    expect([at('10:00', '11:00'), at('10:00', '11:01'), at('10:00', '10:40', '11:20')]).toEqual([[20], [10, 10], [20, 10]]);
    const first = [paying, changed('a', '2026-07-01T00:00:00.000Z', 110), changed('a', '2026-07-01T00:30:00.000Z', 120)];
    expect(ledgersFrom(first)[0]!.movements.map(({ amount }) => amount)).toEqual([20]);
    const across = [paying, ended('a', '2026-06-30T23:30:00.000Z'), started('a', '2026-07-01T00:00:00.000Z', 120, { subscription: 'S-new' })];
    expect(ledgersFrom(across)[0]).toMatchObject({ start: { amount: 0 }, end: { amount: 120 }, movements: [{ kind: 'reactivation', amount: 120, before: 0 }] });
  });

  it('counts the first instant of the period as in it, and the first after it as not', () => {
    const from = (instant: string) => { const { start, new: fresh, end } = figuresFrom([started('a', instant, 100)]).waterfall; return [start, fresh, end]; };
    expect(['2026-06-30T23:59:59.999Z', '2026-07-01T00:00:00.000Z', '2026-09-30T23:59:59.999Z', '2026-10-01T00:00:00.000Z'].map(from)).toEqual([[100, 0, 100], [0, 100, 100], [0, 100, 100], [0, 0, 0]]);
  });

  it('takes the channel of the last sale in the period for how a customer came', () => {
    const sold = (at: string, channel: string) => told('d', at, 'sale.won', { opportunity: `O-${at}`, channel });
    const earned = (...sales: Parameters<typeof figuresFrom>[0]) => { const { earnedNew, boughtNew } = figuresFrom([paying, started('d', '2026-07-10', 80), ...sales]).earnedGrowth; return [earnedNew, boughtNew]; };
    expect(earned(sold('2026-07-01', 'advertising'), sold('2026-07-09', 'referral'))).toEqual([80, 0]);
    // What is sold after the quarter says nothing of it, though it is known by now.
    expect(earned(sold('2026-07-09', 'advertising'), sold('2026-10-05', 'referral'))).toEqual([0, 80]);
  });

  it('says what is missing, and never 0, where nobody paid or nothing was due', () => {
    const { nrr, grr, grossRenewalRate, logoChurn, earnedGrowth } = figuresFrom([]);
    for (const each of [nrr, grr, logoChurn, earnedGrowth]) expect(each).toMatchObject({ value: null, missing: expect.stringContaining('subscription.started') });
    expect(grossRenewalRate).toMatchObject({ value: null, missing: expect.stringContaining('renewsOn') });
    // Nobody said how b came: bought, 100 % - 100 %; or earned, 50 % more.
    expect(figuresFrom([paying, started('b', '2026-08-01', 50)]).earnedGrowth).toMatchObject({ value: null, low: 0, high: 0.5, missing: expect.stringContaining('sale.won') });
  });
});

describe('A policy of revenue', () => {
  const back = [paying, started('b', '2026-01-10', 100), ended('b', '2026-07-10'), told('b', '2026-09-10', 'subscription.resumed', { subscription: 'S-b' })];

  it('tells returns apart, as expansion, or takes them off churn; after too long they are new', () => {
    const bars = (policy: object) => { const { expansion, churn, reactivation, new: fresh } = figuresFrom(back, { policy }).waterfall; return { expansion, churn, reactivation, fresh }; };
    expect(bars({})).toEqual({ expansion: 0, churn: 100, reactivation: 100, fresh: 0 });
    expect(bars({ reactivation: 'expansion' })).toEqual({ expansion: 100, churn: 100, reactivation: 0, fresh: 0 });
    expect(bars({ reactivation: 'net' })).toEqual({ expansion: 0, churn: 0, reactivation: 0, fresh: 0 });
    expect(bars({ reactivationDays: 62 })).toMatchObject({ reactivation: 100 });
    expect(bars({ reactivationDays: 61 })).toEqual({ expansion: 0, churn: 100, reactivation: 0, fresh: 100 });
    // Away twice: the days are those since the last time.
    const resumed = (at: string) => told('b', at, 'subscription.resumed', { subscription: 'S-b' });
    expect(figuresFrom([started('b', '2026-01-10', 100), ended('b', '2026-02-01'), resumed('2026-03-01'), ended('b', '2026-07-10'), resumed('2026-09-10')], { policy: { reactivationDays: 62 } }).waterfall).toMatchObject({ churn: 100, reactivation: 100, new: 0 });
  });

  it('books churn as the subscription ends, or as notice is given; a notice taken back is no churn at the end', () => {
    const notice = [paying, told('a', '2026-06-01', 'subscription.cancellation-requested', { subscription: 'S-a', effectiveOn: '2026-09-01' }), ended('a', '2026-09-01')];
    expect([figuresFrom(notice).waterfall.churn, figuresFrom(notice, { policy: { churnAt: 'notice' } }).waterfall]).toMatchObject([100, { start: 0, churn: 0 }]);
    const withdrawn = [...notice.slice(0, 2), told('a', '2026-08-01', 'subscription.cancellation-withdrawn', { subscription: 'S-a' })];
    expect([figuresFrom(withdrawn).nrr.value, figuresFrom(withdrawn, { policy: { churnAt: 'notice' } }).waterfall.reactivation]).toEqual([1, 100]);
  });

  it('converts both ends at the same rate, so that a change of currency of the contract moves and a rate does not', () => {
    const dollars = [started('a', '2026-01-01', 1000, { currency: 'USD' }), started('b', '2026-01-01', 5000, { currency: 'JPY' })];
    // 10.00 USD at 0.9 are 9.00 EUR; 5000 JPY at 0.006 are 30.00 EUR.
    expect(figuresFrom(dollars, { rates: { USD: 0.9, JPY: 0.006 } }).waterfall).toMatchObject({ start: 3900, expansion: 0, contraction: 0, end: 3900 });
    expect(ledgersFrom(dollars, { rates: { USD: 0.9 } })[1]!.start).toMatchObject({ amount: 0, parts: [{ native: { amount: 5000, currency: 'JPY' }, amount: null }] });
    expect(figuresFrom([...dollars, changed('a', '2026-08-01', 1000)], { rates: { USD: 0.9, JPY: 0.006 } }).waterfall).toMatchObject({ expansion: 100, end: 4000 });
  });

  it('leaves agreed rises in expansion, or apart and out of NRR', () => {
    const rise = [paying, changed('a', '2026-08-01', 103, { because: 'escalator' }), changed('a', '2026-09-01', 110)];
    expect(figuresFrom(rise)).toMatchObject({ waterfall: { expansion: 10, escalator: 0 }, nrr: { value: 1.1 } });
    expect(figuresFrom(rise, { policy: { escalators: 'apart' } })).toMatchObject({ waterfall: { expansion: 7, escalator: 3, end: 110 }, nrr: { value: 1.07 }, grr: { value: 1 }, netMrrChurn: { value: -0.1 } });
  });

  it('leaves out what is paid by use, counts it, or counts it alone', () => {
    const both = [paying, started('a', '2026-01-10', 30, { subscription: 'S-use', usageBased: true })];
    expect(['excluded', 'included', 'only'].map((usage) => figuresFrom(both, { policy: { usage: usage as 'only' } }).waterfall.start)).toEqual([100, 130, 30]);
  });

  it('has a new amount count when it is told, or from the next term; a pause count nothing, or as before', () => {
    const more = [started('a', '2026-01-10', 100, { renewsOn: '2027-01-10' }), changed('a', '2026-08-01', 150)];
    expect([figuresFrom(more).waterfall.end, figuresFrom(more, { policy: { midTerm: 'at-renewal' } }).waterfall.end]).toEqual([150, 100]);
    const soon = [started('a', '2026-01-10', 100, { renewsOn: '2026-09-10' }), changed('a', '2026-08-01', 150)];
    expect(ledgersFrom(soon, { policy: { midTerm: 'at-renewal' } })[0]!.movements).toMatchObject([{ kind: 'expansion', amount: 50, at: '2026-09-10T00:00:00.000Z', events: [{ type: 'subscription.changed' }] }]);
    const risesOn = (...facts: Parameters<typeof ledgersFrom>[0]) => ledgersFrom(facts, { policy: { midTerm: 'at-renewal' } })[0]!.movements.map(({ at }) => at.slice(0, 10));
    // The term that runs is known also where it has renewed itself, or only its length was told; one that is over binds nobody.
    expect(risesOn(started('a', '2024-09-10', 100, { renewsOn: '2025-09-10', termMonths: 12, autoRenew: true }), changed('a', '2026-08-01', 150))).toEqual(['2026-09-10']);
    expect(risesOn(started('a', '2025-09-10', 100, { termMonths: 12 }), changed('a', '2026-08-01', 150))).toEqual(['2026-09-10']);
    expect(risesOn(started('a', '2024-09-10', 100, { termMonths: 12 }), changed('a', '2026-08-01', 150))).toEqual(['2026-08-01']);
    // Agreed five days after the term renewed itself, of the one that has begun.
    const late = told('a', '2026-08-20', 'renewal.renewed', { renewal: 'R', subscription: 'S-a', renewsOn: '2027-08-15', recurring: { amount: 150, currency: 'EUR' } });
    expect(risesOn(started('a', '2025-08-15', 100, { termMonths: 12, autoRenew: true }), late)).toEqual(['2026-08-20']);
    const rests = [paying, told('a', '2026-08-01', 'subscription.paused', { subscription: 'S-a' })];
    expect([figuresFrom(rests).waterfall.churn, figuresFrom(rests, { policy: { pause: 'keeps' } }).waterfall.churn]).toEqual([100, 0]);
  });

  it('has who is closed churn, but not by the closing of a customer that it has taken up', () => {
    const closed = [paying, told('a', '2026-08-01', 'customer.closed')];
    expect(figuresFrom(closed).waterfall).toMatchObject({ churn: 100, end: 0 });
    expect(figuresFrom(closed, { intoOf: { a: 'z' } }).waterfall).toMatchObject({ churn: 0, end: 100 });
    expect(figuresFrom([...closed, told('a', '2026-09-01', 'customer.registered', { name: 'A' })]).waterfall).toMatchObject({ churn: 100, reactivation: 100, end: 100 });
  });
});
