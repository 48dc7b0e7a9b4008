import { describe, expect, it } from '@jest/globals';
import { fact, TODAY } from '../testing/facts.js';
import { readSignal } from '../testing/read-signal.js';

const told = (what: string, days: number, subscription: string, more = {}) => fact(`subscription.${what}`, days, { subscription, ...more });
const growth = (...events: ReturnType<typeof fact>[]) => readSignal('seatGrowth', events, { isBad: (value) => value < 0 });

describe('The growth of seats', () => {
  it('compares with 180 days ago: 30 of 40 left are a quarter fewer, since the day they went', () => {
    const events = [told('started', 400, 'a', { seats: 40 }), told('changed', 50, 'a', { seats: 30 })];
    expect(growth(...events)).toEqual({ value: -25, refs: [expect.any(Number)], age: 50, since: TODAY - 50, what: '30 seats, 25 % fewer than 180 days ago' });
    expect(readSignal('seatGrowth', events, { day: TODAY - 51 })).toMatchObject({ value: 0, what: '40 seats, as many as 180 days ago' });
  });

  it('adds subscriptions; paused and ended ones count none, and what was bought on the 180th day is no growth', () => {
    const first = told('started', 400, 'a', { seats: 10 });
    expect(growth(first, told('started', 180, 'b', { seats: 10 }))).toMatchObject({ value: 0 });
    expect(growth(first, told('started', 179, 'b', { seats: 10 }))).toMatchObject({ value: 100, what: '20 seats, 100 % more than 180 days ago' });
    expect(growth(first, told('started', 300, 'b', { seats: 30 }), told('paused', 20, 'b'))).toMatchObject({ value: -75, since: TODAY - 20 });
    expect(growth(first, told('ended', 3, 'a', { reason: 'price' }))).toMatchObject({ value: -100, what: 'no seats, 100 % fewer than 180 days ago' });
  });

  it('is unknown where no subscription names seats, or none were paid for then', () => {
    expect(growth(told('started', 400, 'a'))).toEqual({ missing: 'no subscription names seats' });
    expect(growth(told('started', 100, 'a', { seats: 5 }))).toEqual({ missing: 'no seats were paid for 180 days ago' });
  });
});
