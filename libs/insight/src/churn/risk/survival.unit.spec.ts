import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { survivalOf } from './survival.js';

const firm = (days: number, probability: number) => ({ days, probability, firm: true });
const rounded = (points: ReturnType<typeof survivalOf>) => points.map(({ day, stays }) => [day, Math.round(stays * 10_000) / 10_000]);

it('goes through the chances, with the same hazard on every day between two of them', () => {
  // Between day 90 and day 180 a tenth of 0.9 is lost: the square root of 0.9 by the middle.
  expect(rounded(survivalOf(1000, [firm(30, 0.05), firm(90, 0.1), firm(150, 0.19)]))).toEqual([[1000, 1], [1030, 0.95], [1060, Math.round(10_000 * 0.95 * Math.sqrt(0.9 / 0.95)) / 10_000], [1090, 0.9], [1120, Math.round(10_000 * 0.9 * Math.sqrt(0.9)) / 10_000], [1150, 0.81]]);
});

it('bends what is not firm to where the firm ones leave room', () => {
  const at = (probability: number) => survivalOf(0, [firm(30, 0.05), firm(90, 0.1), { days: 45, probability, firm: false }]).find(({ day }) => day === 45)!.stays;
  expect([at(0.07), at(0.01), at(0.5)].map((stays) => Math.round(1e9 * stays) / 1e9)).toEqual([0.93, 0.95, 0.9]);
  expect(survivalOf(0, [firm(30, 0.05), { days: 400, probability: 0.5, firm: false }]).at(-1)).toEqual({ day: 400, stays: 0.5 });
  expect(survivalOf(0, [firm(90, 1)]).map(({ stays }) => stays)).toEqual([1, 1, 1, 0]);
});

it('never rises, begins at 1 and ends at the last chance', () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(fc.tuple(chance, chance, chance), fc.option(fc.tuple(fc.integer({ min: 1, max: 900 }), chance)), ([a, b, c], renewal) => {
    const points = survivalOf(0, [firm(30, a), firm(90, b), firm(180, c), ...(renewal ? [{ days: renewal[0], probability: renewal[1], firm: false }] : [])]);
    expect(points[0]).toEqual({ day: 0, stays: 1 });
    expect(points.at(-1)!.day).toBe(Math.max(180, renewal?.[0] ?? 0));
    points.slice(1).forEach(({ day, stays }, place) => expect([stays <= points[place]!.stays + 1e-12, stays >= 0, day > points[place]!.day]).toEqual([true, true, true]));
  }));
});
