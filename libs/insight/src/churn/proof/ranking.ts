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

/** The same day by day: of each group the rows of one day, with their leavers. Days are numbered from 0 on; `begin` is told how many there may be. */
export function eachTieOfDay(scores: Numbers, labels: Numbers, on: Numbers, begin: (days: number) => (day: number, leavers: number, rows: number) => void): void {
  const { first, count } = reachOf(on);
  const tell = begin(count);
  const order = riskiestFirst(scores);
  const [leavers, rows, met] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  eachTie(scores, order, (from, to) => {
    let days = 0;
    for (let place = from; place < to; place++) {
      const day = on[order[place]!]! - first;
      if (rows[day] === 0) met[days++] = day;
      rows[day]! += 1;
      leavers[day]! += labels[order[place]!]!;
    }
    for (let place = 0; place < days; place++) {
      const day = met[place]!;
      tell(day, leavers[day]!, rows[day]!);
      leavers[day] = rows[day] = 0;
    }
  });
}

/** How many rows each day has, as `eachTieOfDay` numbers them. */
export function rowsByDay(on: Numbers): Uint32Array {
  const { first, count } = reachOf(on);
  const rows = new Uint32Array(count);
  for (let row = 0; row < on.length; row++) rows[on[row]! - first]! += 1;
  return rows;
}

function reachOf(on: Numbers): { first: number; count: number } {
  let [first, last] = [Infinity, -Infinity];
  for (let row = 0; row < on.length; row++) {
    const day = on[row]!;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { first, count: on.length === 0 ? 0 : last - first + 1 };
}

export function totalOf(values: Numbers): number {
  let total = 0;
  for (let place = 0; place < values.length; place++) total += values[place]!;
  return total;
}
