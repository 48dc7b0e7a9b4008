import { describe, expect, it } from '@jest/globals';
import { only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { ago, fact, utc } from '../testing/facts.js';
import { healthDifference } from './health-difference.js';
import { sayTurned } from './say-difference.js';

const endOf = (days: number) => `${ago(days)}T23:59:59.999Z`;
const says = (days: number, ...events: ReturnType<typeof fact>[]) => healthDifference(events, only(firstScorecard), { from: endOf(days), to: endOf(0), knownAt: endOf(0), dayOf: utc }).lines.map(({ say }) => say);

describe('Why an event moved the score', () => {
  const silent = [fact('engagement.call-held', 100, { with: ['anna'], twoWay: true })];

  it('is said where it seems perverse: a ticket that is opened brings points because measures of support now count', () => {
    expect(says(10, ...silent, fact('ticket.opened', 5, { ticket: 'T' }))[0])
      .toMatch(/^A ticket was opened on 18 Nov and brought .+ points: now counting: open tickets and \d more, so the rest counts less\.$/);
  });

  it('is the ceiling, where one sets in or goes', () => {
    const week = (days: number) => fact('usage.reported', days, { from: ago(days + 6), to: ago(days), licensed: 10, active: 9, features: ['a'] });
    const good = [week(3), week(10), week(17), week(24), fact('engagement.call-held', 2, { with: ['anna'], twoWay: true }), fact('invoice.issued', 20, { invoice: 'I', amount: { amount: 100, currency: 'EUR' }, dueOn: ago(15) })];
    const overdue = fact('subscription.cancellation-requested', 1, { subscription: 'S' });
    const told = says(2, fact('subscription.started', 30, { subscription: 'S' }), ...good, overdue, fact('subscription.cancellation-withdrawn', 0, { subscription: 'S' }));
    expect(told).toEqual([
      expect.stringMatching(/^A cancellation was requested on 22 Nov and cost .+ points: the ceiling of .+ now holds the score at 40\.$/),
      expect.stringMatching(/^A cancellation was withdrawn on 23 Nov and brought .+ points: the ceiling of .+ no longer holds the score at 40\.$/),
      ...told.slice(2),
    ]);
  });

  it('is not what is still wrong, where points were won', () => {
    const answer = (days: number, score: number) => fact('survey.responded', days, { survey: `V${days}`, instrument: { kind: 'csat', min: 1, max: 5 }, score, role: 'user' });
    const told = says(10, ...silent, answer(20, 2), answer(5, 4));
    expect(told[0]).toMatch(/^A survey was answered on 18 Nov and brought .+ points: .+ got better\.$/);
    expect(told.join()).not.toContain('short of excellent');
  });

  it('is otherwise what the measure says that moved most: an adopted feature makes the share that is used smaller', () => {
    const week = fact('usage.reported', 30, { from: ago(36), to: ago(30), licensed: 10, active: 9, features: ['a'] });
    expect(says(10, week, fact('usage.feature-adopted', 5, { feature: 'b' }))[0]).toMatch(/^A feature was adopted on 18 Nov and cost .+ points: use of 1 of 2 known features in four weeks\.$/);
  });

  it('is said of passing time where a measure fell silent', () => {
    const week = fact('usage.reported', 65, { from: ago(71), to: ago(65), licensed: 10, active: 9 });
    expect(says(10, ...silent, week)).toContainEqual(expect.stringMatching(/^As time passed, licence use cost .+: it no longer counts, so the rest counts more\.$/));
  });

  it('says nothing of a rest where there is none: the first that is known, and the last', () => {
    const pulse = (card: object) => only({
      ...firstScorecard, bands: { ...firstScorecard.bands, leastCoverage: 0 }, groups: [{ id: 'all', label: 'All' }],
      measures: ['pulse', 'mood'].map((id) => ({ id, group: 'all', signal: `measurement:${id}` as const, weight: 1, label: id, unit: 'of 100', curve: { kind: 'line' as const, points: [[0, 0], [100, 1]] as const }, staleAfter: 20, ...card })),
    });
    const took = (days: number, name: string) => fact('customer.measurement-recorded', days, { measure: name, value: 80 });
    const told = (card: object, from: number, to: number, ...events: ReturnType<typeof fact>[]) => healthDifference(events, pulse(card), { from: endOf(from), to: endOf(to), knownAt: endOf(0), dayOf: utc }).lines.map(({ say }) => say);
    const [first, second] = [took(50, 'pulse'), took(45, 'mood')];
    expect(told({}, 60, 40, first, second)).toEqual([
      'A figure was recorded on 4 Oct and brought 80 points: now counting: pulse.',
      'A figure was recorded on 9 Oct and moved points between measures only: now counting: mood, so the rest counts less.']);
    // What is unknown counts as half: the rest counts as before.
    expect(told({ whenUnknown: 'neutral' }, 48, 40, first, second)).toEqual(['A figure was recorded on 9 Oct and brought 15 points: now counting: mood.']);
    expect(told({}, 28, 27, first, second)).toEqual([]);
    expect(told({}, 40, 27, first, second)).toEqual(['As time passed, pulse cost 40 points: it no longer counts, so the rest counts more.', 'As time passed, mood brought 40 points.']);
    expect(told({}, 28, 20, first)).toEqual([]);
    expect(told({}, 40, 20, first)).toEqual(['As time passed, pulse cost 80 points: it no longer counts.']);
  });

  it('is said of passing time day by day: a ceiling that went before the next one set in is not forgotten over a long step', () => {
    const took = (name: string, value: number) => fact('customer.measurement-recorded', 60, { measure: name, value });
    const measure = (id: string, weight: number, staleAfter: number, ceilings: readonly { upTo: number; score: number }[]) =>
      ({ id, group: 'all', signal: `measurement:${id}` as const, weight, label: id, unit: 'of 100', curve: { kind: 'line' as const, points: [[0, 0], [100, 1]] as const }, staleAfter, ceilings });
    const card = only({
      ...firstScorecard, bands: { ...firstScorecard.bands, leastCoverage: 0 }, groups: [{ id: 'all', label: 'All' }],
      measures: [measure('base', 10, 365, []), measure('pulse', 1, 10, [{ upTo: 0, score: 20 }]), measure('mood', 1, 40, [{ upTo: 0, score: 30 }])],
    });
    const events = [took('base', 100), took('pulse', 0), took('mood', 0)];
    const told = (from: number, to: number) => healthDifference(events, card, { from: endOf(from), to: endOf(to), knownAt: endOf(0), dayOf: utc }).lines.flatMap((line) => (line.kind === 'time' && line.measure === 'ceiling' ? [line.say] : []));
    expect([told(60, 45), told(45, 0), told(60, 0)].flat()).toEqual([
      'As time passed, the ceiling of pulse brought 2.4 points.', 'As time passed, the ceiling of mood brought 60.9 points.', 'As time passed, the ceiling on the score brought 63.3 points.',
    ]);
  });

  it('names measures that came and went', () => {
    expect(sayTurned(['Goals'], ['Live sponsor', 'Silence'], null)[0]).toBe('now counting: goals; no longer counting: live sponsor and 1 more');
  });
});
