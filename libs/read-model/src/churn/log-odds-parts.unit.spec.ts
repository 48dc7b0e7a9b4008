import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Driver } from '#insight';
import { roundedParts } from './log-odds-parts.js';

const driver = (logOdds: number) => ({ logOdds } as Driver);
const exact = fc.double({ min: -9, max: 9, noNaN: true });

it('Rounded parts sum to the rounded log-odds exactly, and only the largest is off by more than its rounding', () => {
  fc.assert(fc.property(exact, exact, fc.array(exact, { maxLength: 30 }), (base, calibration, parts) => {
    const logOdds = parts.reduce((sum, part) => sum + part, base + calibration);
    const rounded = roundedParts({ base, calibration, drivers: parts.map(driver), logOdds });
    const [before, after] = [[base, calibration, ...parts], [rounded.base, rounded.calibration, ...rounded.drivers]];
    const whole = (part: number) => Math.round(10_000 * part) + 0;
    expect(after.reduce((sum, part) => sum + whole(part), 0)).toBe(whole(rounded.logOdds));
    const off = after.map((part, place) => Math.abs(part - before[place]!)).filter((distance) => distance > 0.000051);
    expect(off.length).toBeLessThanOrEqual(1);
    if (off.length === 1) expect(Math.abs(before[after.findIndex((part, place) => Math.abs(part - before[place]!) > 0.000051)]!)).toBe(Math.max(...before.map(Math.abs)));
  }));
});

it('The rest goes to the largest part', () => {
  expect(roundedParts({ base: -3, calibration: 0, drivers: [driver(0.00004), driver(0.00004)], logOdds: -2.99992 })).toEqual({ base: -2.9999, calibration: 0, drivers: [0, 0], logOdds: -2.9999 });
});
