import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DOWN_AFTER, nextAttempt, restMs } from './schedule.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const since = new Date('2026-11-26T10:00:00Z');
const none = { firstAt: since, retryAfterMs: null, chance: 0.5 };

describe('The schedule', () => {
  it('of an endpoint that never answers ends three days after the fact came up, whatever chance says', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }), (chances) => {
      const attempts: number[] = [];
      let now: Date | null = since;
      for (; now; now = nextAttempt({ ...none, attempts: attempts.length, now, chance: chances[attempts.length]! })) attempts.push(now.getTime() - since.getTime());
      expect(attempts.at(-1)).toBe(3 * DAY);
      expect(attempts.length).toBeGreaterThanOrEqual(9);
      expect(attempts.length).toBeLessThanOrEqual(12);
      expect(attempts[1]).toBeLessThanOrEqual(5_500);
    }));
  });

  it('heeds what a receiver asks for, a day at most, and never beyond the end', () => {
    const after = (retryAfterMs: number, hours = 0) => (nextAttempt({ ...none, attempts: 1, now: new Date(since.getTime() + hours * HOUR), retryAfterMs })?.getTime() ?? NaN) - since.getTime();
    expect([after(0), after(2 * HOUR), after(5 * DAY), after(5 * HOUR, 70), after(0, 72)]).toEqual([5_000, 2 * HOUR, DAY, 3 * DAY, NaN]);
  });

  it('lets an endpoint rest that has failed often in a row, longer and longer, up to an hour', () => {
    expect([restMs(DOWN_AFTER - 1, null, 0.5), restMs(DOWN_AFTER, null, 0.5), restMs(DOWN_AFTER + 1, null, 0.5), restMs(1_000, null, 0.5), restMs(1, 7_000, 0.5), restMs(1, 9 * DAY, 0.5)]).toEqual([0, 60_000, 120_000, HOUR, 7_000, DAY]);
  });
});
