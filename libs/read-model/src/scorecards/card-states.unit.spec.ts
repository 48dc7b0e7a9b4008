import { describe, expect, it } from '@jest/globals';
import { type Card, firstScorecard } from '#insight';
import { type CardFact, cardSetOf, publishedCard, statesOf } from './card-states.js';

const card = (id: string, version: number): Card => ({ ...firstScorecard, id, version });
let n = 0;
const fact = (type: string, id: string, data: Record<string, unknown> = {}): CardFact => (
  { card: id, type: `scorecard.${type}`, position: `1.${n += 1}`, observedAt: '2026-11-20T00:00:00.000Z', actor: { kind: 'person', id: 'anna' }, revision: n, data: { card: id, ...data } });
const drafted = (id: string, version: number) => fact('drafted', id, { card: card(id, version) });
const published = (id: string, version: number) => fact('published', id, { version });
const assigned = (perspective: string, rules: object[], otherwise: string | null) => fact('assigned', 'assignment', { perspective, rules, otherwise });
const names = (facts: CardFact[]) => {
  const { whole, payer, user } = cardSetOf(statesOf(facts));
  return [whole, payer, user].map(({ rules, otherwise }) => [...rules.map((rule) => `${rule.card.id}@${rule.card.version}`), otherwise && `${otherwise.id}@${otherwise.version}`]);
};

describe('Which cards count', () => {
  it('is the first scorecard where nothing was decided, and from no other point of view', () => {
    expect(names([])).toEqual([['first-scorecard@1'], [null], [null]]);
  });

  it('follows publications, not drafts, and goes back to the version that came with us', () => {
    const facts = [drafted('first-scorecard', 2)];
    expect(names(facts)[0]).toEqual(['first-scorecard@1']);
    facts.push(published('first-scorecard', 2));
    expect(names(facts)[0]).toEqual(['first-scorecard@2']);
    facts.push(published('first-scorecard', 1));
    expect(names(facts)[0]).toEqual(['first-scorecard@1']);
  });

  it('passes over a rule whose card is not in force, and lets nobody be without a card', () => {
    const facts = [drafted('a', 1), published('a', 1), drafted('b', 1), assigned('whole', [{ segments: ['x'], card: 'a' }, { card: 'b' }], 'a')];
    expect(names(facts)[0]).toEqual(['a@1', 'a@1']);
    expect(names([...facts, fact('retired', 'a')])[0]).toEqual(['first-scorecard@1']);
    expect(publishedCard(statesOf([...facts, fact('retired', 'a')]), 'a')).toBeNull();
  });

  it('is decided for each point of view by itself, the last word counting', () => {
    const facts = [drafted('p', 1), published('p', 1), assigned('payer', [{ segments: ['x'], card: 'p' }], null), assigned('user', [], 'p'), assigned('user', [], null)];
    expect(names(facts)).toEqual([['first-scorecard@1'], ['p@1', null], [null]]);
  });
});
