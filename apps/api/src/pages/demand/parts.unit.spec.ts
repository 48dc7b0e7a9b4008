import { expect, it } from '@jest/globals';
import { lines } from './parts.js';

it('folds lines beyond the first, and leads to a file for those that it does not have', () => {
  const { text } = lines(Array.from({ length: 10 }, (_, place) => `line ${place}`), 13, (words) => words, '/v1/demand/outcomes');
  const [seen, folded] = [text.slice(0, text.indexOf('<details>')), text.slice(text.indexOf('<details>'))];
  expect([seen.includes('line 7'), seen.includes('line 8'), folded.includes('<summary>2 lines more</summary>'), folded.includes('line 9')]).toEqual([true, false, true, true]);
  expect(folded).toContain('3 lines more: <a href="/v1/demand/outcomes?format=csv">');
  expect([text.includes('GET /v1'), lines(['a'], 1, (words) => words, '/v1/x').text.includes('more')]).toEqual([false, false]);
});
