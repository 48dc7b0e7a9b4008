import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish } from '../churn/models/steps.js';
import { groupFolds } from './folds.js';
import { f1Of } from './judge.js';
import { learnThemes, likeliestIn, themesIn } from './theme-model.js';
import { firstThemes, themesByWords } from './themes.js';
import { featuresOf, stemsOf } from './tokens.js';

const theme = (id: string, ...words: string[]) => ({ id, label: id, words, categories: [] });
const coded = Array.from({ length: 60 }, (_, place) => (place % 2 === 0
  ? { text: `the printer was slow, ${place} minutes of waiting`, themes: ['speed'], by: `p${place}` } : { text: `the invoice of month ${place} was wrong`, themes: place % 3 === 0 ? ['price'] : ['price', 'manner'], by: `p${place}` }));

describe('What a text is about', () => {
  it('is told by words in any form, and by several as they follow each other', () => {
    const themes = [theme('speed', 'wait', 'too long'), theme('price', 'invoice')];
    expect([themesByWords('We waited, and WAITING is no fun.', themes), themesByWords('It took too long; invoices are fine', themes), themesByWords('long, too', themes)]).toEqual([['speed'], ['speed', 'price'], []]);
    expect(stemsOf("Nobody’s invoices came — 3 times")).toEqual(stemsOf("nobody's invoice comes times").map((stem, place) => (place === 2 ? stemsOf('came')[0] : stem)));
    expect(featuresOf('not helpful')).toEqual(['not', 'help', 'not help']);
    expect(firstThemes.every(({ id, words }) => /^[a-z-]+$/.test(id) && words.length > 0)).toBe(true);
  });

  it('is learnt from what people coded, the same each time, of themes with enough texts', () => {
    const model = finish(learnThemes(coded, 25));
    expect(model.themes.map(({ theme: name }) => name)).toEqual(['price', 'speed']);
    expect([themesIn('why is the printer so slow', model), themesIn('your invoice is wrong', model), likeliestIn('a slow printer', model)]).toEqual([['speed'], ['price'], 'speed']);
    expect(model.themes.every(({ heldOut }) => heldOut.f1 > 0.95 && heldOut.support === 30)).toBe(true);
    expect(finish(learnThemes(coded, 25)).themes[0]!.model).toEqual(model.themes[0]!.model);
    expect([finish(learnThemes(coded, 100)).themes, likeliestIn('x', finish(learnThemes([], 1)))]).toEqual([[], null]);
  });

  it('is judged by folds that hold all words of one person', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 60 }), fc.nat(1_000), (people, seed) => {
      const folds = groupFolds(people, 3, seed);
      for (const person of new Set(people)) expect(new Set(folds.filter((_, place) => people[place] === person)).size).toBe(1);
    }));
  });

  it('is judged by precision, recall and F1', () => {
    expect(f1Of([1, 1, 1, 0, 0], [1, 1, 0, 1, 0])).toEqual({ support: 3, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
    expect(f1Of([1, 0], [0, 0])).toEqual({ support: 1, precision: 0, recall: 0, f1: 0 });
  });
});
