import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyCard } from '../testing/cards.js';
import type { Card, CardMeasure } from './card.js';
import { diffCards } from './diff-cards.js';
import { firstScorecard } from './first-scorecard.js';

const change = (id: string, fields: Partial<CardMeasure>, card: Card = firstScorecard): Card => ({ ...card, measures: card.measures.map((measure) => (measure.id === id ? { ...measure, ...fields } : measure)) });
const shortly = (before: Card, after: Card) => diffCards(before, after).map(({ path, kind, field }) => `${kind} ${path}${field ? ` ${field}` : ''}`);

describe('What changed between two cards', () => {
  it('is nothing between a card and itself, whatever the order of its keys, its id and its version', () => {
    fc.assert(fc.property(anyCard, (card) => {
      const turned = (value: unknown): unknown => (Array.isArray(value) ? value.map(turned) : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).reverse().map(([key, part]) => [key, turned(part)])) : value);
      expect(diffCards(card, { ...(turned(JSON.parse(JSON.stringify(card))) as Card), id: 'other', version: 9 })).toEqual([]);
    }));
  });

  it('tells a weight as a share of the score, and whose share moved with it: 9 of 100, then 20 of 111', () => {
    const changes = diffCards(firstScorecard, change('licence-use', { weight: 20 }));
    expect(changes[0]).toEqual({ path: 'measure:licence-use', kind: 'changed', field: 'weight', before: 9, after: 20, say: 'Licence use counts for 9 % of the score before, 18 % now.' });
    expect(changes[1]).toMatchObject({ path: 'measure:depth', field: 'share', before: 4, say: 'Depth of use counts for 4 % of the score before, 3.6 % now, as others weigh otherwise.' });
    expect(changes).toHaveLength(firstScorecard.measures.length);
  });

  it('tells of measures and groups that are new or gone, with their share', () => {
    const less: Card = { ...firstScorecard, groups: firstScorecard.groups.filter(({ id }) => id !== 'silence'), measures: firstScorecard.measures.filter(({ id }) => id !== 'silence') };
    expect(diffCards(firstScorecard, less).filter(({ kind }) => kind !== 'changed').map(({ path, say }) => [path, say])).toEqual([
      ['group:silence', 'The group Silence is no longer on the card.'], ['measure:silence', 'The measure Silence is no longer on the card: 6 % of the score.']]);
    expect(diffCards(less, firstScorecard).filter(({ kind }) => kind === 'added').map(({ path, say }) => [path, say])).toEqual([
      ['group:silence', 'The group Silence is new on the card.'], ['measure:silence', 'The measure Silence is new on the card: 6 % of the score.']]);
  });

  it('names every field of the card, a group or a measure with what it was and is', () => {
    const other: Card = {
      ...change('contact', { curve: { kind: 'line', points: [[10, 1], [60, 0]] }, staleAfter: 90, ceilings: [{ upTo: 0, score: 50 }] }),
      bands: { ...firstScorecard.bands, healthy: 75, boundary: 'belongs to the lower band' }, scale: { max: 10, decimals: 1 },
      groups: firstScorecard.groups.map((group) => (group.id === 'voice' ? { ...group, label: 'What they say' } : group)),
    };
    expect(new Set(shortly(firstScorecard, other))).toEqual(new Set([
      'changed card scale', 'changed card bands.healthy', 'changed card bands.boundary', 'changed group:voice label',
      'changed measure:contact curve', 'changed measure:contact staleAfter', 'changed measure:contact ceilings']));
    const says = diffCards(firstScorecard, other).map(({ say }) => say);
    expect(says).toEqual(expect.arrayContaining([
      'The card: healthy was 70, is 75.', 'The card: scale was nothing, is 10 1.', 'The group What they say: label was Voice, is What they say.',
      'The measure Two-way contact: curve was 30 → 1, 120 → 0, is 10 → 1, 60 → 0.', 'The measure Two-way contact: stale after was nothing, is 90.', 'The measure Two-way contact: ceilings was nothing, is 50 at 0.']));
  });

  it('counts a weight in nested groups as its part of the whole: half of a third', () => {
    const nested = (weight: number): Card => ({
      ...firstScorecard, groups: [{ id: 'a', label: 'A', weight }, { id: 'b', label: 'B', weight: 2 }],
      measures: [{ ...firstScorecard.measures[0]!, group: 'a', weight: 1 }, { ...firstScorecard.measures[1]!, group: 'a', weight: 1 }, { ...firstScorecard.measures[2]!, group: 'b', weight: 5 }],
    });
    expect(diffCards(nested(1), nested(2)).filter(({ path }) => path.startsWith('measure:')).map(({ before, after }) => [before, after].map((share) => Math.round(10 * Number(share)) / 10))).toEqual([[16.7, 25], [16.7, 25], [66.7, 50]]);
  });

  it('tells of no share where somewhere it is not a mean: there a measure may bring all, or nothing', () => {
    const worst: Card = { ...firstScorecard, combine: { kind: 'worst' } };
    expect(shortly(firstScorecard, worst)).toEqual(['changed card combine']);
    expect(diffCards(worst, change('licence-use', { weight: 20 }, worst)).map(({ say }) => say)).toEqual(['The measure Licence use: weight was 9, is 20.']);
    const below = { ...firstScorecard, groups: firstScorecard.groups.map((group) => (group.id === 'voice' ? { ...group, combine: { kind: 'worst' as const }, weight: 14 } : group)) };
    expect(diffCards(below, change('contact', { weight: 30 }, below)).map(({ field, say }) => [field, say])).toEqual([['weight', 'The measure Two-way contact: weight was 3, is 30.']]);
    expect(diffCards(worst, { ...worst, measures: worst.measures.slice(1) }).map(({ say }) => say)).toEqual(['The measure Licence use is no longer on the card.']);
  });

  it('is said in sentences of at most 25 words, and applied one by one leads from one card to the other', () => {
    fc.assert(fc.property(anyCard, anyCard, (before, after) => {
      const changes = diffCards(before, after);
      for (const { say } of changes) expect(say.split(/\s+/).length).toBeLessThanOrEqual(25);
      let measures = before.measures.filter(({ id }) => !changes.some(({ path, kind }) => kind === 'removed' && path === `measure:${id}`));
      for (const { path, kind, field, after: is } of changes) {
        if (!path.startsWith('measure:') || field === 'share') continue;
        if (kind === 'added') measures = [...measures, is as CardMeasure];
        if (kind === 'changed') measures = measures.map((measure) => (`measure:${measure.id}` === path ? { ...measure, [field!]: is ?? undefined } : measure));
      }
      const plain = (list: readonly CardMeasure[]) => list.map((measure) => Object.fromEntries(Object.entries(measure).filter(([, value]) => value !== undefined && value !== null)));
      expect(plain(measures)).toEqual(plain(after.measures));
    }));
  });
});
