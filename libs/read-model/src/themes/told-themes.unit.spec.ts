import { describe, expect, it } from '@jest/globals';
import { LEAST_CODED, learntFrom, toldThemes, type WrittenAnswer } from './told-themes.js';

const themes = [{ id: 'speed', label: 'Speed', words: ['slow'], categories: [] }, { id: 'price', label: 'Price', words: ['invoice'], categories: [] }];
const written = (words: string, coded: readonly string[] | null, place = 0): WrittenAnswer => ({ customer: 'c', survey: `V-${place}`, by: `p${place}`, words, coded });
const coded = Array.from({ length: 2 * LEAST_CODED }, (_, place) => written(place % 2 === 0 ? `hours of standing in line, turn ${place}` : `polite people, turn ${place}`, place % 2 === 0 ? ['speed', 'gone'] : [], place));

describe('The themes of an answer', () => {
  it('are what people said, of themes that there still are', async () => {
    const model = await learntFrom('acme', coded, themes);
    expect(toldThemes(written('slow invoice', ['price', 'gone']), themes, model)).toEqual(['price']);
    expect(toldThemes(written('slow invoice', []), themes, model)).toEqual([]);
  });

  it('else what was learnt from what people said, and for themes that were not learnt by their words', async () => {
    const model = await learntFrom('acme', coded, themes);
    expect(model!.themes.map(({ theme }) => theme)).toEqual(['speed']);
    expect(toldThemes(written('an hour of standing in line for an invoice', null), themes, model)).toEqual(['speed', 'price']);
    // The word of a theme that was learnt decides no longer.
    expect(toldThemes(written('slow', null), themes, model)).toEqual([]);
  });

  it('are told by words alone while people have said too little; what was learnt is kept for the same texts', async () => {
    expect(await learntFrom('acme', coded.slice(0, LEAST_CODED - 1), themes)).toBeNull();
    expect(toldThemes(written('so slow', null), themes, null)).toEqual(['speed']);
    expect(await learntFrom('acme', coded, themes)).toBe(await learntFrom('acme', coded, themes));
    expect(await learntFrom('globex', coded, themes)).not.toBe(await learntFrom('acme', coded, themes));
  });
});
