import { beforeAll, describe, expect, it } from '@jest/globals';
import { handMadeRows, type HandMadeRow } from '../../testing/hand-made-rows.js';
import { finish } from '../models/steps.js';
import { plattLogOdds } from '../models/calibration.js';
import { sigmoid } from '../models/table.js';
import { rawLogOdds } from './out-of-time.js';
import { knownRows } from './known-rows.js';
import { trainChurn } from './train.js';

const [DAYS, CUSTOMERS] = [24, 100];

/** Of a hundred customers each month half have something; so many of these leave and so many of the others. The second pair is of the later half of the time. */
function history(early: readonly [number, number], late: readonly [number, number]) {
  return handMadeRows(Array.from({ length: DAYS * CUSTOMERS }, (_, at): HandMadeRow => {
    const [month, place] = [Math.floor(at / CUSTOMERS), at % CUSTOMERS];
    const has = place % 2;
    const leave = (month < DAYS / 2 ? early : late)[has ? 0 : 1]!;
    return { customer: `c${at}`, day: 18_000 + 30 * month, left: Math.floor(place / 2) < leave ? 1 : 0, values: { new: has } };
  }));
}

function learnt(...[early, late]: Parameters<typeof history>) {
  const rows = history(early, late);
  const model = finish(trainChurn(rows, { kind: 'logistic', seed: 1 }));
  const [horizon] = model.horizons;
  const { rows: seen, labels } = knownRows(rows, 0, { before: Infinity, day: rows.options.knownUntil });
  const chances = rawLogOdds(horizon!.model, horizon!.columns, rows, seen).map((raw) => sigmoid(plattLogOdds(horizon!.calibration, raw)));
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  return { model, slope: horizon!.calibration.slope, foretold: mean(chances), came: mean(labels) };
}

describe('A model that is learnt', () => {
  let [asBefore, weaker, sharper, reversed]: ReturnType<typeof learnt>[] = [];
  beforeAll(() => {
    [asBefore, weaker, sharper, reversed] = [learnt([15, 3], [15, 3]), learnt([20, 2], [10, 5]), learnt([6, 4], [25, 1]), learnt([15, 3], [1, 17])];
  });

  it('foretells as many departures of what it learnt from as there were, however sharp it is', () => {
    for (const { foretold, came } of [asBefore!, weaker!, sharper!, reversed!]) expect(foretold).toBeCloseTo(came, 6);
  });

  it('is taken as sharp as it proved, never as surer than it says', () => {
    expect(asBefore!.slope).toBeGreaterThan(0.8);
    expect(asBefore!.slope).toBeLessThanOrEqual(1);
    expect(weaker!.slope).toBeGreaterThan(0.1);
    expect(weaker!.slope).toBeLessThan(0.8);
    expect(sharper!.slope).toBe(1);
  });

  it('is not believed the other way round where it ranked worse than chance', () => {
    expect(reversed!.slope).toBe(0);
  });

  it('keeps eight digits of every number, so that it is the same on every machine', () => {
    const numbers: number[] = [];
    JSON.stringify(weaker!.model, (_, value: unknown) => {
      if (typeof value === 'number') numbers.push(value);
      return value;
    });
    const broken = numbers.filter((value) => !Number.isInteger(value));
    expect(broken.length).toBeGreaterThan(30);
    expect(broken.filter((value) => Number(value.toPrecision(8)) !== value)).toEqual([]);
  });
});
