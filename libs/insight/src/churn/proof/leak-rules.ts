import { rocAuc } from './auc.js';
import { capturedAt } from './lift.js';
import { type Numbers, totalOf } from './ranking.js';
import { wilson } from './wilson.js';

export interface LeakColumn {
  readonly name: string;
  readonly values: Numbers;
}

/** Fewer leavers than this prove nothing about a column. */
const LEAST_LEAVERS = 5;
const SHARP = 0.9;
const CERTAIN = 0.99;
const HITS = 1 / 3;
const MANY_TIMES = 5;
const CONSTANT = 0.99;

const percent = (share: number) => `${(share * 100).toFixed(share > 0.99 && share < 1 ? 1 : 0)} %`;

/**
 * A column alone ranks with an AUC of 0.9 or more and hits: of as many rows as left, ranked first by it, a third or more left. Or its AUC is 0.99 or more.
 * Or it hits so often that the third, and five times the base rate, lie below the interval of the hits (Wilson), whatever it says of the rest.
 * The hits tell a leak from a condition without which nobody leaves: a renewal soon due may have an AUC of 0.96, but most of those who are due stay.
 */
export function tooSharp({ values }: LeakColumn, labels: Numbers, auc: number): string | null {
  const leavers = totalOf(labels);
  const best = Math.max(auc, 1 - auc);
  if (leavers < LEAST_LEAVERS) return null;
  const towards = auc >= 0.5 ? values : Float64Array.from({ length: values.length }, (_, row) => -values[row]!);
  const hits = capturedAt(towards, labels, null, leavers / labels.length)!;
  const isSharp = best >= CERTAIN || (best >= SHARP && hits >= HITS);
  if (!isSharp && wilson(hits * leavers, leavers)[0] < Math.max(HITS, (MANY_TIMES * leavers) / labels.length)) return null;
  return `Alone it ranks leavers with an AUC of ${best.toFixed(3)}, and of as many rows as left, ranked first by it, ${percent(hits)} left. No single fact known beforehand is so sure; it may have been written when they left.`;
}

/** Nearly all stayers have one and the same value, and of those who have another, surely more leave than half way from the base rate to all (Wilson). */
export function onlyLeavers({ values }: LeakColumn, labels: Numbers): string | null {
  const counts = new Map<number, number>();
  for (let row = 0; row < values.length; row++) if (labels[row] === 0) counts.set(values[row]!, (counts.get(values[row]!) ?? 0) + 1);
  const [usual, count] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [NaN, 0]);
  const leavers = totalOf(labels);
  const stayers = labels.length - leavers;
  if (count < CONSTANT * stayers || count === 0) return null;
  let [others, left] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (values[row] === usual) continue;
    others += 1;
    left += labels[row]!;
  }
  if (wilson(left, others)[0] < (1 + leavers / labels.length) / 2) return null;
  return `It is ${usual} for ${percent(count / stayers)} of those who stayed, and of ${others} rows with another value ${left} left. It may be something that only happens to those who leave.`;
}

/** It tells leavers by the rows that lie after their end, and hardly by those before it. */
export function onlyAfter({ values }: LeakColumn, labels: Numbers, after: Numbers): string | null {
  const aucOf = (wanted: number) => {
    const rows = Array.from({ length: labels.length }, (_, row) => row).filter((row) => labels[row] === 0 || after[row] === wanted);
    const theirs = rows.map((row) => labels[row]!);
    return totalOf(theirs) < LEAST_LEAVERS ? null : rocAuc(rows.map((row) => values[row]!), theirs);
  };
  const [before, then] = [aucOf(0), aucOf(1)];
  if (before === null || then === null || Math.abs(then - 0.5) < 0.3) return null;
  const same = then > 0.5 ? before : 1 - before;
  if (same >= 0.6) return null;
  return `Before their end, leavers do not differ from stayers in it (AUC ${same.toFixed(2)}); after it they do (${Math.max(then, 1 - then).toFixed(2)}). It may have been written when they left.`;
}

export const ofTheModel = (own: number, auc: number, bound: number): string =>
  `The model as a whole has an AUC of ${auc.toFixed(3)}, above ${bound}, and this is one of the columns that tell most by themselves (${own.toFixed(3)}).`;
