import { expect, it } from '@jest/globals';
import { firstScorecard } from '#insight';
import type { CardFact } from './card-states.js';
import { cardSetAfter } from './cards-in-force.js';

let n = 0;
const fact = (type: string, card: string, data: Record<string, unknown>): CardFact => (
  { card, type: `scorecard.${type}`, position: `1.${n += 1}`, observedAt: '2026-11-20T00:00:00.000Z', actor: { kind: 'person', id: 'anna' }, revision: n, data: { card, ...data } });
const known = [fact('drafted', 'mine', { card: { ...firstScorecard, id: 'mine', version: 1 } }), fact('published', 'mine', { version: 1 })];
const idOf = (rule: object, perspective = 'whole') => cardSetAfter([...known, fact('assigned', 'assignment', { perspective, rules: [{ ...rule, card: 'mine' }], otherwise: 'first-scorecard' })]).id;

it('The id of a set of cards tells whom each is for, by every trait and from every point of view, and nothing else', () => {
  const rules = [{}, ...['segments', 'industries', 'regions'].flatMap((trait) => [{ [trait]: ['North'] }, { [trait]: ['South'] }])];
  const ids = [cardSetAfter(known).id, ...rules.map((rule) => idOf(rule)), ...rules.map((rule) => idOf(rule, 'payer')), ...rules.map((rule) => idOf(rule, 'user'))];
  expect(new Set(ids).size).toBe(ids.length);
  for (const rule of rules) expect(idOf(rule)).toBe(idOf(rule));
});
