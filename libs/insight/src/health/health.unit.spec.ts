import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { bandOf, type Band } from '../score/band.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { closeOf } from './closes.js';
import { healthAt, knownEvents } from './health-at.js';
import { healthDifference } from './health-difference.js';
import { healthHistory } from './health-history.js';

const endOf = (days: number) => `${ago(days)}T23:59:59.999Z`;
const now = endOf(0);
const at = (events: readonly JourneyEvent[], asOf = now, knownAt = now) => healthAt(events, only(firstScorecard), { asOf, knownAt, dayOf: utc });
const countAt = (events: readonly JourneyEvent[], asOf: string) => knownEvents(events, now).filter(({ occurredAt }) => occurredAt <= asOf).length;
const sum = (lines: readonly { points: number }[]) => lines.reduce((total, { points }) => total + points, 0);

describe('Health as of an instant', () => {
  it('is not moved by anything that happened later', () => {
    fc.assert(fc.property(correctedHistories(), fc.nat(300), (events, days) => {
      const corrections = events.filter(({ type }) => type.startsWith('record.'));
      fc.pre(corrections.length === 0);
      const earlier = events.filter(({ occurredAt }) => occurredAt <= endOf(days));
      expect(at(events, endOf(days))).toEqual(at(earlier, endOf(days)));
    }));
  });

  it('is not moved by anything that was known later, corrections included', () => {
    const ticket = fact('ticket.opened', 40, { ticket: 'T' });
    const late = fact('ticket.escalated', 30, { ticket: 'T' }, { observedAt: endOf(10) });
    const back = fact('record.retracted', 5, { events: [{ source: 'test', id: ticket.id }], reason: 'slip' });
    const all = [ticket, late, back];
    expect(at(all, endOf(20), endOf(20))).toEqual(at([ticket], endOf(20), endOf(20)));
    expect(at(all, endOf(20), endOf(8)).score).toEqual(at([ticket, late], endOf(20), endOf(20 - 12)).score);
    expect(at(all, endOf(20), now)).toEqual(at([late], endOf(20), now));
  });

  it('includes what happened and was known at that very instant', () => {
    const event = fact('ticket.opened', 3, { ticket: 'T' });
    expect(at([event], event.occurredAt, event.observedAt).score.coverage).toBeGreaterThan(0);
    expect(at([event], new Date(Date.parse(event.occurredAt) - 1).toISOString()).score.coverage).toBe(0);
    expect(at([event], now, new Date(Date.parse(event.observedAt) - 1).toISOString()).score.coverage).toBe(0);
  });

  it('says whether we saw it ourselves or have an import\'s word', () => {
    expect(at([fact('ticket.opened', 3, { ticket: 'T' })]).knowledge).toBe('witnessed');
    expect(at([fact('ticket.opened', 3, { ticket: 'T' }), fact('ticket.closed', 2, { ticket: 'T' }, { witnessed: false })]).knowledge).toBe('declared');
  });

  it('does not depend on the order in which the events are given', () => {
    const shuffled = correctedHistories(30).chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    fc.assert(fc.property(shuffled, ([events, mixed]) => expect(at(mixed)).toEqual(at(events))));
  });
});

describe('The band', () => {
  /** The definition: a step per day from the first fact on. */
  function slowly(events: readonly JourneyEvent[], day: number): Band | null {
    let band: Band | null = null;
    for (let close = TODAY - 100; close <= day; close++) {
      const days = TODAY - close;
      if (countAt(events, endOf(days)) > 0) band = bandOf(at(events, endOf(days)).score, band, firstScorecard);
    }
    return band;
  }

  it('at a close is what stepping through every day since the first fact gives', () => {
    fc.assert(fc.property(correctedHistories(60), fc.nat(30), (all, days) => {
      const events = all.filter(({ occurredAt }) => occurredAt > endOf(100));
      expect(closeOf(knownEvents(events, now), only(firstScorecard), TODAY - days, utc)).toBe(slowly(events, TODAY - days));
    }), { numRuns: 6 });
  });

  it('stays where it was while the score hovers near an edge, however long', () => {
    const card = { ...firstScorecard, measures: firstScorecard.measures.map((one) => (one.id === 'contact'
      ? { ...one, weight: 100, ceilings: [], curve: { kind: 'line' as const, points: [[0, 0.8], [200, 0.68]] as const } } : { ...one, weight: 0 })) };
    const events = [fact('engagement.call-held', 200, { twoWay: true })];
    const bands = (days: number) => healthAt(events, only(card), { asOf: endOf(days), knownAt: now, dayOf: utc });
    // 80 points falling by 0.06 a day: 73 on day 116, 70 on day 166, 68 on day 200.
    expect(bands(0)).toMatchObject({ band: 'healthy', closedAs: 'healthy', score: { score: 6800 } });
    expect(bandOf(bands(0).score, null, card)).toBe('watch');
  });

  it('of today is judged from yesterday\'s close', () => {
    const events = [fact('subscription.started', 90, { subscription: 's' }), fact('ticket.opened', 9, { ticket: 'T' }), fact('ticket.closed', 8, { ticket: 'T' }),
      fact('usage.reported', 2, { from: ago(8), to: ago(2), licensed: 10, active: 9 }), fact('engagement.call-held', 3, { twoWay: true }), fact('subscription.cancellation-requested', 0, { subscription: 's' })];
    expect(at(events)).toMatchObject({ band: 'at-risk', closedAs: 'healthy' });
  });

  it('before the first fact there is none', () => {
    expect(closeOf([fact('ticket.opened', 3, { ticket: 'T' })], only(firstScorecard), TODAY - 4, utc)).toBeNull();
    expect(at([])).toMatchObject({ band: 'unknown', closedAs: null });
  });
});

describe('The history', () => {
  it('says for each day what health as of its close says', () => {
    fc.assert(fc.property(correctedHistories(40), fc.integer({ min: 1, max: 9 }), (events, stepDays) => {
      const from = TODAY - 60;
      const points = healthHistory(events, only(firstScorecard), { from, to: TODAY, stepDays, knownAt: now, dayOf: utc });
      expect(points.map(({ day }) => day)).toEqual(Array.from({ length: Math.floor(60 / stepDays) + 1 }, (_, index) => from + index * stepDays));
      for (const { day, score, coverage, band } of points) {
        const then = at(events, endOf(TODAY - day));
        expect([day, then.score.score, then.score.coverage, then.band]).toEqual([day, score, coverage, band]);
      }
    }), { numRuns: 40 });
  });

  it('of 10,000 events over a year is one pass, not one per day', () => {
    const events = Array.from({ length: 10_000 }, (_, index) => fact(['ticket.opened', 'ticket.escalated', 'ticket.resolved', 'ticket.reopened'][index % 4]!, 365 - Math.floor(index / 28), { ticket: `T${Math.floor(index / 4)}` }));
    const timed = (work: () => void) => {
      const start = performance.now();
      work();
      return performance.now() - start;
    };
    const history = () => healthHistory(events, only(firstScorecard), { from: TODAY - 364, to: TODAY, stepDays: 1, knownAt: now, dayOf: utc });
    const once = Math.min(...[1, 2, 3].map(() => timed(() => at(events))));
    expect(history()).toHaveLength(365);
    // Against the machine's own speed: answering day by day would cost about 200 times one answer.
    expect(timed(history)).toBeLessThan(40 * once);
  });

  it('refuses a step of nothing', () => {
    expect(() => healthHistory([], only(firstScorecard), { from: 1, to: 2, stepDays: 0, knownAt: now, dayOf: utc })).toThrow(RangeError);
  });
});

describe('The difference of two scores', () => {
  it('is the sum of its lines, whatever happened, and every line is the sum of its measures', () => {
    fc.assert(fc.property(correctedHistories(), fc.nat(400), fc.nat(400), (events, one, other) => {
      const [first, last] = [Math.max(one, other), Math.min(one, other)];
      const difference = healthDifference(events, only(firstScorecard), { from: endOf(first), to: endOf(last), knownAt: now, dayOf: utc });
      expect(difference.from).toBe(at(events, endOf(first)).score.score);
      expect(difference.to).toBe(at(events, endOf(last)).score.score);
      expect(sum(difference.lines)).toBe((difference.to ?? 0) - (difference.from ?? 0));
      for (const line of difference.lines) if (line.kind === 'event') expect(sum(line.measures)).toBe(line.points);
      const counted = countAt(events, endOf(last)) - countAt(events, endOf(first));
      expect(difference.lines.filter(({ kind }) => kind === 'event').length + difference.without).toBe(counted);
    }), { numRuns: 200 });
  });

  it('names the event, its signed points and the measures it moved, and passing time apart', () => {
    // Open and ageing tickets, reopenings and escalations weigh 14, silence 6. A ticket is open for 10 days, then escalated: 4 x 0.6 of 20 is 12 points.
    const events = [fact('ticket.opened', 10, { ticket: 'T' }), fact('ticket.escalated', 4, { ticket: 'T' }, { n: 42 }), fact('cost.service-cost-recorded', 3, { amount: { amount: 1, currency: 'EUR' } })];
    const { from, to, lines, without } = healthDifference(events, only(firstScorecard), { from: endOf(5), to: endOf(0), knownAt: now, dayOf: utc });
    expect([from, to, without]).toEqual([10_000, 8_800, 1]);
    expect(lines).toEqual([{
      kind: 'event', n: 42, type: 'ticket.escalated', occurredAt: events[1]!.occurredAt, points: -1200, measures: [{ id: 'escalated', points: -1200 }],
      say: 'A ticket was escalated on 19 Nov and cost 12 points: 1 escalation in 60 days.',
    }]);
  });

  it('gives one line per measure to passing time', () => {
    const events = [fact('ticket.opened', 90, { ticket: 'T' }), fact('ticket.closed', 80, { ticket: 'T' })];
    const { lines } = healthDifference(events, only(firstScorecard), { from: endOf(62), to: endOf(53), knownAt: now, dayOf: utc });
    // Silence since day 90: 28 days then 37, 14/46 then 23/46 of 6/20 lost.
    expect(lines).toEqual([{ kind: 'time', measure: 'silence', points: -587, say: 'As time passed, silence cost 5.9 points.' }]);
  });

  it('refuses to run backward', () => {
    expect(() => healthDifference([], only(firstScorecard), { from: now, to: endOf(1), knownAt: now, dayOf: utc })).toThrow(RangeError);
  });
});
