import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { usualWeek, type WorkingCalendar, type WorkingWeek, weekdays, weekFlaws } from './calendar.js';
import { addWorkingTime, workingTimeBetween } from './working-time.js';

const always: WorkingWeek = Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00']]]));
const nights: WorkingWeek = Object.fromEntries(weekdays.map((day) => [day, [['00:00', '06:00'], ['22:00', '24:00']]]));
const broken: WorkingWeek = { monday: [['08:30', '12:00'], ['13:15', '17:45']], wednesday: [['07:00', '07:01']], saturday: [['10:00', '14:00']] };
const in_ = (timeZone: string, week: WorkingWeek = usualWeek, holidays: readonly string[] = []): WorkingCalendar => ({ timeZone, week, holidays });

describe('Working time', () => {
  it.each([
    ['the same day', in_('Europe/Berlin'), '2026-03-04T10:00:00+01:00', 90, '2026-03-04T10:30:00.000Z'],
    ['up to the end of the day', in_('Europe/Berlin'), '2026-03-04T16:00:00+01:00', 60, '2026-03-04T16:00:00.000Z'],
    ['over a weekend', in_('Europe/Berlin'), '2026-03-06T16:30:00+01:00', 60, '2026-03-09T08:30:00.000Z'],
    ['from the night on', in_('Europe/Berlin'), '2026-03-08T23:00:00+01:00', 1, '2026-03-09T08:01:00.000Z'],
    ['over a holiday', in_('Europe/Berlin', usualWeek, ['2026-04-03', '2026-04-06']), '2026-04-02T16:59:00+02:00', 2, '2026-04-07T07:01:00.000Z'],
    ['through a break', in_('Europe/Berlin', broken), '2026-03-02T11:30:00+01:00', 60, '2026-03-02T12:45:00.000Z'],
    ['where the sun rises earlier', in_('Pacific/Auckland'), '2026-03-04T10:00:00Z', 60, '2026-03-04T21:00:00.000Z'],
    ['where the offset is odd', in_('Asia/Kathmandu'), '2026-03-04T00:00:00Z', 60, '2026-03-04T04:15:00.000Z'],
    ['across the spring change: eight hours of work are eight hours', in_('Europe/Berlin'), '2026-03-27T15:00:00+01:00', 480, '2026-03-30T13:00:00.000Z'],
    ['in a night of 5 hours', in_('Europe/Berlin', nights), '2026-03-28T23:00:00+01:00', 60 + 5 * 60 + 1, '2026-03-29T20:01:00.000Z'],
    ['in a night of 7 hours', in_('Europe/Berlin', nights), '2026-10-24T23:00:00+02:00', 60 + 7 * 60, '2026-10-25T05:00:00.000Z'],
    ['from what the clock skips on', in_('Europe/Berlin', { sunday: [['02:30', '03:30']] }), '2026-03-29T00:00:00Z', 30, '2026-03-29T01:30:00.000Z'],
    ['from the first time on that the clock shows an hour twice', in_('Europe/Berlin', { sunday: [['02:30', '03:30']] }), '2026-10-24T23:00:00Z', 120, '2026-10-25T02:30:00.000Z'],
    ['where a whole day was skipped', in_('Pacific/Apia'), '2011-12-29T16:00:00-10:00', 61, '2012-01-01T19:01:00.000Z'],
    ['where midnight is skipped', in_('America/Havana', always), '2026-03-07T23:00:00-05:00', 60, '2026-03-08T05:00:00.000Z'],
    ['where the clock goes back past midnight', in_('America/St_Johns', { sunday: [['00:00', '03:00']] }), '2009-11-01T02:00:00Z', 239, '2009-11-01T06:29:00.000Z'],
  ])('goes on %s', (_, calendar, from, minutes, due) => {
    expect(addWorkingTime(from, minutes, calendar)).toBe(due);
    expect(workingTimeBetween(from, due, calendar)).toBe(minutes);
  });

  it('is what passes where somebody always works', () => {
    fc.assert(fc.property(moment, moment, zone, (a, b, timeZone) => {
      expect(workingTimeBetween(iso(a), iso(b), in_(timeZone, always))).toBe((b - a) / 60_000);
    }));
  });

  it('adds up: from here to there, and from there on', () => {
    fc.assert(fc.property(moment, moment, moment, calendar, (a, b, c, by) => {
      expect(workingTimeBetween(iso(a), iso(b), by) + workingTimeBetween(iso(b), iso(c), by)).toBeCloseTo(workingTimeBetween(iso(a), iso(c), by), 4);
    }));
  });

  it('is added and measured alike, and added in parts as at once', () => {
    fc.assert(fc.property(moment, minutes, minutes, calendar, (from, first, second, by) => {
      const due = addWorkingTime(iso(from), first, by);
      expect(workingTimeBetween(iso(from), due, by)).toBeCloseTo(first, 3);
      expect(addWorkingTime(due, second, by)).toBe(addWorkingTime(iso(from), first + second, by));
    }));
  });

  it('never runs out in closed time, nor later than it must', () => {
    fc.assert(fc.property(moment, minutes.filter((some) => some > 0), calendar, (from, some, by) => {
      const due = Date.parse(addWorkingTime(iso(from), some, by));
      expect(workingTimeBetween(iso(due - 1), iso(due), by) * 60_000).toBeCloseTo(1, 5);
    }));
  });

  it('is what a clock on the wall counts, minute by minute, through both changes of the year', () => {
    const week: WorkingWeek = { ...usualWeek, saturday: [['20:00', '24:00']], sunday: [['00:00', '01:00'], ['04:00', '05:30']] };
    for (const [timeZone, from] of [['Europe/Berlin', '2026-03-27'], ['Europe/Berlin', '2026-10-23'], ['America/New_York', '2026-03-06'], ['Australia/Lord_Howe', '2026-04-03'], ['Australia/Lord_Howe', '2026-10-02']] as const) {
      const start = DateTime.fromISO(`${from}T00:00`, { zone: timeZone });
      let counted = 0;
      for (let minute = 0; minute < 4 * 1440; minute++) {
        const at = start.plus({ minutes: minute });
        const clock = at.toFormat('HH:mm');
        if (week[weekdays[at.weekday - 1]!]?.some(([opens, closes]) => opens <= clock && clock < closes)) counted++;
      }
      expect({ timeZone, from, worked: workingTimeBetween(start.toISO()!, start.plus({ minutes: 4 * 1440 }).toISO()!, in_(timeZone, week)) }).toEqual({ timeZone, from, worked: counted });
    }
  });

  it('is none in no time, and less than none backwards', () => {
    expect(addWorkingTime('2026-03-07T12:00:00+01:00', 0, in_('Europe/Berlin'))).toBe('2026-03-07T11:00:00.000Z');
    expect(workingTimeBetween('2026-03-04T12:00:00Z', '2026-03-04T11:00:00Z', in_('UTC'))).toBe(-60);
  });

  it.each([
    ['no time zone', { ...in_('Europe/Berlon') }, 1, '"Europe/Berlon" is not a time zone'],
    ['a week in which nobody works', in_('UTC', {}), 1, 'no clock would ever run out'],
    ['less than no time', in_('UTC'), -1, '-1 is no number of minutes to work'],
    ['no number', in_('UTC'), NaN, 'NaN is no number of minutes'],
  ])('refuses %s', (_, calendar, some, message) => {
    expect(() => addWorkingTime('2026-03-04T12:00:00Z', some, calendar)).toThrow(message);
  });
});

describe('A working week', () => {
  it.each<[string, WorkingWeek, string[] | undefined]>([
    ['nine to five', usualWeek, undefined],
    ['day and night', always, undefined],
    ['one span right after the other', { monday: [['08:00', '12:00'], ['12:00', '16:00']] }, undefined],
    ['a span past midnight', { monday: [['22:00', '06:00']] }, ['week', 'monday', '0', '1']],
    ['a span of no length', { monday: [['22:00', '22:00']] }, ['week', 'monday', '0', '1']],
    ['spans that overlap', { tuesday: [['08:00', '12:00'], ['11:59', '16:00']] }, ['week', 'tuesday', '1', '0']],
    ['no time of the day', { friday: [['8:00', '12:00']] }, ['week', 'friday', '0', '0']],
    ['a time after midnight', { friday: [['08:00', '24:01']] }, ['week', 'friday', '0', '1']],
    ['no work at all', { friday: [] }, ['week']],
  ])('%s', (_, week, path) => {
    expect(weekFlaws(week)[0]?.path).toEqual(path);
  });
});

const iso = (at: number): string => new Date(at).toISOString();
const moment = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2027-12-31') });
const minutes = fc.integer({ min: 0, max: 20_000 });
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Auckland', 'America/Havana', 'Africa/Casablanca');
const spans = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 }).map((edges) => {
  const sorted = [...edges].sort((a, b) => a - b).map((quarters) => `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`);
  return sorted.flatMap((from, index) => (index % 2 === 0 && sorted[index + 1] ? [[from, sorted[index + 1]!] as const] : []));
});
const calendar = fc.record({
  timeZone: zone, holidays: fc.array(fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2027-12-31') }).map((at) => iso(at).slice(0, 10)), { maxLength: 40 }),
  week: fc.dictionary(fc.constantFrom(...weekdays), spans, { minKeys: 1 }),
});
