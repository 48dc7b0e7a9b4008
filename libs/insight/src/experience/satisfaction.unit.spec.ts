import { describe, expect, it } from '@jest/globals';
import { answerOf } from '../testing/answers.js';
import { beforeAfter } from './coaching.js';
import { responseOf } from './response.js';
import { cesOf, csatOf, topBoxOf, xlaOf } from './satisfaction.js';

const csat = (score: number, max: number, bar: number | null = null) => answerOf(score, { kind: 'csat', min: 1, max, bar });
const ces = (score: number) => answerOf(score, { kind: 'ces', min: 1, max: 7 });

describe('Satisfaction', () => {
  it('positive answers are those that the scale declares: two of five and of four, one of three, else from the bar on', () => {
    expect(csatOf([4, 5, 3, 1].map((score) => csat(score, 5))).value).toBe(0.5);
    expect(csatOf([3, 4, 2, 1].map((score) => csat(score, 4))).value).toBe(0.5);
    expect(csatOf([3, 2, 2, 1].map((score) => csat(score, 3))).value).toBe(0.25);
    expect(csatOf([csat(8, 10), csat(4, 5)])).toMatchObject({ n: 1, value: 1, unjudged: 1 });
    expect(csatOf([csat(8, 10, 7), csat(6, 10, 7)])).toMatchObject({ n: 2, value: 0.5, unjudged: 0 });
    expect(csatOf([])).toMatchObject({ n: 0, value: null });
  });

  it.each([[0, 1], [1, 2], [1, 3], [0, 2], [1, 4], [0, 3], [1, 5], [0, 4]])('no answer of a CSAT scale from %i to %i is positive and a miss, or neither', (min, max) => {
    const all = Array.from({ length: max - min + 1 }, (_, place) => answerOf(min + place, { kind: 'csat', min, max }));
    expect(all.map((answer) => csatOf([answer]).value)).toEqual(all.map(({ verdict }) => (verdict === 'miss' ? 0 : 1)));
  });

  it('what is not excellent is a miss in the strict top box', () => {
    expect(topBoxOf([answerOf(9), answerOf(8), csat(5, 5), csat(4, 5)])).toMatchObject({ n: 4, value: 0.5 });
  });

  it('effort is the share of 5 and more of seven, and the mean beside it', () => {
    const { easy, means } = cesOf([5, 7, 4, 2].map(ces));
    expect(cesOf([7, 7, 4].map(ces)).means[0]!.high).toBe(7);
    expect([easy.n, easy.value, means]).toEqual([4, 0.5, [expect.objectContaining({ scale: '1-7', n: 4, value: 4.5 })]]);
  });

  it('lost time has its own n: who says nothing has not lost nothing', () => {
    const xla = (score: number, lostMinutes: number | null) => answerOf(score, { kind: 'xla', lostMinutes });
    const { happiness, lostMinutes } = xlaOf([xla(10, 30), xla(9, null), xla(2, 90), xla(7, null), answerOf(0)]);
    expect([happiness.n, happiness.value, lostMinutes.n, lostMinutes.value, lostMinutes.total]).toEqual([4, 25, 2, 60, 120]);
    expect(xlaOf([xla(3, 0), xla(3, 200)]).lostMinutes.low).toBe(0);
    expect(xlaOf([xla(3, null)]).lostMinutes).toMatchObject({ n: 0, value: null, total: 0 });
  });
});

describe('Response', () => {
  const asked = (state: 'answered' | 'expired' | 'open', segment: string, day = 1) => ({ survey: 'v', segment, role: 'user', state, sentAt: `2026-11-${String(day).padStart(2, '0')}T09:00:00.000Z`, endsAt: null as string | null });

  it('counts what was sent two weeks ago, or is past its end: of younger ones neither answers nor silence', () => {
    const now = '2026-11-30T09:00:00.000Z';
    const { rate, waiting } = responseOf([asked('answered', 'x', 29), asked('expired', 'x', 20), asked('answered', 'x', 16), asked('open', 'x', 16), asked('open', 'x', 17), { ...asked('answered', 'x', 17), endsAt: now }, { ...asked('expired', 'x', 17), endsAt: now }], now);
    expect([rate.n, rate.value, waiting]).toEqual([4, 0.5, 3]);
    expect(responseOf([], '2026-11-30T00:00:00.000Z').rate).toMatchObject({ n: 0, value: null });
  });

  it('says who is heard more than asked, and whether that is chance', () => {
    const many = (count: number, state: 'answered' | 'expired', segment: string) => Array.from({ length: count }, () => asked(state, segment));
    const { bias } = responseOf([...many(30, 'answered', 'small'), ...many(20, 'expired', 'small'), ...many(10, 'answered', 'large'), ...many(40, 'expired', 'large')], '2026-11-30T00:00:00.000Z');
    const small = bias.segment.find(({ group }) => group === 'small')!;
    expect([small.asked, small.answered, small.over, small.difference.value!.toFixed(4)]).toEqual([50, 30, 0.25, '0.4000']);
    expect(small.difference.low!).toBeGreaterThan(0);
    expect(bias.segment.reduce((total, { over }) => total + over!, 0)).toBeCloseTo(0, 12);
    expect(bias.role).toEqual([expect.objectContaining({ group: 'user', over: 0, difference: expect.objectContaining({ value: null }) })]);
  });
});

describe('Before and after a coaching', () => {
  const answers = (excellent: number, n: number) => Array.from({ length: n }, (_, place) => csat(place < excellent ? 5 : 1, 5));

  it('is told as the difference of two shares, with the interval that Newcombe prints of this case', () => {
    // R. G. Newcombe, Statistics in Medicine 17 (1998), table II (a), method 10: 56 of 70 less 48 of 80 is 0.2, from 0.0524 to 0.3339.
    const { topBox, csat: satisfied } = beforeAfter(answers(48, 80), answers(56, 70));
    expect(topBox).toMatchObject({ before: { n: 80, value: 0.6 }, after: { n: 70, value: 0.8 }, missing: null, difference: { n: 150, value: expect.closeTo(0.2, 6), low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) } });
    expect(satisfied).toEqual(topBox);
  });

  it('of fewer than 30 answers on a side is told to be of too few, and of none to need them', () => {
    expect(beforeAfter(answers(10, 29), answers(40, 80)).topBox).toEqual({ before: { n: 29, value: null, low: null, high: null }, after: { n: 80, value: null, low: null, high: null }, difference: { n: 109, value: null, low: null, high: null }, missing: 'too few: 29 before and 80 after, where 30 of each are needed' });
    expect(beforeAfter([], []).csat.missing).toMatch(/^not measured; needs survey\.responded/);
    expect(beforeAfter(answers(10, 30), answers(10, 30)).topBox.missing).toBeNull();
  });
});
