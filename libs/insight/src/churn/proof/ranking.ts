const { isNaN } = Number;

/** What was said of rows, higher for who leaves sooner, and what came: 1 they left, 0 they did not. */
export type Numbers = ArrayLike<number>;

/** Places of the rows, the riskiest first. Rows that come in that order already are not sorted again. */
export function riskiestFirst(scores: Numbers): Uint32Array {
  const order = new Uint32Array(scores.length);
  let isSorted = true;
  for (let place = 0; place < scores.length; place++) {
    if (isNaN(scores[place])) throw new RangeError(`the score of row ${place} is no number`);
    order[place] = place;
    if (place > 0 && scores[place]! > scores[place - 1]!) isSorted = false;
  }
  return isSorted ? order : order.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Tells of each group of rows with the same score, the riskiest first: places `from` up to, not including, `to` of the order. */
export function eachTie(scores: Numbers, order: Uint32Array, tell: (from: number, to: number) => void): void {
  for (let from = 0, to = 0; from < order.length; from = to) {
    const score = scores[order[from]!];
    do to += 1; while (to < order.length && scores[order[to]!] === score);
    tell(from, to);
  }
}

export function totalOf(values: Numbers): number {
  let total = 0;
  for (let place = 0; place < values.length; place++) total += values[place]!;
  return total;
}
