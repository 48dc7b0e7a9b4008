import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usualWeek } from './calendar.js';
import { addWorkingDays, dateIn, isWorkingDay, momentIn } from './working-days.js';

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

  it('are those of the zone, and a time of a day is found on both changes of the clock', () => {
    expect([dateIn('Pacific/Auckland', '2026-11-20T12:00:00Z'), dateIn('America/Los_Angeles', '2026-11-20T03:00:00Z')]).toEqual(['2026-11-21', '2026-11-19']);
    expect(['2026-03-28', '2026-03-29', '2026-10-25', '2026-10-26'].map((date) => momentIn('Europe/Berlin', date, '07:30'))).toEqual([
      '2026-03-28T06:30:00.000Z', '2026-03-29T05:30:00.000Z', '2026-10-25T06:30:00.000Z', '2026-10-26T06:30:00.000Z']);
    expect(momentIn('Europe/Berlin', '2026-03-29', '02:30')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('do not come by a calendar by which nobody works', () => {
    expect(() => addWorkingDays('2026-11-20', 1, { ...calendar, week: {} })).toThrow(RangeError);
  });
});
