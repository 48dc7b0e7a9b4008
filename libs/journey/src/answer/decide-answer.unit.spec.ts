import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fact } from '../testing/fact.js';
import { type Answer, evolveAnswer, noAnswer } from './answer.js';
import { type AnswerCommand, decideAnswer } from './decide-answer.js';
import { barOf, shareOfScale, verdictOf } from './verdict.js';

const csat = { kind: 'csat', min: 1, max: 5 };
const answer = (n: number, score: number, type = 'survey.responded') => fact(n, type, { survey: 'V-1', instrument: csat, score, contact: 'p-1', ticket: 'T-1' });
const fold = (...facts: ReturnType<typeof fact>[]): Answer => facts.reduce(evolveAnswer, noAnswer);
const view = (viewer: string): AnswerCommand => ({ do: 'view', viewer, role: 'csm' });

describe('What an answer says of us', () => {
  it.each<[string, number, number, readonly string[]]>([
    ['nps', 0, 10, ['miss', 'miss', 'miss', 'miss', 'miss', 'miss', 'miss', 'neutral', 'neutral', 'excellent', 'excellent']],
    ['xla', 0, 10, ['miss', 'miss', 'miss', 'miss', 'miss', 'miss', 'miss', 'neutral', 'neutral', 'excellent', 'excellent']],
    ['csat', 1, 5, ['miss', 'miss', 'miss', 'neutral', 'excellent']],
    ['csat', 1, 4, ['miss', 'miss', 'neutral', 'excellent']],
    ['ces', 1, 7, ['miss', 'miss', 'miss', 'neutral', 'neutral', 'neutral', 'excellent']],
    ['custom', 0, 3, ['miss', 'miss', 'neutral', 'excellent']],
  ])('on a scale of %s from %i to %i', (kind, min, max, expected) => {
    expect(expected.map((_, at) => verdictOf({ kind, min, max }, min + at))).toEqual(expected);
  });

  it('goes by the lines that the author of the question drew', () => {
    const strict = { ...csat, bar: 5, excellentFrom: 5 };
    expect([verdictOf(strict, 4), verdictOf(strict, 5), barOf(strict), barOf({ kind: 'nps', min: 0, max: 10 })]).toEqual(['miss', 'excellent', 5, 7]);
    expect([shareOfScale(csat, 3), shareOfScale(csat, 9), shareOfScale(csat, 0)]).toEqual([0.5, 1, 0]);
  });
});

describe('An answer', () => {
  it('counts as it was revised, and is unread again then', () => {
    const read = fold(fact(0, 'survey.sent', { survey: 'V-1', instrument: csat }), answer(1, 2), fact(2, 'survey.response-viewed', { survey: 'V-1', viewer: 'mara', role: 'csm' }));
    expect(read).toMatchObject({ state: 'answered', score: 2, verdict: 'miss', viewedAt: '2026-01-01T02:00:00.000Z', firstViewedAt: '2026-01-01T02:00:00.000Z', revisedAt: null });
    const revised = evolveAnswer(read, answer(3, 5, 'survey.response-revised'));
    expect(revised).toMatchObject({ score: 5, verdict: 'excellent', answeredAt: '2026-01-01T01:00:00.000Z', revisedAt: '2026-01-01T03:00:00.000Z', viewedAt: null, firstViewedAt: '2026-01-01T02:00:00.000Z' });
    expect([decideAnswer(read, 'V-1', view('mara')), decideAnswer(revised, 'V-1', view('mara'))]).toEqual([null, { type: 'survey.response-viewed', data: { survey: 'V-1', viewer: 'mara', role: 'csm' } }]);
  });

  it('stays answered whatever comes after it, and is nothing before', () => {
    expect(fold(answer(1, 4), fact(2, 'survey.sent', { survey: 'V-1', instrument: csat }), fact(3, 'survey.expired', { survey: 'V-1' })).state).toBe('answered');
    expect(decideAnswer(fold(fact(1, 'survey.sent', { survey: 'V-1', instrument: csat })), 'V-1', view('mara'))).toMatchObject({ refused: 'not-answered' });
    expect(fold(fact(1, 'survey.suppressed', { survey: 'V-1', reason: 'asked-lately' }))).toMatchObject({ state: 'suppressed', suppressed: 'asked-lately' });
  });

  it('is set aside with a reason, unless it is a complaint', () => {
    const aside: AnswerCommand = { do: 'set-aside', reason: 'praise', note: 'Nice.' };
    expect(decideAnswer(fold(answer(1, 5)), 'V-1', aside)).toEqual({ type: 'survey.set-aside', data: { survey: 'V-1', contact: 'p-1', reason: 'praise', note: 'Nice.' } });
    const complaint = fold(answer(1, 5), fact(2, 'survey.marked-complaint', { survey: 'V-1' }));
    expect([decideAnswer(complaint, 'V-1', aside), decideAnswer(complaint, 'V-1', { do: 'complaint' })]).toMatchObject([{ refused: 'is-complaint' }, { refused: 'already-complaint' }]);
  });

  it('over any commands is marked once, set aside once, and read by nobody twice without a revision between', () => {
    const commands = fc.array(fc.constantFrom<AnswerCommand | 'revise'>(view('mara'), view('ben'), { do: 'complaint' }, { do: 'set-aside', reason: 'praise' }, 'revise'), { maxLength: 20 });
    fc.assert(fc.property(commands, (list) => {
      const facts = [answer(0, 3)];
      let state = fold(...facts);
      list.forEach((command, n) => {
        const decided = command === 'revise' ? { type: 'survey.response-revised', data: answer(n + 1, 4).data } : decideAnswer(state, 'V-1', command);
        if (!decided || 'refused' in decided) return;
        facts.push(fact(n + 1, decided.type, decided.data));
        state = evolveAnswer(state, facts.at(-1)!);
      });
      expect(fold(...facts)).toEqual(state);
      const count = (type: string) => facts.filter((each) => each.type === type).length;
      expect(count('survey.marked-complaint') <= 1 && count('survey.set-aside') <= 1).toBe(true);
      const seen = new Set<string>();
      for (const { type, data } of facts) {
        if (type === 'survey.response-revised') seen.clear();
        if (type !== 'survey.response-viewed') continue;
        expect(seen.has(String(data['viewer']))).toBe(false);
        seen.add(String(data['viewer']));
      }
      expect(state.viewedAt !== null).toBe(seen.size > 0);
    }), { numRuns: 300 });
  });
});
