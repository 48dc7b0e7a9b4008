import type { Progress } from '../../../../libs/insight/src/churn/models/steps.js';
import type { House } from '../../house.js';

/** A line of the table of reference results. */
export interface Measured {
  readonly data: string;
  readonly measure: string;
  readonly reference: string;
  readonly ours: string;
  readonly wanted: string;
  readonly met: boolean;
}

/** Data with what others have reached on them. `tell` is told how far it is. */
export interface Reference {
  readonly name: string;
  measured(house: House, tell: (progress: Progress) => void): Promise<Measured[]>;
}

/** Wanted at least, at most, between or near: says so and whether it is met. */
export const atLeast = (ours: number, least: number, digits = 4) => ({ ours: ours.toFixed(digits), wanted: `>= ${least}`, met: ours >= least });
export const atMost = (ours: number, most: number, digits = 4) => ({ ours: ours.toFixed(digits), wanted: `<= ${most}`, met: ours <= most });
export const between = (ours: number, least: number, most: number, digits = 3) => ({ ours: ours.toFixed(digits), wanted: `${least} to ${most}`, met: ours >= least && ours <= most });
export const equal = (ours: number, wanted: number, decimals: number) =>
  ({ ours: ours.toFixed(decimals + 1), wanted: `${wanted} to ${decimals} decimals`, met: Math.abs(ours - wanted) <= 0.5 * 10 ** -decimals });

/** The table as it is printed: each column as wide as its widest word. */
export function tableOf(lines: readonly Measured[]): string {
  const words = [['data', 'measure', 'reference', 'ours', 'wanted', 'met'], ...lines.map(({ data, measure, reference, ours, wanted, met }) => [data, measure, reference, ours, wanted, met ? 'yes' : 'NO'])];
  const widths = words[0]!.map((_, place) => Math.max(...words.map((row) => row[place]!.length)));
  return words.map((row) => row.map((word, place) => word.padEnd(widths[place]!)).join('  ').trimEnd()).join('\n');
}
