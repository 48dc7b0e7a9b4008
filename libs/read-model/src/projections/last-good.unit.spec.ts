import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { lastGood } from './last-good.js';

it('finds the fact that fails on top of facts that do not', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (length, pick) => {
    const bad = pick % length;
    const stream = Array.from({ length }, (_, n) => ({ id: `e${n}` }) as JourneyEvent);
    const found = lastGood(stream, (facts) => { if (facts.some(({ id }) => id === `e${bad}`)) throw new Error('bad fact'); });
    expect(found.bad?.id).toBe(`e${bad}`);
    expect(found.good).toHaveLength(bad);
  }));
});
