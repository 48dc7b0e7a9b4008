import { totalOf, eachTie, eachTieOfDay, type Numbers, riskiestFirst } from './ranking.js';

/** How often a leaver was ranked above a stayer; ties count half (Mann and Whitney). Null unless there are both. */
export function rocAuc(scores: Numbers, labels: Numbers): number | null {
  const leavers = totalOf(labels);
  const stayers = labels.length - leavers;
  if (leavers === 0 || stayers === 0) return null;
  let [above, pairs] = [0, 0];
  walk(scores, labels, (ones, rows) => {
    pairs += (rows - ones) * (above + ones / 2);
    above += ones;
  });
  return pairs / (leavers * stayers);
}

/**
 * The same among rows of one day only, over all days: a share of leavers that rises over time, which any model learns, counts as no ranking. Null unless some day has both.
 */
export function rocAucWithin(scores: Numbers, labels: Numbers, days: Numbers): number | null {
  let [won, pairs] = [0, 0];
  eachTieOfDay(scores, labels, days, (count) => {
    const [above, below] = [new Float64Array(count), new Float64Array(count)];
    return (day, leavers, rows) => {
      const stayers = rows - leavers;
      won += stayers * (above[day]! + leavers / 2);
      pairs += stayers * above[day]! + leavers * (below[day]! + stayers);
      above[day]! += leavers;
      below[day]! += stayers;
    };
  });
  return pairs === 0 ? null : won / pairs;
}

/** Average precision: the share of leavers among all ranked as high, averaged over the leavers; rows with the same score are taken together. Null without leavers. */
export function prAuc(scores: Numbers, labels: Numbers): number | null {
  const leavers = totalOf(labels);
  if (leavers === 0) return null;
  let [above, seen, sum] = [0, 0, 0];
  walk(scores, labels, (ones, rows) => {
    above += ones;
    seen += rows;
    sum += ones * (above / seen);
  });
  return sum / leavers;
}

export interface RocPoint {
  /** Of the stayers, the share that is called at this cut. */
  readonly stayers: number;
  /** Of the leavers. */
  readonly leavers: number;
}

/** The ROC curve from (0, 0) to (1, 1) with at most about `most` points; empty unless there are both leavers and stayers. */
export function rocPoints(scores: Numbers, labels: Numbers, most = 100): RocPoint[] {
  const leavers = totalOf(labels);
  const stayers = labels.length - leavers;
  if (leavers === 0 || stayers === 0) return [];
  const points: RocPoint[] = [{ stayers: 0, leavers: 0 }];
  let [called, hits] = [0, 0];
  walk(scores, labels, (ones, rows) => {
    hits += ones;
    called += rows;
    const point = { stayers: (called - hits) / stayers, leavers: hits / leavers };
    const last = points.at(-1)!;
    if (point.stayers - last.stayers + point.leavers - last.leavers >= 2 / most || called === labels.length) points.push(point);
  });
  return points;
}

function walk(scores: Numbers, labels: Numbers, tell: (ones: number, rows: number) => void): void {
  const order = riskiestFirst(scores);
  eachTie(scores, order, (from, to) => {
    let ones = 0;
    for (let place = from; place < to; place++) ones += labels[order[place]!]!;
    tell(ones, to - from);
  });
}
