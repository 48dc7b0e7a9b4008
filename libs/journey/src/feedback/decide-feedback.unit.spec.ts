import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findType } from '../catalogue.js';
import { fact } from '../testing/fact.js';
import { decideFeedback, type FeedbackCommand, isRefusal } from './decide-feedback.js';
import { evolveFeedback, type Feedback, isOpen, noFeedback, stepOf } from './feedback.js';

const departments = new Set(['product', 'billing']);
const RAISE: FeedbackCommand = { do: 'request-raised', what: 'Labels from a tablet' };
const to = (department: string): FeedbackCommand => ({ do: 'routed', department });
const ACCEPT: FeedbackCommand = { do: 'accepted' };
const DECLINE: FeedbackCommand = { do: 'declined', reason: 'not-planned' };
const ANSWER: FeedbackCommand = { do: 'answered', what: 'In March' };
const TELL: FeedbackCommand = { do: 'customer-told' };

/** What becomes of a piece of feedback when all this is tried one after the other; what is refused is told by its code. */
function follow(commands: readonly FeedbackCommand[]): { state: Feedback; told: string[]; facts: ReturnType<typeof fact>[] } {
  let state = noFeedback;
  const facts: ReturnType<typeof fact>[] = [];
  const told = commands.map((command, n) => {
    const decided = decideFeedback(state, 'F-1', command, departments);
    if (isRefusal(decided)) return decided.refused;
    facts.push(fact(n, decided.type, decided.data));
    state = evolveFeedback(state, facts.at(-1)!);
    return stepOf(state);
  });
  return { state, told, facts };
}

describe('Feedback', () => {
  it('is raised, sent, accepted, answered and told to the customer', () => {
    const { told, facts, state } = follow([RAISE, to('product'), ACCEPT, ANSWER, TELL]);
    expect(told).toEqual(['raised', 'routed', 'accepted', 'answered', 'told']);
    expect(facts.map(({ type, data }) => [type, data])).toEqual([
      ['feedback.request-raised', { feedback: 'F-1', what: 'Labels from a tablet' }], ['feedback.routed', { feedback: 'F-1', department: 'product' }],
      ['feedback.accepted', { feedback: 'F-1', department: 'product' }], ['feedback.answered', { feedback: 'F-1', department: 'product', what: 'In March' }],
      ['feedback.customer-told', { feedback: 'F-1' }],
    ]);
    expect(state).toEqual({
      raisedAt: '2026-01-01T00:00:00.000Z', themes: [], toldAt: '2026-01-01T04:00:00.000Z',
      turns: [{ department: 'product', routedAt: '2026-01-01T01:00:00.000Z', acceptedAt: '2026-01-01T02:00:00.000Z', answeredAt: '2026-01-01T03:00:00.000Z', declinedAt: null, reason: null, movedAt: null }],
    });
  });

  it('goes on to another department, also after one declined it', () => {
    const { told, state } = follow([RAISE, to('product'), to('billing'), DECLINE, to('product'), ANSWER]);
    expect(told).toEqual(['raised', 'routed', 'routed', 'declined', 'routed', 'answered']);
    expect(state.turns.map(({ department, movedAt, declinedAt, acceptedAt }) => [department, movedAt?.slice(11, 13), declinedAt?.slice(11, 13), acceptedAt?.slice(11, 13)])).toEqual([
      ['product', '02', undefined, undefined], ['billing', undefined, '03', undefined], ['product', undefined, undefined, '05'],
    ]);
  });

  it.each<[string, FeedbackCommand[]]>([
    ['feedback-unknown', [ACCEPT]], ['feedback-known', [RAISE, RAISE]], ['department-unknown', [RAISE, to('sales')]], ['already-there', [RAISE, to('product'), to('product')]],
    ['not-with-a-department', [RAISE, ACCEPT]], ['not-with-a-department', [RAISE, to('product'), DECLINE, ANSWER]], ['already-accepted', [RAISE, to('product'), ACCEPT, ACCEPT]],
    ['already-answered', [RAISE, to('product'), ANSWER, to('billing')]], ['nothing-to-tell', [RAISE, to('product'), ACCEPT, TELL]], ['already-told', [RAISE, to('product'), DECLINE, TELL, TELL]],
  ])('is refused as %s where the order of the steps is broken', (code, commands) => {
    expect(follow(commands).told.at(-1)).toBe(code);
  });

  it('that was answered to the customer themselves is told', () => {
    expect(follow([RAISE, to('product'), { ...ANSWER, to: 'p-1' } as FeedbackCommand, TELL]).told).toEqual(['raised', 'routed', 'told', 'already-told']);
  });

  const any = fc.array(fc.constantFrom(RAISE, to('product'), to('billing'), ACCEPT, DECLINE, ANSWER, TELL), { maxLength: 25 });

  it('keeps its order over any attempts: one department at a time, nothing after the answer but that the customer is told, and a replay says the same', () => {
    fc.assert(fc.property(any, (commands) => {
      const { state, facts } = follow(commands);
      expect(facts.reduce(evolveFeedback, noFeedback)).toEqual(state);
      expect(state.turns.slice(0, -1).filter(isOpen)).toEqual([]);
      const types = facts.map(({ type }) => type);
      expect(types.filter((type) => ['feedback.request-raised', 'feedback.answered', 'feedback.customer-told'].includes(type)).length).toBe(new Set(types.filter((type) => ['feedback.request-raised', 'feedback.answered', 'feedback.customer-told'].includes(type))).size);
      const answered = types.indexOf('feedback.answered');
      if (answered >= 0) expect(types.slice(answered + 1).filter((type) => type !== 'feedback.customer-told')).toEqual([]);
      if (types.length > 0) expect(types[0]).toBe('feedback.request-raised');
      for (const { routedAt, acceptedAt, answeredAt, declinedAt, movedAt } of state.turns) {
        for (const at of [acceptedAt, answeredAt, declinedAt, movedAt]) expect(at === null || at >= routedAt).toBe(true);
        expect([answeredAt, declinedAt, movedAt].filter((at) => at !== null).length).toBeLessThanOrEqual(1);
      }
    }), { numRuns: 300 });
  });

  it('is folded from whatever other systems tell, in any order, with at most one open turn', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('routed', 'accepted', 'declined', 'answered', 'customer-told', 'themed'), fc.constantFrom('product', 'billing')), { maxLength: 20 }), (list) => {
      const facts = list.map(([type, department], n) => fact(n, `feedback.${type}`, { feedback: 'F-1', department, reason: 'no', themes: ['a'], what: 'x' }));
      const state = facts.reduce(evolveFeedback, noFeedback);
      expect(state.turns.slice(0, -1).filter(isOpen)).toEqual([]);
      expect(state.raisedAt).toBe(facts[0]?.occurredAt ?? null);
    }));
  });

  it('says the same in the published language', () => {
    expect(findType('feedback.request-raised')?.check?.({ feedback: 'F-1' } as never)).toHaveLength(1);
    expect(findType('feedback.request-raised')?.check?.({ feedback: 'F-1', survey: 'V-1' } as never)).toEqual([]);
  });
});
