import { describe, expect, it } from '@jest/globals';
import { majorUnits, minorDigits } from './currency.js';

describe('Money', () => {
  it('has as many digits after the point as ISO 4217 says, also where shops round', () => {
    expect(['EUR', 'JPY', 'KWD', 'CLF', 'HUF', 'IDR', 'IQD', 'ISK', 'MGA'].map(minorDigits)).toEqual([2, 0, 3, 4, 2, 2, 3, 0, 2]);
  });

  it('is told in whole units of its own currency', () => {
    expect([['EUR', 4_500], ['JPY', 4_500], ['BHD', 4_500]].map(([currency, amount]) => majorUnits({ currency: currency as string, amount: amount as number }))).toEqual([45, 4_500, 4.5]);
  });
});
