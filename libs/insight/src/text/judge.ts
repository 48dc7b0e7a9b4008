/** How well one label was told. */
export interface Judged {
  /** How many have it. */
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** F1 = 2 x hits / (2 x hits + false alarms + misses); 0 where nothing was hit. */
export function f1Of(labels: ArrayLike<number>, told: ArrayLike<number>): Judged {
  let [hits, alarms, misses] = [0, 0, 0];
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] && told[row]) hits += 1;
    else if (told[row]) alarms += 1;
    else if (labels[row]) misses += 1;
  }
  const share = (of: number) => (of === 0 ? 0 : hits / of);
  return { support: hits + misses, precision: share(hits + alarms), recall: share(hits + misses), f1: share(hits + (alarms + misses) / 2) };
}
