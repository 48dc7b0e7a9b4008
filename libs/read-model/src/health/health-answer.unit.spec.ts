import { describe, expect, it } from '@jest/globals';
import { firstScorecard, foldEvents, scoreHealth } from '#insight';
import { calendar, TODAY, told } from '../testing/facts.js';
import { countingParts } from './counting-parts.js';
import { scoreParts } from './health-answer.js';

function partsOf(events: ReturnType<typeof told>, band: 'watch' | 'at-risk' | 'unknown') {
  const score = scoreHealth(foldEvents(events, calendar.dayOf), firstScorecard, TODAY);
  return { ...scoreParts(score, events), ...countingParts(firstScorecard, { ...score, band }, null) };
}
const left = told([300, 'subscription.started', { subscription: 's' }], [20, 'ticket.opened', { ticket: 't' }], [2, 'subscription.cancellation-requested', { subscription: 's' }]);

describe('The answer about health', () => {
  it('has measures and groups that sum to the score to the hundredth, the ceiling as one of them', () => {
    const { score, measures, groups, ceiling } = partsOf(left, 'at-risk');
    const sum = (parts: readonly { points: number }[]) => Math.round(parts.reduce((total, { points }) => total + points, 0) * 100) / 100;
    expect([score, sum(measures), sum(groups)]).toEqual([40, 40, 40]);
    expect(ceiling).toMatchObject({ measure: 'leaving', at: 40 });
    expect(measures.filter(({ points }) => points < 0).map(({ id, points }) => [id, points])).toEqual([['ceiling', -ceiling!.cost]]);
    expect(measures.at(-1)!.events.map(({ type }) => type)).toEqual(['subscription.cancellation-requested']);
  });

  it('has no score where too little is known for one', () => {
    expect(partsOf(left.slice(1, 2), 'unknown')).toMatchObject({ score: null, computed: { score: null, band: 'unknown' }, shown: { score: null, max: 100 }, ceiling: null, coverage: 20 });
  });

  it('has the score that counts on the scale of the card, with its edges', () => {
    const card = { ...firstScorecard, label: 'Ours', scale: { max: 10, decimals: 1 } };
    expect(countingParts(card, { score: 7_249, band: 'healthy', shown: { score: 7.2, max: 10 } }, null)).toEqual({
      score: 72.49, band: 'healthy', computed: { score: 72.49, band: 'healthy' }, override: null, shown: { score: 7.2, max: 10 },
      card: { id: 'first-scorecard', version: 1, label: 'Ours' }, bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 40, boundary: 'belongs to the upper band' },
    });
    const lower = { ...card, bands: { ...card.bands, boundary: 'belongs to the lower band' as const } };
    expect(countingParts(lower, { score: 7_000, band: 'watch', shown: { score: 7, max: 10 } }, null)).toMatchObject({ band: 'watch', bands: { healthy: 70, boundary: 'belongs to the lower band' } });
    const fact = told([9, 'customer.override-set', { score: 30, reason: 'They told me', until: '2026-12-03' }])[0]!;
    expect(countingParts(card, { score: 7_249, band: 'healthy', shown: { score: 7.2, max: 10 } }, { score: 3_000, band: 'at-risk', since: TODAY - 9, until: TODAY + 10, n: 1, fact })).toMatchObject({
      score: 30, band: 'at-risk', computed: { score: 72.49, band: 'healthy' }, shown: { score: 3, max: 10 },
      override: { score: 30, band: 'at-risk', since: '2026-11-14', until: '2026-12-03', reason: 'They told me', by: { kind: 'person', id: 'anna' }, event: { id: 'e0', type: 'customer.override-set' } },
    });
  });
});
