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
      .toMatch(/^A ticket was opened on 18 Nov and brought .+ points: what is known of open tickets, ageing tickets and \d more measures now counts in the score, so the rest counts for less\.$/);
  });

  it('is otherwise what the measure says that moved most: an adopted feature makes the share that is used smaller', () => {
    const week = fact('usage.reported', 30, { from: ago(36), to: ago(30), licensed: 10, active: 9, features: ['a'] });
    expect(says(10, week, fact('usage.feature-adopted', 5, { feature: 'b' }))[0]).toMatch(/^A feature was adopted on 18 Nov and cost .+ points: use of 1 of 2 known features in four weeks\.$/);
  });

  it('is said of passing time where a measure fell silent', () => {
    const week = fact('usage.reported', 65, { from: ago(71), to: ago(65), licensed: 10, active: 9 });
    expect(says(10, ...silent, week)).toContainEqual(expect.stringMatching(/^As time passed, licence use cost .+: it no longer counts in the score, so the rest counts for more\.$/));
  });

  it('names measures that came and went in one sentence', () => {
    expect(sayTurned(['Goals'], ['Live sponsor', 'Silence'])).toBe('what is known of goals now counts in the score; what was known of live sponsor and silence no longer counts, so the rest counts for more or less');
  });
});
