import { describe, expect, it } from '@jest/globals';
import type { Card } from '../cards/card.js';
import { only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { dayCounter, dayOfDate } from '../day.js';
import { foldEvents } from '../fold-events.js';
import { profileOf } from '../profile.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { healthAt } from './health-at.js';
import { healthDifference } from './health-difference.js';
import { healthHistory } from './health-history.js';

const now = `${ago(0)}T23:59:59.999Z`;
const options = { asOf: now, knownAt: now, dayOf: utc };

/** A card on which the days since the last conversation are the points lost. */
const dayByDay: Card = {
  ...firstScorecard, measures: firstScorecard.measures.map((one) => (one.id === 'contact'
    ? { ...one, weight: 100, curve: { kind: 'line' as const, points: [[0, 1], [100, 0]] as const } } : { ...one, weight: 0, ceilings: [] })),
};

describe('At the edges', () => {
  it('a score on an edge belongs to the upper band, one hundredth below does not', () => {
    const called = (days: number) => healthAt([fact('engagement.call-held', days, { twoWay: true })], only({ ...dayByDay, bands: { ...dayByDay.bands, margin: 0 } }), options);
    expect([called(30), called(31), called(55), called(56)].map(({ score, band }) => [score.score, band])).toEqual([
      [7_000, 'healthy'], [6_900, 'watch'], [4_500, 'watch'], [4_400, 'at-risk'],
    ]);
  });

  it('the margin is judged at day closes: healthy until 67, healthy again from 73', () => {
    const call = [fact('engagement.call-held', 40, { twoWay: true })];
    const points = healthHistory(call, only(dayByDay), { from: TODAY - 40, to: TODAY, stepDays: 1, knownAt: now, dayOf: utc });
    expect(points.filter(({ band }, index) => band !== points[index - 1]?.band).map(({ day, score, band }) => [TODAY - day, score, band])).toEqual([[40, 10_000, 'healthy'], [6, 6_600, 'watch']]);
  });

  it('a customer of one day has a score if enough is known, no band before, and a difference from nothing', () => {
    const first = [fact('engagement.call-held', 0, { twoWay: true })];
    expect(healthAt(first, only(dayByDay), options)).toMatchObject({ band: 'healthy', closedAs: null, score: { score: 10_000, dataAge: 0 } });
    expect(healthAt(first, only(firstScorecard), options)).toMatchObject({ band: 'unknown', score: { coverage: 5 } });
    const { from, to, lines } = healthDifference(first, only(dayByDay), { from: `${ago(1)}T12:00:00Z`, to: now, knownAt: now, dayOf: utc });
    expect([from, to, lines.map(({ points }) => points)]).toEqual([null, 10_000, [10_000]]);
  });

  it('a customer that was closed has ended, until it is registered again', () => {
    const status = (events: Parameters<typeof foldEvents>[0]) => profileOf(foldEvents(events, utc), TODAY).status;
    const closed = [fact('customer.registered', 50, { name: 'Acme' }), fact('ticket.opened', 40, { ticket: 'T' }), fact('customer.closed', 9, {})];
    expect([status(closed), status([...closed, fact('customer.registered', 3, { name: 'Acme' })])]).toEqual(['ended', 'active']);
  });

  it('days begin at midnight of the tenant, also on the days of 25 and 23 hours in Berlin', () => {
    const berlin = dayCounter('Europe/Berlin');
    const called = (instant: string, date: string) => {
      const event = { ...fact('engagement.call-held', 0, { twoWay: true }), occurredAt: instant, observedAt: instant };
      const day = dayOfDate(date);
      return healthHistory([event], only(dayByDay), { from: day, to: day + 2, stepDays: 1, knownAt: '2027-12-31T00:00:00Z', dayOf: berlin }).map(({ score }) => score);
    };
    expect([called('2026-10-25T22:59:59Z', '2026-10-25'), called('2026-10-25T23:00:00Z', '2026-10-25')]).toEqual([[10_000, 9_900, 9_800], [null, 10_000, 9_900]]);
    expect([called('2026-03-29T21:59:59Z', '2026-03-29'), called('2026-03-29T22:00:00Z', '2026-03-29')]).toEqual([[10_000, 9_900, 9_800], [null, 10_000, 9_900]]);
  });
});
