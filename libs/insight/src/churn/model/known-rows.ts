import type { ChurnRows } from '../history/churn-rows.js';

const { isNaN } = Number;

/** Rows of one horizon whose outcome was known by the end of a day. */
export interface Known {
  readonly rows: Int32Array;
  readonly labels: Uint8Array;
  /** Rows with label 1, and the customers they are of: who leaves is a leaver in the rows of several days. */
  readonly leavers: number;
  readonly departures: number;
}

/** The rows of the horizon at this place in the options that were taken before `before`, with what was known of their outcome on `day`. */
export function knownRows(rows: Pick<ChurnRows, 'size' | 'days' | 'customers' | 'labels'>, place: number, { before, day }: { before: number; day: number }): Known {
  const chosen: number[] = [];
  for (let row = 0; row < rows.size; row++) if (rows.days.at(row) < before && !isNaN(rows.labels[place]!.at(row, day))) chosen.push(row);
  const labels = Uint8Array.from(chosen, (row) => rows.labels[place]!.at(row, day));
  return { rows: Int32Array.from(chosen), labels, leavers: labels.reduce((sum, label) => sum + label, 0), departures: new Set(chosen.filter((_, at) => labels[at] === 1).map((row) => rows.customers[row])).size };
}
