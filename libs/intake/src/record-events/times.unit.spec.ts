import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTime } from './times.js';

describe('A time as sent', () => {
  it.each([
    ['2026-03-01T10:30:00+01:00', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01t09:30:00.1234567z', '2026-03-01T09:30:00.123Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
  ])('%s becomes %s', (sent, utc) => {
    expect(parseTime(sent)).toBe(utc);
  });

  it.each(['2026-03-01', '2026-03-01 09:30:00Z', '2026-13-01T00:00:00Z', '2026-00-10T00:00:00Z', '2025-02-29T00:00:00Z', '2026-03-01T24:00:01Z', '2026-03-01T09:30:00+25:00', '01.03.2026', ''])('%s is not one', (sent) => {
    expect(parseTime(sent)).toBeNull();
  });

  it('keeps every moment with a zone', () => {
    fc.assert(fc.property(fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true }), (moment) => {
      expect(parseTime(moment.toISOString())).toBe(moment.toISOString());
    }));
  });
});
