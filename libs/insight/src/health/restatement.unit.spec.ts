import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveEvents, type JourneyEvent } from '#journey';
import type { Card } from '../cards/card.js';
import { only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { healthHistory } from './health-history.js';
import { restatement } from './restatement.js';

const endOfTime = '2099-12-31T00:00:00Z';
/** A card on which the days since the last conversation are the points lost. */
const dayByDay: Card = {
  ...firstScorecard, measures: firstScorecard.measures.map((one) => (one.id === 'contact'
    ? { ...one, weight: 100, curve: { kind: 'line' as const, points: [[0, 1], [100, 0]] as const } } : { ...one, weight: 0, ceilings: [] })),
};
const cards = only(dayByDay);
const call = (days: number, more = {}) => fact('engagement.call-held', days, { twoWay: true }, more);
const because = (events: readonly JourneyEvent[], late: readonly JourneyEvent[], closed = TODAY - 1) => restatement(events, cards, { late: new Set(late.map(({ position }) => position)), closed, dayOf: utc });
const card = { id: dayByDay.id, version: dayByDay.version };

describe('A restatement', () => {
  it('says what the last closed day was and is, from the day of the late fact on', () => {
    const [old, late] = [call(40), call(10)];
    expect(because([old, late], [late])).toEqual({ from: TODAY - 10, day: TODAY - 1, was: 6_100, is: 9_100, wasBand: 'watch', isBand: 'healthy', card });
  });

  it('ends on the last day that differs, where later facts make up for it', () => {
    const [old, late, next] = [call(40), call(30), call(20)];
    expect(because([old, late, next], [late])).toMatchObject({ from: TODAY - 30, day: TODAY - 21, was: 8_100, is: 9_100 });
  });

  it('is also of days on which only the band differs: healthy is kept at 68 by who was healthy before', () => {
    const pulse = only({ ...dayByDay, measures: [{ ...dayByDay.measures[0]!, signal: 'measurement:pulse' as const, curve: { kind: 'line' as const, points: [[0, 0], [100, 1]] as const }, weight: 100, ceilings: [], staleAfter: null }] });
    const of = (days: number, value: number) => fact('customer.measurement-recorded', days, { measure: 'pulse', value });
    const [old, late, next] = [of(20, 60), of(10, 90), of(5, 68)];
    expect(restatement([old, late, next], pulse, { late: new Set([late.position]), closed: TODAY - 1, dayOf: utc }))
      .toMatchObject({ from: TODAY - 10, day: TODAY - 1, was: 6_800, is: 6_800, wasBand: 'watch', isBand: 'healthy' });
  });

  it('is none of a fact of the open day, of one that moves nothing, and of who had no facts before', () => {
    const [old, today, tag, late] = [call(40), call(0), fact('customer.profile-changed', 9, { industry: 'steel' }), call(10)];
    expect(because([old, today], [today])).toBeNull();
    expect(because([old, tag], [tag])).toBeNull();
    expect(because([late], [late])).toBeNull();
  });

  it('follows corrections to the day of what they correct, and where that is moved to', () => {
    const [old, wrong] = [call(40), call(20)];
    const back = fact('record.retracted', 0, { events: [{ source: 'test', id: wrong.id }], reason: 'slip' });
    expect(because([old, wrong, back], [back])).toMatchObject({ from: TODAY - 20, day: TODAY - 1, was: 8_100, is: 6_100 });
    const moved = fact('record.amended', 0, { event: { source: 'test', id: wrong.id }, data: { twoWay: true }, time: `${ago(30)}T09:00:00.000Z`, reason: 'slip' });
    expect(because([old, wrong, moved], [moved])).toMatchObject({ from: TODAY - 30, day: TODAY - 1, was: 8_100, is: 7_100 });
  });

  it('looks back 366 days at most', () => {
    const [old, late] = [call(500), call(450)];
    const other = only({ ...dayByDay, measures: dayByDay.measures.map((one) => ({ ...one, curve: { kind: 'line' as const, points: [[0, 1], [1_000, 0]] as const } })) });
    expect(restatement([old, late], other, { late: new Set([late.position]), closed: TODAY - 1, dayOf: utc })).toMatchObject({ from: TODAY - 366, day: TODAY - 1 });
  });

  it('is what two histories differ in, whatever happened and whatever of it came late', () => {
    fc.assert(fc.property(correctedHistories(30), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (events, chosen) => {
      const late = new Set(events.filter((_, place) => chosen[place]).map(({ position }) => position));
      const known = events.filter(({ position }) => !late.has(position));
      const [was, is] = [known, events].map((story) => healthHistory(story, only(firstScorecard), { from: TODAY - 366, to: TODAY - 1, stepDays: 1, knownAt: endOfTime, dayOf: utc })
        .map(({ day, score, band }) => ({ day, score: band === 'unknown' ? null : score, band })));
      const differing = was!.flatMap((one, place) => (JSON.stringify(one) === JSON.stringify(is![place]) ? [] : [[one, is![place]!] as const]));
      const found = restatement(events, only(firstScorecard), { late, closed: TODAY - 1, dayOf: utc });
      if (effectiveEvents(known).length === 0) expect(found).toBeNull();
      else if (found === null) expect(differing).toEqual([]);
      else expect([found.from, found.day, found.was, found.is, found.wasBand, found.isBand]).toEqual([differing[0]![0].day, differing.at(-1)![0].day, differing.at(-1)![0].score, differing.at(-1)![1].score, differing.at(-1)![0].band, differing.at(-1)![1].band]);
    }), { numRuns: 30 });
  });
});
