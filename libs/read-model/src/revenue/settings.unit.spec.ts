import { describe, expect, it } from '@jest/globals';
import { dayOfDate, usualRevenuePolicy } from '#insight';
import { ratesFor, type RevenueSettings } from './settings.js';

const declared = (on: string, rate: number) => ({ currency: 'EUR', on, rates: { USD: rate }, event: { source: 's', id: on, on } });
const settings: RevenueSettings = { policy: usualRevenuePolicy, decided: null, rates: [declared('2026-06-01', 0.9), declared('2026-08-01', 0.8)] };
const on = (day: string, currency: string | null = null) => ratesFor(settings, dayOfDate(day), currency, 'CHF');

describe('Rates of a period', () => {
  it('are those in force as it begins; before the first there are none, and what is reported in stays', () => {
    expect([on('2026-06-01'), on('2026-07-31'), on('2026-08-01')].map((rates) => rates?.rates)).toEqual([{ USD: 0.9 }, { USD: 0.9 }, { USD: 0.8 }]);
    expect(on('2026-05-31')).toEqual({ currency: 'EUR', rates: {}, event: null });
  });

  it('lead to another currency by way of the one they were declared in, or not at all', () => {
    expect(on('2026-08-01', 'USD')?.rates).toEqual({ EUR: 1.25 });
    expect(on('2026-08-01', 'JPY')).toEqual({ currency: 'JPY', rates: {}, event: null });
    expect(ratesFor({ ...settings, rates: [] }, 0, null, 'CHF')).toEqual({ currency: 'CHF', rates: {}, event: null });
  });
});
