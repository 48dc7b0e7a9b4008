import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, dateOfDay, dayCounter, dayOfDate, weekOf } from './day.js';

const dateIn = (zone: string, instant: string) => dateOfDay(dayCounter(zone)(instant));

describe('Days in the tenant\'s time zone', () => {
  it('begin at local midnight, in winter and in summer', () => {
    expect(dateIn('Europe/Berlin', '2026-01-10T22:59:59.999Z')).toBe('2026-01-10');
    expect(dateIn('Europe/Berlin', '2026-01-10T23:00:00.000Z')).toBe('2026-01-11');
    expect(dateIn('Europe/Berlin', '2026-07-10T21:59:59.999Z')).toBe('2026-07-10');
    expect(dateIn('Europe/Berlin', '2026-07-10T22:00:00.000Z')).toBe('2026-07-11');
  });

  it('are right on both sides of the hour that is skipped or repeated', () => {
    expect(dateIn('Europe/Berlin', '2026-03-28T23:00:00Z')).toBe('2026-03-29');
    expect(dateIn('Europe/Berlin', '2026-03-29T21:59:59Z')).toBe('2026-03-29');
    expect(dateIn('Europe/Berlin', '2026-03-29T22:00:00Z')).toBe('2026-03-30');
    expect(dateIn('Europe/Berlin', '2026-10-25T22:59:59Z')).toBe('2026-10-25');
    expect(dateIn('Europe/Berlin', '2026-10-25T23:00:00Z')).toBe('2026-10-26');
  });

  it('follow zones off the full hour, zones with a half-hour change and a day that a country skipped', () => {
    expect(dateIn('Asia/Kathmandu', '2026-05-01T18:14:59Z')).toBe('2026-05-01');
    expect(dateIn('Asia/Kathmandu', '2026-05-01T18:15:00Z')).toBe('2026-05-02');
    expect(dateIn('Australia/Lord_Howe', '2026-10-03T13:29:59Z')).toBe('2026-10-03');
    expect(dateIn('Australia/Lord_Howe', '2026-10-03T13:30:00Z')).toBe('2026-10-04');
    expect(dateIn('Pacific/Apia', '2011-12-30T09:59:59Z')).toBe('2011-12-29');
    expect(dateIn('Pacific/Apia', '2011-12-30T10:00:00Z')).toBe('2011-12-31');
  });

  it('agree with the calendar of the platform at any instant', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'];
    const counters = new Map(zones.map((zone) => [zone, { dayOf: dayCounter(zone), format: new Intl.DateTimeFormat('en-CA', { timeZone: zone }) }]));
    fc.assert(fc.property(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) }), (zone, at) => {
      const { dayOf, format } = counters.get(zone)!;
      expect(dateOfDay(dayOf(new Date(at).toISOString()))).toBe(format.format(at));
    }));
  });

  it('refuse what is no instant, no date and no zone', () => {
    expect(() => dayCounter('UTC')('yesterday')).toThrow('is not an instant');
    expect(() => dayOfDate('2026-13-01')).toThrow('is not a date');
    expect(() => dayOfDate('2026-02-31')).toThrow('is not a date');
    expect(() => dayOfDate('2026-01-01T10:00:00Z')).toThrow('is not a date');
    expect(() => dayCounter('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('Calendar steps', () => {
  it('months keep the day of the month, or take the last one there is', () => {
    expect(dateOfDay(addMonths(dayOfDate('2026-01-31'), 1))).toBe('2026-02-28');
    expect(dateOfDay(addMonths(dayOfDate('2027-11-30'), 3))).toBe('2028-02-29');
    expect(dateOfDay(addMonths(dayOfDate('2026-11-23'), 14))).toBe('2028-01-23');
  });

  it('weeks start on Monday', () => {
    expect(weekOf(dayOfDate('2026-11-23'))).toBe(weekOf(dayOfDate('2026-11-29')));
    expect(weekOf(dayOfDate('2026-11-22'))).toBe(weekOf(dayOfDate('2026-11-23')) - 1);
    expect(weekOf(0)).toBe(0);
  });
});
