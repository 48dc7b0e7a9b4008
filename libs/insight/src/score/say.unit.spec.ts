import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventTypes } from '#journey';
import { only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { foldEvents } from '../fold-events.js';
import { healthDifference } from '../health/health-difference.js';
import { eventWords } from '../health/event-words.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { dateWords, figure, plural, pointsWords, shareOf } from '../words.js';
import { dayOfDate } from '../day.js';
import { scoreHealth } from './score-health.js';

/** What is wrong with a sentence for a person; empty when nothing is. */
function faults(say: string): string[] {
  const rules: [string, boolean][] = [
    ['more than 25 words', say.split(/\s+/).length > 25],
    ['no capital or figure in front', !/^[A-Z0-9]/.test(say)],
    ['not one full stop at the end', !/[^.]\.$/.test(say)],
    ['an id', /[0-9a-f]{8}-[0-9a-f]{4}|\b\d+\.\d{3,}|\b[A-Z]+-\d+|#\d|\banna\b|\bAcme\b/.test(say)],
    ['a field name', /[a-z][A-Z]|_|\b[a-z]+\.[a-z]/.test(say)],
    ['a number that is none', /NaN|undefined|null|Infinity|-\d/.test(say)],
    ['more than one decimal', /\d\.\d\d/.test(say)],
    ['a wrong plural', /(?<![\d.])1 (?!excellent)[a-z]+s\b(?! (?:reopened|overdue))|\b(?:0|[2-9]|\d\d+) (?:point|ticket|day|hour|invoice|promise|goal|survey|licence)\b/.test(say)],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

describe('Sentences for people', () => {
  it('are short, plain and complete for every measure of any history', () => {
    fc.assert(fc.property(correctedHistories(), fc.nat(90), (events, later) => {
      for (const { say } of scoreHealth(foldEvents(events, utc), firstScorecard, TODAY + later).measures) expect([say, faults(say)]).toEqual([say, []]);
    }), { numRuns: 400 });
  });

  it('are so for every difference too', () => {
    fc.assert(fc.property(correctedHistories(), fc.integer({ min: 1, max: 500 }), (events, days) => {
      const { lines } = healthDifference(events, only(firstScorecard), { from: `${ago(days)}T00:00:00Z`, to: `${ago(-30)}T00:00:00Z`, knownAt: `${ago(-30)}T00:00:00Z`, dayOf: utc });
      for (const { say } of lines) expect([say, faults(say)]).toEqual([say, []]);
    }));
  });

  it('the test itself refuses ids, field names, long sentences and wrong plurals', () => {
    for (const bad of ['Ticket T-12 cost 3 points.', 'The noticeDays cost 3 points.', 'An event ticket.reopened cost 3 points.', '1 tickets cost 3 points.', '2 ticket cost 3 points.',
      'Event 1.1042 cost 3 points.', 'It cost 3 points', 'it cost 3 points.', `${'a '.repeat(25)}word.`, 'It cost 3.25 points.']) expect([bad, faults(bad).length > 0]).toEqual([bad, true]);
  });

  it('are the ones we promise', () => {
    const events = [['a', 21], ['b', 20], ['c', 10]].flatMap(([id, days]) => [fact('ticket.opened', 60, { ticket: id }), fact('ticket.resolved', 50, { ticket: id }), fact('ticket.reopened', days as number, { ticket: id })]);
    const { measures } = scoreHealth(foldEvents(events, utc), firstScorecard, TODAY);
    expect(measures.find(({ id }) => id === 'reopened')!.say).toMatch(/^3 tickets reopened in 30 days \(usual: 0\) cost [\d.]+ points since 2 Nov\.$/);
  });

  it('know every word they need: figures, plurals, dates', () => {
    expect([1, 3, 0, 1.5].map((count) => plural(count, 'ticket'))).toEqual(['1 ticket', '3 tickets', 'no tickets', '1.5 tickets']);
    expect([[1, 1], [2, 2], [3, 3], [1, 3], [0, 3]].map(([part, all]) => shareOf(part!, all!, 'goal'))).toEqual(['1 goal', 'both goals', 'all 3 goals', '1 of 3 goals', 'none of 3 goals']);
    expect([1200, 100, 1234, -400, 3].map(pointsWords)).toEqual(['12 points', '1 point', '12.3 points', '4 points', 'under 0.1 points']);
    expect([2, 2.04, -0.01, -1.25, 1146, 1234567.5].map(figure)).toEqual(['2', '2', '0', '-1.2', '1,146', '1,234,567.5']);
    expect(['2026-11-02', '2025-05-31'].map((date) => dateWords(dayOfDate(date), TODAY))).toEqual(['2 Nov', '31 May 2025']);
    expect(eventTypes.filter(({ type, internal }) => !internal && !/^record\./.test(type) && eventWords(type) === eventWords('x-own.thing')).map(({ type }) => type)).toEqual([]);
    expect(eventWords('x-own.thing')).toBe('another fact was recorded');
  });
});
