import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstScorecard } from '../cards/first-scorecard.js';
import { only } from '../cards/cards.js';
import { foldEvents } from '../fold-events.js';
import { addFact, emptySheet, newsOf } from '../fact-sheet.js';
import { dataAgeOf } from '../score/score-health.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { histories } from '../testing/histories.js';
import { healthAt } from './health-at.js';
import { healthHistory } from './health-history.js';
import { healthStory } from './health-story.js';
import { overrideIn, sayOverride, withOverride } from './override.js';

const cards = only(firstScorecard);
const set = (days: number, score: number, until: number) => fact('customer.override-set', days, { score, until: ago(until), reason: 'known better' });
const at = (days: number) => `${ago(days)}T23:00:00.000Z`;
const moment = (asOf: string, knownAt = at(-1)) => ({ asOf, knownAt, dayOf: utc });

describe('A score set by hand', () => {
  it('holds from its first to its last day, as known, and is another while it is replaced', () => {
    const events = [set(10, 30, 4), set(6, 80, -2), fact('customer.override-cleared', 2, { reason: 'over' })];
    const held = (days: number, knownAt?: string) => healthAt(events, cards, moment(at(days), knownAt)).override;
    expect(held(11)).toBeNull();
    expect(held(10)).toMatchObject({ score: 3_000, band: 'at-risk', since: TODAY - 10, until: TODAY - 4 });
    expect(held(6)).toMatchObject({ score: 8_000, band: 'healthy', until: TODAY + 2 });
    expect(held(2)).toBeNull();
    expect(held(4, at(8))).toMatchObject({ score: 3_000 });
    expect(held(3, at(8))).toBeNull();
  });

  it('is no news of the customer, in whatever order it is told', () => {
    const [visit, over, cleared] = [fact('engagement.visit-made', 5, { twoWay: true }), set(2, 30, -5), fact('customer.override-cleared', 1, { reason: 'over' })];
    const age = (...events: ReturnType<typeof fact>[]) => dataAgeOf(foldEvents(events, utc), TODAY);
    expect([age(), age(over), age(visit), age(visit, over, cleared), age(set(9, 30, -5), visit)]).toEqual([null, null, 5, 5, 5]);
    // On one day with news it leaves no trace of its own.
    expect(foldEvents([visit, set(5, 30, -5)], utc).news).toBeUndefined();
    fc.assert(fc.property(histories(20), (events) => {
      const sheets = [events, [...events].reverse()].map((told) => told.reduce((sheet, event) => addFact(sheet, event, utc), emptySheet()));
      const news = events.filter(({ type }) => !/^(customer\.override-|survey\.(response-viewed|requested|suppressed|expired)|clock\.|record\.|contact\.erased)/.test(type)).map(({ occurredAt }) => utc(occurredAt));
      for (const sheet of sheets) expect(newsOf(sheet)).toBe(sheet.latest && news.length > 0 ? Math.max(...news) : null);
      expect(sheets[0]!.news).toBe(sheets[1]!.news);
    }), { numRuns: 100 });
  });

  it('has the band of its score by the card, whatever was before', () => {
    const { bands } = firstScorecard;
    const band = (score: number) => overrideIn(foldEvents([set(3, score, 0)], utc), firstScorecard, TODAY)!.band;
    expect([bands.healthy, bands.healthy - 0.01, bands.watch, bands.watch - 0.01, 0, 100].map(band)).toEqual(['healthy', 'watch', 'watch', 'at-risk', 'at-risk', 'healthy']);
    expect(overrideIn(foldEvents([set(3, 50, 0)], utc), { ...firstScorecard, bands: { ...bands, watch: 20, healthy: 40 } }, TODAY)!.band).toBe('healthy');
  });

  it('changes no computed figure, nor the memory of bands, in any history', () => {
    fc.assert(fc.property(histories(40), fc.integer({ min: 0, max: 60 }), fc.integer({ min: -20, max: 60 }), fc.nat(100), (events, days, until, score) => {
      // Another touch than an override on the same day, so that only what it says differs.
      const own = events.filter(({ type }) => !type.startsWith('customer.override'));
      const more = fact('customer.override-set', days, { score, until: ago(until), reason: 'known better' }, { n: 900 });
      const none = { ...more, type: 'customer.override-cleared', data: { reason: 'none' } };
      const asOf = at(0);
      const [one, other] = [healthAt([...own, more], cards, moment(asOf)), healthAt([...own, none], cards, moment(asOf))];
      expect([one.score, one.band, one.closedAs]).toEqual([other.score, other.band, other.closedAs]);
      expect(other.override).toBeNull();
      expect(one.override).toEqual(until <= 0 ? { score: score * 100, band: expect.any(String), since: TODAY - days, until: TODAY - until, n: 900 } : null);
      const counts = withOverride({ score: one.score.score, band: one.band }, one.override);
      expect(counts.score === null || (counts.score >= 0 && counts.score <= 10_000)).toBe(true);
    }), { numRuns: 60 });
  });

  it('is the same in the health, the history and the story of any day', () => {
    fc.assert(fc.property(histories(30), fc.nat(30), (events, days) => {
      const from = TODAY - 30;
      const history = healthHistory(events, cards, { from, to: TODAY, stepDays: 1, knownAt: at(-1), dayOf: utc });
      const story = healthStory(events, cards, { ...moment(at(0)), from, moved: at(days) });
      expect(story.history.map(({ override }) => override)).toEqual(history.map(({ override }) => override));
      expect(healthAt(events, cards, moment(at(days))).override).toEqual(history[30 - days]!.override);
      expect(story.health.override).toEqual(history.at(-1)!.override);
    }), { numRuns: 60 });
  });

  it('is told with what was computed', () => {
    const override = { score: 3_000, until: TODAY + 10 };
    expect(sayOverride(override, { score: 7_215, band: 'healthy' }, TODAY)).toBe('Overridden to 30 until 3 Dec; computed is 72.2.');
    expect(sayOverride(override, { score: 7_215, band: 'unknown' }, TODAY)).toBe('Overridden to 30 until 3 Dec; too little is known to compute one.');
  });
});
