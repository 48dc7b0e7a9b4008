import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../cards/card.js';
import { type Cards, only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { effectiveEvents } from '../effective-events.js';
import { healthHistory } from '../health/health-history.js';
import { correctedHistories } from '../testing/histories.js';
import { TODAY, utc } from '../testing/facts.js';
import { bothWays } from './both-ways.js';

/** A card that is unlike the first in every way that counts: a sum, the worst of a group, stand-ins for what is unknown, staleness, ceilings. */
export const otherCard: Card = {
  id: 'other', version: 1, bands: { healthy: 60, watch: 30, margin: 2, leastCoverage: 20 }, measureBands: { good: 0.75, fair: 0.4 }, whole: true,
  groups: [{ id: 'use', label: 'Use', weight: 50, combine: { kind: 'worst' } }, { id: 'care', label: 'Care', weight: 50, combine: { kind: 'sum', start: 60, max: 100 } }],
  measures: [
    ...firstScorecard.measures.filter(({ group }) => group === 'adoption').map((measure) => ({ ...measure, group: 'use', staleAfter: 20, whenUnknown: 'neutral' as const })),
    ...firstScorecard.measures.filter(({ group }) => group === 'support').map((measure) => ({ ...measure, group: 'care', weight: 10, curve: { kind: 'line' as const, points: [[0, 10], [5, -30]] as const }, staleAfter: 90 })),
    ...firstScorecard.measures.filter(({ id }) => id === 'silence' || id === 'user-voice').map((measure) => ({ ...measure, group: 'care', weight: 5, curve: { kind: 'line' as const, points: [[0, 5], [50, -20]] as const } })),
  ],
};

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
