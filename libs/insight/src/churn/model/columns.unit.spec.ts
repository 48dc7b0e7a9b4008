import { describe, expect, it } from '@jest/globals';
import { handMadeRows, type HandMadeRow } from '../../testing/hand-made-rows.js';
import { finish } from '../models/steps.js';
import { logOddsOf } from '../models/parts.js';
import { sigmoid } from '../models/table.js';
import { type Column, learnColumns, nameOfColumn } from './columns.js';
import { fitRisk } from './fit.js';
import { knownRows } from './known-rows.js';

const DAY = 20_000;
/** So many rows of as many customers on one day. */
const rowsOf = (count: number, tell: (place: number) => Partial<HandMadeRow>) => (
  handMadeRows(Array.from({ length: count }, (_, place) => ({ customer: `c${place}`, day: DAY, left: place % 10 === 0 ? 1 : 0, ...tell(place) }))));
const allOf = (rows: ReturnType<typeof handMadeRows>) => knownRows(rows, 0, { before: Infinity, day: rows.options.knownUntil });

describe('What a model looks at', () => {
  it('is no more than a column for every twenty departures: the numbers, and of the words the most common ones', () => {
    const rows = rowsOf(1_000, (place) => ({ values: { tenure: place % 7 }, words: [place % 2 ? 'segment=common' : [], place % 3 ? [] : 'segment=less', place % 5 ? [] : 'segment=rare'].flat() }));
    const names = (departures: number) => learnColumns(rows, { rows: allOf(rows).rows, departures }, 90).map(nameOfColumn);
    expect([19, 39, 40, 59, 60, 80].map(names)).toEqual([
      ['tenure'], ['tenure'], ['tenure', 'segment=common'], ['tenure', 'segment=common'], ['tenure', 'segment=common', 'segment=less'], ['tenure', 'segment=common', 'segment=less', 'segment=rare'],
    ]);
  });

  it('is one gap of those that come together, and each that comes by itself', () => {
    const rows = rowsOf(1_000, (place) => ({ values: { tenure: place % 7, ...(place % 4 && { trend: place % 5, depth: place % 3 }), ...(place % 3 && { 'licence-use': place % 2 }) } }));
    const gaps = learnColumns(rows, { rows: allOf(rows).rows, departures: 100 }, 90).filter(({ kind }) => kind === 'unknown').map(nameOfColumn);
    expect(gaps).toHaveLength(2);
    expect(gaps).toContain('licence-use:unknown');
    expect(gaps.includes('trend:unknown')).not.toBe(gaps.includes('depth:unknown'));
  });
});

describe('A model that is fitted', () => {
  const word: Column = { kind: 'word', feature: 'segment', word: 'rare' };

  it('is pulled as strongly away from what hardly anybody has as from what every second customer has', () => {
    // Of 1,000 rows 20 have it, of whom 6 left: three times as many as of the others.
    const rows = rowsOf(1_000, (place) => ({ words: place < 20 ? ['segment=rare'] : [], left: place < 6 || (place >= 20 && place % 10 === 0) ? 1 : 0 }));
    const model = finish(fitRisk('logistic', rows, [word], allOf(rows), 90));
    const effect = logOddsOf(model, [1]) - logOddsOf(model, [0]);
    // Where the likelihood climbs as fast as the pull holds back: a ridge of 10 on the effect of half a unit, which is the deviation of what is even.
    expect(6 - 20 * sigmoid(logOddsOf(model, [1]))).toBeCloseTo(10 * 0.5 ** 2 * effect, 6);
    expect(effect).toBeGreaterThan(0.3);
    expect(effect).toBeLessThan(0.9);
  });

  it('is less sure of what customers of one parent account tell alike than of what independent ones do', () => {
    const rowsIn = (clusterOf: (place: number) => string) => rowsOf(600, (place) => {
      const group = place % 30;
      return { cluster: clusterOf(place), words: group < 12 ? ['segment=rare'] : [], left: group % 5 === 0 ? 1 : 0 };
    });
    const varianceOf = (rows: ReturnType<typeof handMadeRows>) => {
      const model = finish(fitRisk('logistic', rows, [word], allOf(rows), 90));
      return model.kind === 'logistic' ? model.covariance[1]![1]! : NaN;
    };
    // Twenty customers of each parent who all do the same.
    expect(varianceOf(rowsIn((place) => `parent${place % 30}`)) / varianceOf(rowsIn((place) => `c${place}`))).toBeGreaterThan(5);
  });
});
