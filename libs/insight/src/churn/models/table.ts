// By name: they are asked for a hundred million times, and in a test's sandbox each look at a global costs more than the exponential itself.
const { exp, log, log1p } = Math;
const { isFinite } = Number;

/** Rows of numbers by column, as models read them: every column has as many values as there are labels. A label is 1 (it happened) or 0. */
export interface Table {
  readonly columns: readonly Float64Array[];
  readonly labels: Uint8Array;
}

/** Some rows of a table, in the order given; a row may come more than once. */
export function rowsOf({ columns, labels }: Table, rows: ArrayLike<number>): Table {
  const picked = columns.map(() => new Float64Array(rows.length));
  const theirs = new Uint8Array(rows.length);
  for (let place = 0; place < rows.length; place++) theirs[place] = labels[rows[place]!]!;
  columns.forEach((column, index) => {
    const mine = picked[index]!;
    for (let place = 0; place < rows.length; place++) mine[place] = column[rows[place]!]!;
  });
  return { columns: picked, labels: theirs };
}

/** Refuses what no model can be fitted to; answers the share of rows whose label is 1. */
export function shareOfOnes({ columns, labels }: Table): number {
  columns.forEach((column, place) => {
    if (column.length !== labels.length) throw new RangeError(`column ${place} has ${column.length} values for ${labels.length} labels`);
    checkNumbers(column, `column ${place}`);
  });
  let ones = 0;
  for (const label of labels) {
    if (label > 1) throw new RangeError(`a label is 0 or 1, not ${label}`);
    ones += label;
  }
  if (ones === 0 || ones === labels.length) throw new RangeError(`all of ${labels.length} labels are the same: there is nothing to learn from them`);
  return ones / labels.length;
}

export function checkNumbers(values: ArrayLike<number>, of: string): void {
  for (let place = 0; place < values.length; place++) {
    if (!isFinite(values[place])) throw new RangeError(`${of} has ${values[place]} at place ${place}`);
  }
}

export const sigmoid = (logOdds: number): number => 1 / (1 + exp(-logOdds));
export const logit = (chance: number): number => log(chance / (1 - chance));

/** log(1 + exp(x)), which does not overflow. */
export const softplus = (logOdds: number): number => (logOdds > 30 ? logOdds : log1p(exp(logOdds)));
