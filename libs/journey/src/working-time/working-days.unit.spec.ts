import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usualWeek } from './calendar.js';
import { addWorkingDays, isWorkingDay } from './working-days.js';

const calendar = { timeZone: 'Europe/Berlin', week: usualWeek, holidays: ['2026-12-25', '2026-12-28'] };

describe('Working days', () => {
  it.each([
    ['2026-11-20', 0, '2026-11-20'], ['2026-11-20', 1, '2026-11-23'], ['2026-11-21', 0, '2026-11-23'], ['2026-11-21', 1, '2026-11-23'], ['2026-11-21', 2, '2026-11-24'],
    ['2026-12-24', 1, '2026-12-29'], ['2026-12-25', 0, '2026-12-29'],
  ])('from %s %i later is %s', (from, count, expected) => {
    expect(addWorkingDays(from, count, calendar)).toBe(expected);
  });

  it('counted one by one are as many as were asked for', () => {
    fc.assert(fc.property(fc.integer({ min: 20_400, max: 20_900 }), fc.integer({ min: 1, max: 40 }), (start, count) => {
      const date = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
      const end = addWorkingDays(date(start), count, calendar);
      let worked = 0;
      for (let day = start + 1; date(day) <= end; day++) if (isWorkingDay(date(day), calendar)) worked += 1;
      expect([worked, isWorkingDay(end, calendar)]).toEqual([count, true]);
    }));
  });

  it('do not come by a calendar by which nobody works', () => {
    expect(() => addWorkingDays('2026-11-20', 1, { ...calendar, week: {} })).toThrow(RangeError);
  });
});
