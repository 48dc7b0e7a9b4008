import { describe, expect, it } from '@jest/globals';
import { firstScorecard } from '../cards/first-scorecard.js';
import { ago, fact, utc } from '../testing/facts.js';
import { healthDifference } from './health-difference.js';
import { sayTurned } from './say-difference.js';

const endOf = (days: number) => `${ago(days)}T23:59:59.999Z`;
const says = (days: number, ...events: ReturnType<typeof fact>[]) => healthDifference(events, firstScorecard, { from: endOf(days), to: endOf(0), knownAt: endOf(0), dayOf: utc }).lines.map(({ say }) => say);

describe('Why an event moved the score', () => {
  const silent = [fact('engagement.call-held', 100, { with: ['anna'], twoWay: true })];

  it('is said where it seems perverse: a ticket that is opened brings points because measures of support now count', () => {
    expect(says(10, ...silent, fact('ticket.opened', 5, { ticket: 'T' }))[0])
      .toMatch(/^A ticket was opened on 18 Nov and brought .+ points: now counting: open tickets and \d more, so the rest counts less\.$/);
  });

  it('is otherwise what the measure says that moved most: an adopted feature makes the share that is used smaller', () => {
    const week = fact('usage.reported', 30, { from: ago(36), to: ago(30), licensed: 10, active: 9, features: ['a'] });
    expect(says(10, week, fact('usage.feature-adopted', 5, { feature: 'b' }))[0]).toMatch(/^A feature was adopted on 18 Nov and cost .+ points: use of 1 of 2 known features in four weeks\.$/);
  });

  it('is said of passing time where a measure fell silent', () => {
    const week = fact('usage.reported', 65, { from: ago(71), to: ago(65), licensed: 10, active: 9 });
    expect(says(10, ...silent, week)).toContainEqual(expect.stringMatching(/^As time passed, licence use cost .+: it no longer counts, so the rest counts more\.$/));
  });

  it('names measures that came and went', () => {
    expect(sayTurned(['Goals'], ['Live sponsor', 'Silence'])[0]).toBe('now counting: goals; no longer counting: live sponsor and 1 more');
  });
});
