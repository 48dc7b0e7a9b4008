import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Mention, painsOf, severityOfTicket } from './pain.js';

const on = (day: number) => `2026-11-${String(day).padStart(2, '0')}T09:00:00.000Z`;
const said = (theme: string, customer: string, day: number, severity: number): Mention => ({ theme, customer, at: on(day), severity, of: { kind: 'survey', id: `${theme}${customer}${day}` } });
const euros: Readonly<Record<string, number>> = { a: 1_000, b: 10_000, c: 500 };
const arrOf = (customer: string) => (euros[customer] === undefined ? null : { amount: euros[customer], currency: customer === 'c' ? 'USD' : 'EUR' });
const options = { from: on(1), until: on(29), customers: 10, arrOf };

describe('Points of pain', () => {
  it('are frequency x severity x amount, summed over mentions, worst first', () => {
    const [price, speed] = painsOf([said('speed', 'a', 2, 1), said('speed', 'a', 20, 0.5), said('speed', 'z', 21, 1), said('price', 'b', 3, 0.5), said('price', 'c', 4, 1)], options);
    expect(price).toMatchObject({ theme: 'price', mentions: 2, pain: { amount: 5_000, currency: 'EUR' }, arr: [{ amount: 10_000, currency: 'EUR' }, { amount: 500, currency: 'USD' }], customers: { n: 10, value: 0.2 } });
    expect(speed).toMatchObject({ theme: 'speed', mentions: 3, pain: { amount: 1_500 }, severity: { n: 3 }, firstAt: on(2), ageDays: 27, trend: { before: 1, after: 2, says: 'steady' } });
  });

  it('grow or fade only beyond chance', () => {
    const many = (days: readonly number[]) => painsOf(days.map((day) => said('x', 'a', day, 1)), options)[0]!.trend.says;
    expect([many([20, 21, 22, 23, 24, 25]), many([1, 2, 3, 4, 5, 6]), many([20, 21])]).toEqual(['growing', 'fading', 'steady']);
  });

  it('sum up: each mention stands in one theme, and no order matters', () => {
    const mentions = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('a', 'b', 'c', 'z'), fc.integer({ min: 1, max: 28 }), fc.double({ min: 0, max: 1, noNaN: true })).map(([theme, customer, day, severity]) => said(theme, customer, day, severity)));
    fc.assert(fc.property(mentions, (all) => {
      const pains = painsOf(all, options);
      expect(pains.reduce((total, pain) => total + pain.mentions, 0)).toBe(all.length);
      expect(painsOf(all.toReversed(), options).map(({ theme, pain }) => [theme, pain])).toEqual(pains.map(({ theme, pain }) => [theme, pain]));
      for (const { trend, mentions: count, severity } of pains) expect(trend.before + trend.after === count && severity.value! >= 0 && severity.value! <= 1).toBe(true);
    }));
  });

  it('weigh a ticket by its priority, and most where it came back or was escalated', () => {
    expect([severityOfTicket({ priority: 'low', reopened: 0, escalated: 0 }), severityOfTicket({ priority: null, reopened: 0, escalated: 0 }), severityOfTicket({ priority: 'low', reopened: 1, escalated: 0 })]).toEqual([0.25, 0.5, 1]);
  });
});
