import { describe, expect, it } from '@jest/globals';
import { netLine, shareText } from './figures.js';

const one = { n: 1, value: 1, low: null, high: null };

describe('Figures in words', () => {
  it('count one as one', () => {
    expect([shareText(one), shareText(one, 'tickets'), shareText({ ...one, n: 2 }, 'tickets')]).toEqual(['100 %, of 1 answer', '100 %, of 1 ticket', '100 %, of 2 tickets']);
    expect(JSON.stringify(netLine('Net', one, 'people'))).toContain('of 1 person<');
  });
});
