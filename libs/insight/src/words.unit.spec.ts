import { expect, it } from '@jest/globals';
import { percentWords } from './words.js';

it('says a chance in percent, finer where it is small, and never that somebody is quite sure', () => {
  expect([0, 0.0004, 0.001, 0.042, 0.0949, 0.095, 0.314, 0.9899, 0.9901, 0.9999, 1].map(percentWords)).toEqual([
    '0 %', 'under 0.1 %', '0.1 %', '4.2 %', '9.5 %', '10 %', '31 %', '99 %', 'over 99 %', 'over 99 %', '100 %']);
});
