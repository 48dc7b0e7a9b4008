import type { Card } from '../../cards/card.js';
import { firstScorecard } from '../../cards/first-scorecard.js';

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
