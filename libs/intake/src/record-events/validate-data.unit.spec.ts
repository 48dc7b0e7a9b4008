import { expect, it } from '@jest/globals';
import { validateData } from './validate-data.js';

const answer = (score: number) => ({ survey: 'S-1', instrument: { kind: 'nps', min: 0, max: 10 }, score });

it('refuses a score that is not on the scale it names, and says which field', () => {
  expect(validateData('survey.responded', 2, answer(9), '/data', 5)).toBeUndefined();
  expect(validateData('survey.responded', 2, answer(15), '/data', 5)).toMatchObject({ code: 'data-invalid', pointer: '/data/score' });
});
