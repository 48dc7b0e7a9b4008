import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../cards/card.js';
import type { Cards } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { weigh } from '../score/weigh.js';
import { anyCard } from '../testing/cards.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { closeOf, foldWithClose } from './closes.js';
import { healthAt, knownEvents } from './health-at.js';
import { healthDifference } from './health-difference.js';
import { healthHistory } from './health-history.js';
import { healthStory } from './health-story.js';

const endOf = (days: number) => `${ago(days)}T23:59:59.999Z`;
const sum = (lines: readonly { points: number }[]) => lines.reduce((total, { points }) => total + points, 0);

/** Two cards for the segments that histories know, and a third for the rest; measures of one id may stand on all of them. */
const sets: fc.Arbitrary<Cards> = fc.tuple(anyCard, anyCard, anyCard, fc.nat(12)).map(([a, b, rest, margin]) => ({
  rules: [{ when: { segments: ['a'] }, card: { ...a, id: 'a', bands: { ...a.bands, margin } } }, { when: { segments: ['b'] }, card: { ...b, id: 'b' } }],
  otherwise: { ...rest, id: 'rest' },
}));
/** Many changes of segment, so that cards do change. */
const moving = fc.tuple(correctedHistories(30), fc.array(fc.record({ days: fc.nat(150), segment: fc.constantFrom('a', 'b', 'c') }), { maxLength: 5 }))
  .map(([events, moves]) => [...events, ...moves.map(({ days, segment }, at) => fact('customer.profile-changed', days, { segment }, { n: 2000 + at }))]);

describe('With cards by segment', () => {
  it('the story says what health, history and difference say one by one, whatever the cards', () => {
    fc.assert(fc.property(moving, sets, fc.nat(60), fc.nat(60), fc.nat(40), (events, cards, until, span, more) => {
      const [asOf, moved, knownAt, from] = [endOf(until), endOf(until + span), endOf(0), TODAY - until - span - more];
      const story = healthStory(events, cards, { asOf, moved, knownAt, from, dayOf: utc });
      expect(story.health).toEqual(healthAt(events, cards, { asOf, knownAt, dayOf: utc }));
      expect(story.history).toEqual(healthHistory(events, cards, { from, to: TODAY - until, stepDays: 1, knownAt, dayOf: utc }));
      expect(story.difference).toEqual(healthDifference(events, cards, { from: moved, to: asOf, knownAt, dayOf: utc }));
    }), { numRuns: 120 });
  });

  it('the lines of a difference sum to it exactly, also where another card scores from some day on', () => {
    let changed = 0;
    fc.assert(fc.property(moving, sets, fc.nat(60), fc.nat(120), (events, cards, until, span) => {
      const options = { from: endOf(until + span), to: endOf(until), knownAt: endOf(0), dayOf: utc };
      const { from, to, lines } = healthDifference(events, cards, options);
      expect(sum(lines)).toBe((to ?? 0) - (from ?? 0));
      for (const line of lines) if (line.kind === 'event') expect(sum(line.measures)).toBe(line.points);
      for (const { say } of lines) expect(say.split(/\s+/).length).toBeLessThanOrEqual(25);
      const [then, now] = [options.from, options.to].map((asOf) => healthAt(events, cards, { asOf, knownAt: endOf(0), dayOf: utc }).score);
      expect([then!.score, now!.score]).toEqual([from, to]);
      if (then!.card.id !== now!.card.id) changed++;
    }), { numRuns: 200 });
    expect(changed).toBeGreaterThan(10);
  });

  it('a fold with a close gives the band that a walk through every day gives', () => {
    fc.assert(fc.property(moving, sets, fc.nat(40), (all, cards, days) => {
      const events = knownEvents(all.filter(({ type }) => !type.startsWith('record.') && !type.startsWith('clock.')), endOf(0));
      const day = TODAY - days;
      const { closedAs } = foldWithClose(events, cards, day, utc);
      expect(closedAs).toBe(closeOf(events, cards, day, utc));
      expect(healthHistory(events, cards, { from: day, to: day, stepDays: 1, knownAt: endOf(0), dayOf: utc })[0]!.band).toBe(closedAs ?? 'unknown');
    }), { numRuns: 100 });
  });
});

describe('A customer who comes into another segment', () => {
  const call = fact('engagement.call-held', 90, { twoWay: true });
  const moved = fact('customer.profile-changed', 10, { segment: 'small' });
  const only = (id: string, quality: number, label?: string) => ({
    ...firstScorecard, id, ...(label && { label }), bands: { ...firstScorecard.bands, leastCoverage: 0 },
    measures: firstScorecard.measures.filter((one) => one.id === 'contact').map((one) => ({ ...one, curve: { kind: 'line' as const, points: [[0, quality] as const] } })),
  });
  const cards: Cards = { rules: [{ when: { segments: ['small'] }, card: only('small', 0.5, 'the card for small customers') }], otherwise: only('rest', 0.9) };

  it('is scored by its card from that day on, and the fact that moved it says so', () => {
    const { lines, from, to } = healthDifference([call, moved], cards, { from: endOf(20), to: endOf(0), knownAt: endOf(0), dayOf: utc });
    expect([from, to]).toEqual([9000, 5000]);
    expect(lines).toMatchObject([{ kind: 'event', points: -4000, say: 'The customer\'s profile changed on 13 Nov and cost 40 points: scored by the card for small customers from then on.' }]);
    const [before, after] = [11, 10].map((days) => healthAt([call, moved], cards, { asOf: endOf(days), knownAt: endOf(0), dayOf: utc }).score.card.id);
    expect([before, after]).toEqual(['rest', 'small']);
  });

  it('is no loss, nor a gain, of points where the card before could not score, or the new one cannot', () => {
    const says = (set: Cards) => healthDifference([call, moved], set, { from: endOf(20), to: endOf(0), knownAt: endOf(0), dayOf: utc }).lines.map(({ points, say }) => [points, say]);
    const blind = (card: Card, whenUnknown: 'neutral' | 'worst' = 'neutral'): Card => ({ ...card, bands: { ...card.bands, leastCoverage: 100 }, measures: card.measures.map((measure) => ({ ...measure, staleAfter: 1, whenUnknown })) });
    expect(says({ ...cards, otherwise: blind(cards.otherwise, 'worst') })).toEqual([[-4000, 'The customer\'s profile changed on 13 Nov: scored by the card for small customers from then on; before, there was no score.']]);
    const [rule] = cards.rules;
    expect(says({ ...cards, rules: [{ ...rule!, card: blind(rule!.card) }] })).toEqual([[-4000, 'The customer\'s profile changed on 13 Nov: scored by the card for small customers from then on, as soon as enough is known.']]);
  });

  it('keeps the band of yesterday within the margin of the new card', () => {
    const near: Cards = { ...cards, rules: [{ when: { segments: ['small'] }, card: only('small', 0.68) }] };
    expect(healthAt([call, moved], near, { asOf: endOf(0), knownAt: endOf(0), dayOf: utc })).toMatchObject({ band: 'healthy', score: { score: 6800 } });
    expect(healthAt([call, { ...moved, occurredAt: endOf(90) }], near, { asOf: endOf(0), knownAt: endOf(0), dayOf: utc }).band).toBe('watch');
  });

  it('without a segment is nobody\'s of the rules, not even of a segment called undefined', () => {
    const odd: Cards = { ...cards, rules: [{ ...cards.rules[0]!, when: { segments: ['undefined'] } }] };
    expect(healthAt([call], odd, { asOf: endOf(0), knownAt: endOf(0), dayOf: utc }).score.card.id).toBe('rest');
    expect(weigh(foldWithClose([call], odd, TODAY, utc).sheet, odd.otherwise, TODAY).score).toBe(9000);
  });
});
