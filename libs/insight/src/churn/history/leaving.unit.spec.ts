import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { foldEvents } from '../../fold-events.js';
import { ago, fact, TODAY, utc } from '../../testing/facts.js';
import { customerSpells, standingOf } from './leaving.js';

type Told = [days: number, type: string, data?: Record<string, unknown>];
const story = (...told: Told[]): JourneyEvent[] => told.map(([days, type, data = {}], place) => fact(type, days, { subscription: 'S', ...data }, { n: place + 1 }));
const started = (days: number, more = {}): Told => [days, 'subscription.started', { recurring: { amount: 100_00, currency: 'EUR' }, interval: 'month', ...more }];
const spells = (...told: Told[]) => customerSpells(foldEvents(story(...told), utc), TODAY).map(({ from, effect, notice, decision, cause }) => ({
  from: TODAY - from, effect: effect && TODAY - effect.day, notice: notice && [TODAY - notice.day, notice.n], decision: decision && TODAY - decision.day, cause,
}));
const standing = (...told: Told[]) => standingOf(foldEvents(story(...told), utc), TODAY).standing;

describe('When a customer leaves', () => {
  it('decision, notice and effect are three days', () => {
    expect(spells(started(400), [100, 'renewal.opened', { renewal: 'R', dueOn: ago(-20) }], [60, 'renewal.decided', { renewal: 'R', decision: 'no' }], [50, 'subscription.cancellation-requested', { effectiveOn: ago(10) }], [9, 'subscription.ended', { reason: 'payment' }]))
      .toEqual([{ from: 400, effect: 9, notice: [60, 3], decision: 60, cause: 'payment' }]);
    expect(spells(started(400), [100, 'renewal.opened', { renewal: 'R', dueOn: ago(-20) }], [60, 'renewal.decided', { renewal: 'R', decision: 'no' }]))
      .toEqual([{ from: 400, effect: -20, notice: [60, 3], decision: 60, cause: null }]);
  });

  it('an end without a word before is its own notice', () => {
    expect(spells(started(400), [30, 'subscription.ended', { reason: 'bad-fit' }])).toEqual([{ from: 400, effect: 30, notice: [30, 2], decision: null, cause: 'bad-fit' }]);
  });

  it('a notice that is withdrawn, or followed by a renewal, is none', () => {
    for (const type of ['subscription.cancellation-withdrawn', 'renewal.renewed']) {
      expect(spells(started(400), [50, 'subscription.cancellation-requested', { effectiveOn: ago(-9) }], [40, type, { renewal: 'R', renewsOn: ago(-300) }])).toEqual([{ from: 400, effect: null, notice: null, decision: null, cause: null }]);
    }
  });

  it('takes the renewal date as the effect of a notice that names none', () => {
    expect(spells(started(400, { renewsOn: ago(-30) }), [50, 'subscription.cancellation-requested'])).toMatchObject([{ effect: -30, notice: [50, 2] }]);
  });

  it('is when the last of several subscriptions goes, and not while one of them has no notice', () => {
    expect(spells(started(400), started(300, { subscription: 'T' }), [90, 'subscription.ended', { reason: 'voluntary' }])).toMatchObject([{ effect: null, notice: null }]);
    expect(spells(started(400), started(300, { subscription: 'T' }), [90, 'subscription.ended', { reason: 'voluntary' }], [20, 'subscription.ended', { subscription: 'T', reason: 'payment' }]))
      .toMatchObject([{ from: 400, effect: 20, notice: [20, 4], cause: 'payment' }]);
  });

  it('a break of 30 days is none, one of 31 days is', () => {
    const ended = (days: number): Told => [days, 'subscription.ended', { reason: 'other' }];
    expect(spells(started(400), ended(130), started(100))).toMatchObject([{ from: 400, effect: null }]);
    expect(spells(started(400), ended(131), started(100))).toMatchObject([{ from: 400, effect: 131 }, { from: 100, effect: null }]);
  });

  it('a term that ends without a word counts as lapsed after 30 days of grace, where it does not renew by itself', () => {
    const term = (days: number, autoRenew: boolean): Told => started(400, { renewsOn: ago(days), autoRenew });
    expect(spells(term(31, false))).toMatchObject([{ effect: 31, notice: [31, 1], cause: 'voluntary' }]);
    expect(spells(term(30, false))).toMatchObject([{ effect: null }]);
    expect(spells(term(31, true))).toMatchObject([{ effect: null }]);
    expect(spells(started(400), [20, 'renewal.lapsed', { renewal: 'R' }])).toMatchObject([{ effect: 20, cause: 'voluntary' }]);
  });

  it('who is closed has left', () => {
    expect(spells([500, 'customer.registered', { name: 'A' }], started(400), [10, 'customer.closed'])).toMatchObject([{ effect: 10, notice: [10, 3] }]);
  });

  it('says how somebody stands', () => {
    expect(standing([10, 'ticket.opened', { ticket: 'T' }])).toBe('prospect');
    expect(standing(started(400))).toBe('running');
    expect(standing(started(400), [50, 'subscription.cancellation-requested', { effectiveOn: ago(-9) }])).toBe('notice');
    expect(standing(started(400), [50, 'subscription.cancellation-requested', { effectiveOn: ago(0) }])).toBe('left');
    expect(standing(started(400), [50, 'subscription.ended', { reason: 'merger' }])).toBe('left');
  });
});
