import { expect, it } from '@jest/globals';
import { TODAY } from '../../testing/facts.js';
import { handMadeRows } from '../../testing/hand-made-rows.js';
import { knownRows } from './known-rows.js';
import { calibrationOf } from './out-of-time.js';

/** Sixty rows a hundred days apart: what was foretold of the first half came true, of the second half the opposite did. */
const LATER = TODAY + 100;
const rows = handMadeRows(Array.from({ length: 120 }, (_, place) => ({ customer: `c${place}`, day: place < 60 ? TODAY : LATER, left: Number(place < 60 ? place % 2 === 0 : place % 2 !== 0) })));
const found = { rows: Array.from({ length: 120 }, (_, place) => place), raw: Array.from({ length: 120 }, (_, place) => (place % 2 === 0 ? 2 : -2)) };
const on = (day: number) => {
  const known = knownRows(rows, 0, { before: LATER, day: TODAY + 90 });
  return calibrationOf(found, rows, 0, { day, own: Float64Array.from(known.rows, (row) => found.raw[row]!), known });
};

it('learns how sharp a model is from what had come true by then, not from what came later', () => {
  expect(on(TODAY + 90).slope).toBe(1);
  expect(on(LATER + 89).slope).toBe(1);
  expect(on(LATER + 90).slope).toBeLessThan(0.05);
});
