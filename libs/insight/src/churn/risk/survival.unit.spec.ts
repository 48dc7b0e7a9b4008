import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { survivalOf } from './survival.js';

const by = (until: number, probability: number) => ({ until, probability });
const rounded = (points: ReturnType<typeof survivalOf>) => points.map(({ day, stays }) => [day, Math.round(stays * 10_000) / 10_000]);

it('goes through the chances, with the same hazard on every day between two of them', () => {
  // Between day 1090 and day 1150 a tenth of 0.9 is lost: the square root of 0.9 by the middle.
  expect(rounded(survivalOf(1000, [by(1030, 0.05), by(1150, 0.19), by(1090, 0.1)]))).toEqual([
    [1000, 1], [1030, 0.95], [1060, Math.round(10_000 * 0.95 * Math.sqrt(0.9 / 0.95)) / 10_000], [1090, 0.9], [1120, Math.round(10_000 * 0.9 * Math.sqrt(0.9)) / 10_000], [1150, 0.81]]);
  expect(survivalOf(0, [by(90, 1)]).map(({ stays }) => stays)).toEqual([1, 1, 1, 0]);
  expect(survivalOf(7, [])).toEqual([{ day: 7, stays: 1 }]);
});

it('never rises, begins at 1 and ends at the last chance', () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }), fc.array(chance, { minLength: 5, maxLength: 5 }), (days, chances) => {
    const [untils, rising] = [days.toSorted((a, b) => a - b), chances.toSorted((a, b) => a - b)];
    const points = survivalOf(0, untils.map((until, place) => by(until, rising[place]!)));
    expect(points[0]).toEqual({ day: 0, stays: 1 });
    expect(points.at(-1)).toEqual({ day: untils.at(-1), stays: 1 - rising[untils.length - 1]! });
    points.slice(1).forEach(({ day, stays }, place) => expect([stays <= points[place]!.stays + 1e-12, stays >= 0, day > points[place]!.day]).toEqual([true, true, true]));
  }));
});
