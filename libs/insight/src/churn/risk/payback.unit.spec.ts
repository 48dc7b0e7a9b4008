import { describe, expect, it } from '@jest/globals';
import { fact, TODAY, utc } from '../../testing/facts.js';
import { paybackOf } from './payback.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const won = fact('cost.acquisition-cost-recorded', 400, { amount: eur(500_000) }, { n: 1 });
/** 12,000.00 a year, for 365 days. */
const started = fact('subscription.started', 365, { subscription: 'S', recurring: eur(100_000), interval: 'month' }, { n: 2 });
const served = (amount: number) => fact('cost.service-cost-recorded', 100, { amount: eur(amount) }, { n: 3 });
const paid = [fact('invoice.issued', 50, { invoice: 'I', amount: eur(70_000) }, { n: 4 }), fact('invoice.paid', 40, { invoice: 'I' }, { n: 5 })];
const open = fact('invoice.issued', 20, { invoice: 'J', amount: eur(90_000) }, { n: 6 });

describe('What came back of what winning a customer cost', () => {
  const payback = (...events: Parameters<typeof paybackOf>[0]) => paybackOf(events, TODAY, utc);

  it('is what was paid less what serving cost; an invoice that is open brought nothing', () => {
    expect(payback(won, started, served(20_000), ...paid, open)).toEqual([{ currency: 'EUR', spent: 500_000, recovered: 50_000, unrecovered: 450_000, basis: 'payments', refs: [1, 3, 4, 5] }]);
  });

  it('counts what was paid without tax, where that is told, less what was credited', () => {
    // 700.00 gross were 560.00 net, four fifths; 70.00 credited are 56.00 of these.
    const [issued, payment] = [fact('invoice.issued', 50, { invoice: 'I', amount: eur(70_000), net: eur(56_000) }, { n: 4 }), paid[1]!];
    expect(payback(won, issued, payment, fact('invoice.credited', 30, { invoice: 'I', amount: eur(7_000) }, { n: 6 }))).toMatchObject([{ recovered: 50_400, refs: [1, 4, 5, 6] }]);
  });

  it('is what the subscription came to where no payment is known', () => {
    expect(payback(won, started)).toEqual([{ currency: 'EUR', spent: 500_000, recovered: 1_200_000, unrecovered: 0, basis: 'subscription', refs: [1] }]);
    expect(payback(won, started, served(900_000))).toMatchObject([{ recovered: 300_000, unrecovered: 200_000, basis: 'subscription' }]);
  });

  it('is never less than nothing of it: serving that cost more than came in leaves all of it open', () => {
    expect(payback(won, served(20_000))).toMatchObject([{ recovered: -20_000, unrecovered: 500_000 }]);
  });

  it('is told of currencies in which winning them cost something, and counts no other', () => {
    expect(payback(started, ...paid)).toEqual([]);
    const abroad = fact('cost.service-cost-recorded', 9, { amount: { amount: 7_000, currency: 'USD' } }, { n: 7 });
    expect(payback(won, abroad, ...paid)).toMatchObject([{ currency: 'EUR', recovered: 70_000 }]);
    expect(paybackOf([won, ...paid, served(20_000)], TODAY - 45, utc)).toMatchObject([{ recovered: -20_000, basis: 'subscription' }]);
  });
});
