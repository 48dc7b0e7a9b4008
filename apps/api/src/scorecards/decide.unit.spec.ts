import { describe, expect, it } from '@jest/globals';
import { type Card, firstScorecard } from '#insight';
import { type CardFact, statesOf } from '#read-model';
import type { ApiProblem } from '../problems/api-problem.js';
import { decideAssignment, decideDraft, decidePublication, decideRetirement, decideReversion } from './decide.js';

const card = (id: string, version: number): Card => ({ ...firstScorecard, id, version });
const { version: _, ...unversioned } = card('mine', 1);
let n = 0;
const fact = (type: string, id: string, data: Record<string, unknown> = {}): CardFact => (
  { card: id, type: `scorecard.${type}`, position: `1.${n += 1}`, observedAt: '2026-11-20T00:00:00.000Z', actor: { kind: 'person', id: 'anna' }, revision: n, data: { card: id, ...data } });
const drafted = (id: string, version: number) => fact('drafted', id, { card: card(id, version) });
const published = (id: string, version: number) => fact('published', id, { version });
const assigned = (perspective: string, id: string) => fact('assigned', 'assignment', { perspective, rules: [], otherwise: id });

/** The code of the problem that is thrown. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as ApiProblem).code;
  }
  return 'none';
}

describe('A draft', () => {
  it('becomes the first version of a new card, and the next of one that is there', () => {
    expect(decideDraft(statesOf([]), unversioned)).toEqual({ card: { ...unversioned, version: 1 }, basedOn: null, isNew: true });
    const changed = { ...card('mine', 1), label: 'Mine' };
    expect(decideDraft(statesOf([drafted('mine', 1)]), changed)).toEqual({ card: { ...changed, version: 2 }, basedOn: 1, isNew: true });
    expect(decideDraft(statesOf([]), { ...firstScorecard, label: 'Ours' })).toMatchObject({ card: { id: 'first-scorecard', version: 2 }, basedOn: 1 });
  });

  it('that changes nothing is none', () => {
    expect(decideDraft(statesOf([drafted('mine', 1)]), card('mine', 1))).toMatchObject({ card: { version: 1 }, isNew: false });
    expect(decideDraft(statesOf([]), firstScorecard)).toMatchObject({ card: { id: 'first-scorecard', version: 1 }, isNew: false });
  });

  it('made from a version that is no longer the newest is refused, whatever it holds', () => {
    expect(refusal(() => decideDraft(statesOf([drafted('mine', 1), drafted('mine', 2)]), { ...card('mine', 1), label: 'Mine' }))).toBe('scorecard-outdated');
  });

  it.each(['assignment', 'checks', 'simulations', 'ready-made', 'assignments'])('cannot be called %s', (id) => {
    expect(refusal(() => decideDraft(statesOf([]), { ...unversioned, id }))).toBe('invalid-body');
  });
});

describe('A publication', () => {
  const states = statesOf([drafted('mine', 1), drafted('mine', 2), published('mine', 1)]);

  it('is of the newest version, or of the one that is named', () => {
    expect(decidePublication(states, 'mine', undefined).version).toBe(2);
    expect(refusal(() => decidePublication(states, 'mine', 1))).toBe('scorecard-in-force');
    expect(refusal(() => decidePublication(states, 'mine', 3))).toBe('scorecard-unknown');
    expect(refusal(() => decidePublication(states, 'other', undefined))).toBe('scorecard-unknown');
    expect(refusal(() => decidePublication(states, 'first-scorecard', undefined))).toBe('scorecard-in-force');
  });

  it('is taken back one step at a time, to what was in force before', () => {
    const facts = [drafted('mine', 1), drafted('mine', 2), drafted('mine', 3), published('mine', 1), published('mine', 3)];
    expect(decideReversion(statesOf(facts), 'mine')).toMatchObject({ card: { version: 1 }, from: 3 });
    expect(refusal(() => decideReversion(statesOf(facts.slice(0, 4)), 'mine'))).toBe('scorecard-nothing-before');
    expect(refusal(() => decideReversion(statesOf(facts.slice(0, 3)), 'mine'))).toBe('scorecard-not-published');
    expect(decideReversion(statesOf([drafted('first-scorecard', 2), published('first-scorecard', 2)]), 'first-scorecard')).toMatchObject({ card: { version: 1 }, from: 2 });
    // Step by step, never to what was just taken back.
    const back = [...facts, fact('published', 'mine', { version: 1, revertedFrom: 3 })];
    expect(refusal(() => decideReversion(statesOf(back), 'mine'))).toBe('scorecard-nothing-before');
    expect(decideReversion(statesOf([...back, published('mine', 2)]), 'mine')).toMatchObject({ card: { version: 1 }, from: 2 });
  });
});

describe('A retirement', () => {
  it('is refused while anybody is scored by the card', () => {
    const facts = [drafted('mine', 1), published('mine', 1), assigned('payer', 'mine')];
    expect(refusal(() => decideRetirement(statesOf(facts), 'mine'))).toBe('scorecard-in-use');
    expect(refusal(() => decideRetirement(statesOf([...facts, fact('assigned', 'assignment', { perspective: 'payer', rules: [], otherwise: null })]), 'mine'))).toBe('none');
    expect(refusal(() => decideRetirement(statesOf(facts.slice(0, 1)), 'mine'))).toBe('scorecard-not-published');
    expect(refusal(() => decideRetirement(statesOf([]), 'mine'))).toBe('scorecard-unknown');
    expect(refusal(() => decideRetirement(statesOf([]), 'first-scorecard'))).toBe('scorecard-in-use');
  });
});

describe('An assignment', () => {
  it('names cards that are in force only, and for the score that counts one for everybody else', () => {
    const states = statesOf([drafted('mine', 1), published('mine', 1), drafted('new', 1)]);
    expect(() => decideAssignment(states, 'whole', { rules: [{ segments: ['x'], card: 'mine' }], otherwise: 'first-scorecard' })).not.toThrow();
    expect(() => decideAssignment(states, 'payer', { rules: [], otherwise: null })).not.toThrow();
    try {
      decideAssignment(states, 'whole', { rules: [{ segments: ['x'], card: 'mine' }, { regions: ['y'], card: 'new' }, { card: 'mine' }], otherwise: null });
      throw new Error('It was taken');
    } catch (error) {
      expect((error as ApiProblem).extras.errors?.map(({ pointer }) => pointer)).toEqual(['/rules/1/card', '/rules/2', '/otherwise']);
    }
  });
});
