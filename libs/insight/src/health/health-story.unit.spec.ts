import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { healthAt } from './health-at.js';
import { healthDifference } from './health-difference.js';
import { healthHistory } from './health-history.js';
import { healthStory } from './health-story.js';

const endOf = (days: number) => `${ago(days)}T23:59:59.999Z`;

describe('The story of a customer\'s health', () => {
  it('says in one pass what health, history and difference say one by one', () => {
    fc.assert(fc.property(correctedHistories(), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (events, until, span, more) => {
      const [asOf, moved, knownAt, from] = [endOf(until), endOf(until + span), endOf(0), TODAY - until - span - more];
      const story = healthStory(events, only(firstScorecard), { asOf, moved, knownAt, from, dayOf: utc });
      expect(story.health).toEqual(healthAt(events, only(firstScorecard), { asOf, knownAt, dayOf: utc }));
      expect(story.history).toEqual(healthHistory(events, only(firstScorecard), { from, to: TODAY - until, stepDays: 1, knownAt, dayOf: utc }));
      expect(story.difference).toEqual(healthDifference(events, only(firstScorecard), { from: moved, to: asOf, knownAt, dayOf: utc }));
    }), { numRuns: 150 });
  });

  it('starts at the first fact when no day is clear of every margin', () => {
    const card = { ...firstScorecard, measures: firstScorecard.measures.map((one) => (one.id === 'contact'
      ? { ...one, weight: 100, ceilings: [], curve: { kind: 'line' as const, points: [[0, 0.72], [200, 0.68]] as const } } : { ...one, weight: 0 })) };
    const events = [fact('engagement.call-held', 200, { twoWay: true })];
    const { history } = healthStory(events, only(card), { asOf: endOf(0), moved: endOf(30), knownAt: endOf(0), from: TODAY - 90, dayOf: utc });
    expect(history).toEqual(healthHistory(events, only(card), { from: TODAY - 90, to: TODAY, stepDays: 1, knownAt: endOf(0), dayOf: utc }));
    expect(history[0]!.band).toBe('healthy');
  });

  it('of nobody is empty', () => {
    const { health, history, difference } = healthStory([], only(firstScorecard), { asOf: endOf(0), moved: endOf(1), knownAt: endOf(0), from: TODAY - 2, dayOf: utc });
    expect([health.band, health.closedAs, history.map(({ band }) => band), difference.lines]).toEqual(['unknown', null, ['unknown', 'unknown', 'unknown'], []]);
  });
});
