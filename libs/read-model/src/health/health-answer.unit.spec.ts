import { describe, expect, it } from '@jest/globals';
import { firstScorecard, foldEvents, scoreHealth } from '#insight';
import { calendar, TODAY, told } from '../testing/facts.js';
import { scoreParts } from './health-answer.js';

const partsOf = (events: ReturnType<typeof told>, band: 'watch' | 'at-risk' | 'unknown') => scoreParts(scoreHealth(foldEvents(events, calendar.dayOf), firstScorecard, TODAY), band, events);
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
    expect(partsOf(left.slice(1, 2), 'unknown')).toMatchObject({ score: null, ceiling: null, coverage: 20 });
  });
});
