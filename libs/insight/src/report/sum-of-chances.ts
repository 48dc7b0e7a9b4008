/** An amount that stays with a chance; each on its own. */
export interface Chanced {
  readonly amount: number;
  readonly stays: number;
}

export interface SumOfChances {
  readonly expected: number;
  /** The sum lies between these in so many of 100 cases, where the chances are true and nobody's leaving has to do with another's. */
  readonly low: number;
  readonly high: number;
}

const CELLS = 10_000;
/** What is smaller than so many cells is counted by its mean and variance. */
const SMALL = 8;

/**
 * How a sum of amounts that each stay or go is spread: amounts on a grid of a ten-thousandth of their sum, one after the other (the distribution of a weighted Poisson binomial, exact on the grid);
 * many small ones together by the normal distribution. `share`: how much of the cases lies between `low` and `high`, half of the rest on each side.
 */
export function sumOfChances(items: readonly Chanced[], share: number): SumOfChances {
  const all = items.filter(({ amount }) => amount > 0);
  const total = all.reduce((sum, { amount }) => sum + amount, 0);
  const expected = all.reduce((sum, { amount, stays }) => sum + amount * stays, 0);
  if (total === 0) return { expected: 0, low: 0, high: 0 };
  const cell = total / CELLS;
  const small = all.filter(({ amount }) => amount < SMALL * cell);
  const mean = small.reduce((sum, { amount, stays }) => sum + amount * stays, 0);
  const deviation = Math.sqrt(small.reduce((sum, { amount, stays }) => sum + amount * amount * stays * (1 - stays), 0));
  const chances = spreadOut(all.filter(({ amount }) => amount >= SMALL * cell), cell);
  const upTo = (sum: number) => chances.reduce((chance, own, place) => (own === 0 ? chance : chance + own * below(sum - place * cell - mean, deviation)), 0);
  const at = (wanted: number): number => {
    let [least, most] = [0, total];
    while (most - least > cell / 4) {
      const middle = (least + most) / 2;
      if (upTo(middle) >= wanted) most = middle;
      else least = middle;
    }
    return most;
  };
  return { expected, low: Math.min(expected, at((1 - share) / 2)), high: Math.max(expected, at((1 + share) / 2)) };
}

/** The chance of each sum, in cells. */
function spreadOut(items: readonly Chanced[], cell: number): Float64Array {
  const chances = new Float64Array(CELLS + items.length + 1);
  chances[0] = 1;
  let reach = 0;
  for (const { amount, stays } of items) {
    const step = Math.round(amount / cell);
    reach += step;
    for (let place = Math.min(reach, chances.length - 1); place >= 0; place--) chances[place] = chances[place]! * (1 - stays) + (place >= step ? chances[place - step]! * stays : 0);
  }
  return chances;
}

/** The normal distribution below a point (W. J. Cody's problem by the expansion of Abramowitz and Stegun, 26.2.17, within 1e-7). */
function below(distance: number, deviation: number): number {
  if (deviation === 0) return distance >= -1e-9 ? 1 : 0;
  const z = Math.abs(distance / deviation);
  const t = 1 / (1 + 0.2316419 * z);
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return distance >= 0 ? 1 - tail : tail;
}
