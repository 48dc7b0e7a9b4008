import { describe, expect, it } from '@jest/globals';
import type { CustomerSpell } from '../churn/history/leaving.js';
import { outcomeOf } from './alarms.js';

const customer: CustomerSpell = { from: 0, effect: null, notice: null, decision: null, cause: null };
const leaver = (day: number): CustomerSpell[] => [{ ...customer, notice: { day, n: 1 } }];

describe('An alarm', () => {
  it('comes true by a notice on the 90th day, and not by one on the next', () => {
    expect([outcomeOf(leaver(190), 100, 500), outcomeOf(leaver(191), 100, 500)]).toEqual(['right', 'wrong']);
  });

  it('is open until its 90th day is known', () => {
    expect([outcomeOf([customer], 100, 190), outcomeOf([customer], 100, 189)]).toEqual(['wrong', 'open']);
    expect(outcomeOf(leaver(150), 100, 160)).toBe('right');
  });
});
