import { totalOf, eachTie, eachTieOfDay, rowsByDay, type Numbers, riskiestFirst } from './ranking.js';

const { max, min } = Math;

/**
 * Of what all leavers had (1 each, or their amounts), the share that lies among the riskiest `share` of the rows. Of rows with the same score,
 * and of a row that lies on the edge, a part is counted, as in the mean of all orders. Null where leavers had nothing or there are none.
 */
export function capturedAt(scores: Numbers, labels: Numbers, amounts: Numbers | null, share: number): number | null {
  return capturedAtEach(scores, labels, amounts, [share])[0]!;
}

/** How many times as many leavers are among the riskiest `share` of the rows as among all. Null without leavers. */
export function liftAt(scores: Numbers, labels: Numbers, share: number): number | null {
  const captured = capturedAt(scores, labels, null, share);
  return captured === null ? null : captured / share;
}

export interface Tenth {
  /** 1 is the riskiest tenth of the rows. */
  readonly tenth: number;
  /** How many times as many leavers are in it as in an average tenth. */
  readonly lift: number;
  /** Of all leavers, the share in this and the riskier tenths. */
  readonly captured: number;
}

/** Empty without leavers. */
export function liftByTenth(scores: Numbers, labels: Numbers): Tenth[] {
  const captured = capturedAtEach(scores, labels, null, Array.from({ length: 10 }, (_, place) => (place + 1) / 10));
  return captured.flatMap((upTo, place) => (upTo === null ? [] : [{ tenth: place + 1, lift: (upTo - (place === 0 ? 0 : captured[place - 1]!)) * 10, captured: upTo }]));
}

function capturedAtEach(scores: Numbers, labels: Numbers, amounts: Numbers | null, shares: readonly number[]): (number | null)[] {
  const wanted = shares.map((share) => share * labels.length);
  const found = shares.map(() => 0);
  let all = 0;
  if (totalOf(labels) > 0) {
    const order = riskiestFirst(scores);
    eachTie(scores, order, (from, to) => {
      let theirs = 0;
      for (let place = from; place < to; place++) if (labels[order[place]!] === 1) theirs += amounts ? amounts[order[place]!]! : 1;
      all += theirs;
      wanted.forEach((rows, place) => void (found[place]! += theirs * min(1, max(0, (rows - from) / (to - from)))));
    });
  }
  return found.map((part) => (all > 0 ? part / all : null));
}

/** The same among rows of one day only: of all days' riskiest shares together, how many times as many leavers as by chance. Null without leavers. */
export function liftWithin(scores: Numbers, labels: Numbers, days: Numbers, share: number): number | null {
  const all = totalOf(labels);
  if (all === 0) return null;
  const wanted = rowsByDay(days);
  let captured = 0;
  eachTieOfDay(scores, labels, days, (count) => {
    const seen = new Float64Array(count);
    return (day, leavers, rows) => {
      captured += leavers * min(1, max(0, (share * wanted[day]! - seen[day]!) / rows));
      seen[day]! += rows;
    };
  });
  return captured / all / share;
}
