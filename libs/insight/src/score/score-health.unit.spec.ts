import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../cards/card.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { foldEvents } from '../fold-events.js';
import { emptySheet } from '../fact-sheet.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { bandOf } from './band.js';
import { CEILING, scoreHealth, worstMeasures, type Score } from './score-health.js';

const scoreOf = (events: Parameters<typeof foldEvents>[0], card = firstScorecard, day = TODAY): Score => scoreHealth(foldEvents(events, utc), card, day);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const pointsOf = (score: Score, id: string) => score.measures.find((measure) => measure.id === id)!.points;

const start = fact('subscription.started', 400, { subscription: 's', recurring: { amount: 1000, currency: 'EUR' }, interval: 'month' });
const usage = (days: number, active: number) => fact('usage.reported', days, { from: ago(days + 6), to: ago(days), licensed: 20, active });
const call = fact('engagement.call-held', 75, { twoWay: true });
const ticket = fact('ticket.opened', 15, { ticket: 'T' });

/**
 * By hand, weight times quality. Licence use 9 x 0.5, open tickets 2 x 0.9071 (one open, 15 ticket days on 28 days are 0.5 usual: 0.5 above,
 * below the first point of the curve: 1), so 2 x 1; ageing 4 x 0.6, reopened 4 x 1, escalated 4 x 1, contact 3 x 0.5, leaving 6 x 1,
 * competitor 2 x 1, silence (1 day) 6 x 1. Sum 32.4 of the 40 that are known.
 */
const worked = [start, usage(1, 10), call, ticket];

describe('A score worked by hand', () => {
  const score = scoreOf(worked);

  it('is 32.4 of 40 known: 81 points at 40 % coverage, healthy', () => {
    expect(score).toMatchObject({ score: 8100, coverage: 40, dataAge: 1, polarity: '100 is healthy', scale: '1', arithmetic: '1', card: { id: 'first-scorecard', version: 1 } });
    expect(bandOf(score, null, firstScorecard)).toBe('healthy');
  });

  it('gives each measure its share: licence use 11.25 of 22.5, ageing 6 of 10, contact 3.75 of 7.5', () => {
    expect([pointsOf(score, 'licence-use'), pointsOf(score, 'ageing-tickets'), pointsOf(score, 'contact'), pointsOf(score, 'silence')]).toEqual([1125, 600, 375, 1500]);
    expect(score.groups.map(({ id, points, maxPoints }) => [id, points, maxPoints])).toEqual([
      ['adoption', 1125, 2250], ['support', 3100, 3500], ['voice', 0, 0], ['relationship', 375, 750], ['value', 0, 0], ['commercial', 2000, 2000], ['silence', 1500, 1500],
    ]);
  });

  it('names what loses most, worst first', () => {
    expect(worstMeasures(score, 2).map(({ id, lost }) => [id, lost])).toEqual([['licence-use', 1125], ['ageing-tickets', 400]]);
    expect(worstMeasures(score, 9)).toHaveLength(3);
    expect(worstMeasures(score, 1)[0]!.say).toBe('Use of 10 of 20 licences cost 11.3 points since 22 Nov.');
  });

  it('one known measure less makes the band unknown: 38 % are too little to tell', () => {
    const poorer = { ...firstScorecard, measures: firstScorecard.measures.map((one) => (one.id === 'competitor' ? { ...one, staleAfter: 10 } : one)) };
    const less = scoreOf(worked, poorer);
    expect(less).toMatchObject({ coverage: 38, score: 8000 });
    expect(bandOf(less, 'healthy', poorer)).toBe('unknown');
  });

  it('a request to cancel holds it at 40, at risk: the measure gives nothing, and the ceiling takes the rest on a line of its own', () => {
    const left = scoreOf([...worked, fact('subscription.cancellation-requested', 0, { subscription: 's' })]);
    // Without the ceiling 26.4 of 40: 66 points, 0 of them from this measure.
    expect(left.score).toBe(4000);
    expect(left.measures.find(({ id }) => id === 'leaving')).toMatchObject({ points: 0, maxPoints: 1500, lost: 1500, band: 'poor', say: 'A request to cancel cost 15 points since 23 Nov, holding the score at 40.' });
    expect(left.measures.at(-1)).toMatchObject({ id: 'ceiling', points: -2600, maxPoints: 0, value: 40, say: 'Signs of leaving: so bad that the score is held at 40, which cost 26 points since 23 Nov.' });
    expect(left.groups.at(-1)).toMatchObject({ id: 'ceiling', points: -2600 });
    expect(worstMeasures(left, 1).map(({ id }) => id)).toEqual(['leaving']);
    expect(bandOf(left, 'healthy', firstScorecard)).toBe('at-risk');
  });

  it('is said to be held by a ceiling only where there is one', () => {
    const little = scoreOf([start, fact('ticket.opened', 60, { ticket: 'T' }), fact('ticket.resolved', 59, { ticket: 'T' }), fact('subscription.cancellation-requested', 1, { subscription: 's' })]);
    expect(little.coverage).toBeLessThan(firstScorecard.bands.leastCoverage);
    expect(little.held).toMatchObject({ measure: 'leaving' });
    expect(little.measures.map(({ say }) => say).join()).not.toMatch(/holding the score|score is held/);
    expect(little.measures.at(-1)!.say).toBe('Signs of leaving: so bad that a score would be 40 at most.');
  });
});

describe('A score', () => {
  it('of nothing is null with 0 % coverage, every measure unknown with a reason', () => {
    const nothing = scoreHealth(emptySheet(), firstScorecard, TODAY);
    expect(nothing).toMatchObject({ score: null, coverage: 0, dataAge: null });
    expect(nothing.measures.filter(({ status, reason }) => status === 'known' || !reason)).toEqual([]);
    expect(nothing.groups.every(({ status, points, maxPoints }) => status === 'unknown' && points === 0 && maxPoints === 0)).toBe(true);
  });

  it('of a card whose weights are all zero is null, and a weight of zero changes nothing', () => {
    const weighted = (weight: (id: string, given: number) => number): Card => ({ ...firstScorecard, measures: firstScorecard.measures.map((one) => ({ ...one, weight: weight(one.id, one.weight) })) });
    expect(scoreOf(worked, weighted(() => 0))).toMatchObject({ score: null, coverage: 0 });
    const without = scoreOf(worked, weighted((id, given) => (id === 'leaving' ? 0 : given)));
    expect(without.score).toBe(Math.round((10_000 * 26.4) / 34));
    expect(pointsOf(without, 'leaving')).toBe(0);
  });

  it('rises when things get better and never falls: 100 is healthy', () => {
    expect(scoreOf([start, usage(1, 20), call, ticket]).score).toBeGreaterThan(scoreOf(worked).score!);
  });

  it('is the sum of its measures and of its groups, lies within 0 and 100, and no measure has more than its share', () => {
    fc.assert(fc.property(correctedHistories(), fc.nat(60), (events, later) => {
      const score = scoreOf(events, firstScorecard, TODAY + later);
      expect(sum(score.measures.map(({ points }) => points))).toBe(score.score ?? 0);
      expect(sum(score.groups.map(({ points }) => points))).toBe(score.score ?? 0);
      expect(sum(score.measures.map(({ maxPoints }) => maxPoints))).toBe(score.score === null ? 0 : 10_000);
      expect(score.score ?? 0).toBeGreaterThanOrEqual(0);
      expect(score.score ?? 0).toBeLessThanOrEqual(10_000);
      for (const { id, points, maxPoints, lost, status, weight } of score.measures) {
        expect([id, points < 0]).toEqual([id, id === CEILING]);
        expect(points).toBeLessThanOrEqual(maxPoints);
        expect(lost).toBe(maxPoints - points);
        if (status === 'unknown') expect([points, maxPoints]).toEqual([0, 0]);
        expect(status === 'unknown' || maxPoints > 0 || weight === 0).toBe(true);
      }
    }), { numRuns: 300 });
  });

  it('names only events that happened', () => {
    fc.assert(fc.property(correctedHistories(), (events) => {
      const positions = new Set(events.map(({ position }) => Number(position.slice(2))));
      for (const { refs, status } of scoreOf(events).measures) {
        expect(refs.every((n) => positions.has(n))).toBe(true);
        expect([...refs].sort((a, b) => a - b)).toEqual(refs);
        expect(status === 'unknown' || refs.length > 0).toBe(true);
      }
    }));
  });

  it('is the same after the sheet was stored and its keys came back in another order', () => {
    const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(sorted)
      : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? 1 : -1)).map(([key, part]) => [key, sorted(part)])) : value);
    fc.assert(fc.property(correctedHistories(), (events) => {
      const sheet = foldEvents(events, utc);
      expect(scoreHealth(sorted(sheet) as typeof sheet, firstScorecard, TODAY)).toEqual(scoreHealth(sheet, firstScorecard, TODAY));
    }));
  });
});
