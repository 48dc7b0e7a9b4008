import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveEvents } from '#journey';
import { type Cards, only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { healthHistory } from '../health/health-history.js';
import { correctedHistories } from '../testing/histories.js';
import { TODAY, utc } from '../testing/facts.js';
import { bothWays } from './both-ways.js';
import { otherCard } from './testing/other-card.js';

const forSegments: Cards = { rules: [{ when: { segments: ['a'] }, card: otherCard }], otherwise: firstScorecard };
const knownAt = '2030-01-01T00:00:00Z';

describe('A customer under two sets of cards', () => {
  it('is on every day what its history says under each', () => {
    fc.assert(fc.property(correctedHistories(70), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 120 }), (events, length, before) => {
      const span = { from: TODAY - before - length, to: TODAY - before, dayOf: utc };
      const cards = { published: only(firstScorecard), draft: forSegments };
      const days: number[] = [];
      const found = bothWays(effectiveEvents(events), cards, span, (day) => days.push(day));
      for (const side of ['published', 'draft'] as const) {
        const history = healthHistory(events, cards[side], { ...span, stepDays: 1, knownAt });
        expect(found[side].scores).toEqual(history.map(({ score }) => score));
        expect(found[side].bands).toEqual(history.map(({ band }) => band));
        expect(days).toEqual(history.map(({ day }) => day));
      }
    }), { numRuns: 60 });
  }, 120_000);
});
