import { eachTie, type Numbers, riskiestFirst } from './ranking.js';
import { wilson } from './wilson.js';

const { abs, floor, min } = Math;

export interface CalibrationBin {
  /** Lowest and highest chance in the bin. */
  readonly from: number;
  readonly to: number;
  /** Mean of the chances. */
  readonly predicted: number;
  /** Share that left, with its 95 % interval (Wilson). */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly events: number;
}

/** What was said beside what came, in bins of as many rows each, the lowest chances first. Rows with the same chance stay together, so there may be fewer bins. */
export function calibrationBins(chances: Numbers, labels: Numbers, bins = 10): CalibrationBin[] {
  const order = riskiestFirst(chances).reverse();
  const made: CalibrationBin[] = [];
  let [from, events, sum, next] = [0, 0, 0, 0];
  eachTie(chances, order, (start, to) => {
    for (let place = start; place < to; place++) {
      events += labels[order[place]!]!;
      sum += chances[order[place]!]!;
    }
    if (endOf(next, order.length, bins) > to) return;
    while (next < bins && endOf(next, order.length, bins) <= to) next += 1;
    const rows = to - from;
    const [low, high] = wilson(events, rows);
    made.push({ from: chances[order[from]!]!, to: chances[order[start]!]!, predicted: sum / rows, observed: events / rows, low, high, rows, events });
    [from, events, sum] = [to, 0, 0];
  });
  return made;
}

/** Expected calibration error: how far the shares that left lie from the mean chances, over bins of as many rows each. Null without rows. */
export function ece(chances: Numbers, labels: Numbers, bins = 10): number | null {
  if (labels.length === 0) return null;
  return calibrationBins(chances, labels, bins).reduce((sum, { predicted, observed, rows }) => sum + (rows / labels.length) * abs(predicted - observed), 0);
}

/** The first bins have one row more where the rows do not divide. */
const endOf = (bin: number, rows: number, bins: number): number => (bin + 1) * floor(rows / bins) + min(bin + 1, rows % bins);
