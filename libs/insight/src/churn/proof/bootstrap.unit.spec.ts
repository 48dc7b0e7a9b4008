import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish } from '../models/steps.js';
import { difference, intervals, quantile, type Sample, type Statistic } from './bootstrap.js';
import { FIGURES } from './figures.js';
import { randomOf } from './random.js';

const mean: Statistic = ({ labels }) => (labels.length === 0 ? null : Array.from(labels).reduce((sum, label) => sum + label, 0) / labels.length);

function sampleOf(count: number, seed: number, sharpness = 1): Sample {
  const random = randomOf(seed);
  const chances = Float64Array.from({ length: count }, () => random.next());
  return { chances, labels: Uint8Array.from(chances, (chance) => Number(random.next() < 0.5 + sharpness * (chance - 0.5))), amounts: Float64Array.from(chances, () => 1 + random.below(9)) };
}

const alone = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);

describe('Intervals from resamples', () => {
  it('of a mean are as wide as the theory says', () => {
    const sample = sampleOf(400, 1, 0);
    const { share } = finish(intervals(sample, { share: mean }, { clusters: alone(400), seed: 5, times: 2_000 }));
    const half = 1.96 * Math.sqrt((share.value! * (1 - share.value!)) / 400);
    expect([share.low!, share.high!]).toEqual([expect.closeTo(share.value! - half, 2), expect.closeTo(share.value! + half, 2)]);
  });

  it('take a cluster as a whole: ten copies of each row say no more than one', () => {
    const [one, ten] = [sampleOf(100, 2, 0), sampleOf(100, 2, 0)].map((sample, place) => (place === 0 ? sample : { ...sample,
      chances: Array.from({ length: 1_000 }, (_, row) => sample.chances[row % 100]!), labels: Array.from({ length: 1_000 }, (_, row) => sample.labels[row % 100]!), amounts: new Array<number>(1_000).fill(1) }));
    const width = (sample: Sample, clusters: ArrayLike<number>) => {
      const { share } = finish(intervals(sample, { share: mean }, { clusters, seed: 3, times: 500 }));
      return share.high! - share.low!;
    };
    const whole = width(one!, alone(100));
    expect(width(ten!, Array.from({ length: 1_000 }, (_, row) => row % 100))).toBeCloseTo(whole, 10);
    expect(width(ten!, alone(1_000))).toBeLessThan(0.5 * whole);
  });

  it('are of whole clusters, as many as there are, some of them several times', () => {
    const clusters = Array.from({ length: 30 }, (_, row) => Math.floor(row / 3) % 7);
    const size = (of: number) => clusters.filter((cluster) => cluster === of).length;
    const drawn: number[] = [];
    const isWhole: Statistic = ({ amounts }) => {
      const times = Array.from({ length: 7 }, (_, cluster) => Array.from(amounts).filter((amount) => amount === cluster).length / size(cluster));
      drawn.push(...times);
      return Number(times.every(Number.isInteger) && times.reduce((sum, each) => sum + each, 0) === 7);
    };
    const sample = { ...sampleOf(30, 8), amounts: clusters };
    expect(finish(intervals(sample, { isWhole }, { clusters, seed: 2, times: 50 })).isWhole.draws).toEqual(new Array(50).fill(1));
    expect(new Set(drawn).size).toBeGreaterThan(3);
  });

  it('contain the truth about as often as they say', () => {
    let inside = 0;
    for (let run = 0; run < 100; run++) {
      const { share } = finish(intervals(sampleOf(150, 100 + run, 0), { share: mean }, { clusters: alone(150), seed: run, times: 200 }));
      if (share.low! <= 0.5 && share.high! >= 0.5) inside += 1;
    }
    expect(inside).toBeGreaterThanOrEqual(88);
  });

  it('are the same for the same seed, and show how far they are', () => {
    const told = (seed: number) => {
      const steps = intervals(sampleOf(60, 4), FIGURES, { clusters: alone(60), seed, times: 20 });
      const seen = [];
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return { seen, ...step.value };
        seen.push(step.value.done);
      }
    };
    expect(told(1)).toEqual(told(1));
    expect(told(1).auc.draws).not.toEqual(told(2).auc.draws);
    expect([told(1).seen.length, told(1).seen.at(-1)]).toEqual([160, 19]);
  });

  it('hold what they are of, where rows are many', () => {
    const found = finish(intervals(sampleOf(2_000, 9), FIGURES, { clusters: Array.from({ length: 2_000 }, (_, row) => row >> 2), seed: 1, times: 100 }));
    for (const [name, { value, low, high }] of Object.entries(found)) if (name !== 'ece') expect([name, low! < value! && value! < high!]).toEqual([name, true]);
    expect(found.slope.low!).toBeLessThan(1);
  });

  it('say that there is none where too many resamples lack the figure, and never NaN', () => {
    const rare: Sample = { chances: [0.3, 0.2, 0.1, 0.05], labels: [1, 0, 0, 0], amounts: [0, 0, 0, 0] };
    const { auc, arrCaptured10, brier } = finish(intervals(rare, FIGURES, { clusters: alone(4), seed: 1, times: 100 }));
    expect([auc.value, auc.low, auc.high, arrCaptured10.value, arrCaptured10.low]).toEqual([1, null, null, null, null]);
    expect(brier.low).toBeLessThan(brier.high!);
    expect(finish(intervals({ chances: [], labels: [], amounts: [] }, FIGURES, { clusters: [], seed: 1, times: 3 })).brier).toMatchObject({ value: null, low: null, high: null });
  });

  it('of a difference go pair by pair: what both figures share does not blur it', () => {
    const sample = sampleOf(500, 6);
    const blurred = { ...sample, chances: Float64Array.from(sample.chances, (chance, row) => chance + 0.2 * Math.sin(row)) };
    const options = { clusters: alone(500), seed: 7, times: 300 };
    const [sharp, dull] = [sample, blurred].map((each) => finish(intervals(each, { auc: FIGURES.auc }, options)).auc);
    const { value, low, high } = difference(sharp!, dull!);
    expect(value).toBeCloseTo(sharp!.value! - dull!.value!, 12);
    expect(high! - low!).toBeLessThan(0.7 * (sharp!.high! - sharp!.low!));
    expect(difference(sharp!, sharp!)).toEqual({ value: 0, low: 0, high: 0 });
  });
});

describe('A quantile', () => {
  it('is that of NumPy', () => {
    expect([quantile([1, 2, 3, 4, 5, 6, 7, 9, 20, 30], 0.025), quantile([1, 2, 3, 4, 5, 6, 7, 9, 20, 30], 0.975)]).toEqual([expect.closeTo(1.225, 12), expect.closeTo(27.75, 12)]);
  });

  it('lies between the least and the most', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const sorted = values.toSorted((a, b) => a - b);
      const found = quantile(sorted, share);
      expect(found >= sorted[0]! - 1e-9 && found <= sorted.at(-1)! + 1e-9).toBe(true);
    }));
  });
});
