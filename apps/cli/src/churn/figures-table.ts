import type { DataFor } from '#journey';
import { figure } from '../text/figures.js';
import { table } from '../text/table.js';

type Figures = DataFor<'churnmodel.trained'>['figures'];

/** "90 days", "next renewal". */
export const horizonWords = (horizon: string | number): string => (horizon === 'renewal' ? 'next renewal' : `${horizon} days`);

const shown = (value: number | undefined, digits: number): string => (value === undefined ? '-' : value.toFixed(digits));

/** How good a model is on time that it had not seen. */
export function figuresTable(figures: Figures): string[] {
  if (figures.length === 0) return ['There is no time that it had not seen, so nothing shows how good it is.'];
  const rows = figures.map(({ horizon, rows: tried, leavers, auc, logLoss, brier, slope, ece, lift10 }) => (
    [horizonWords(horizon), figure(tried), figure(leavers), shown(auc, 3), shown(logLoss, 4), shown(brier, 4), shown(slope, 2), shown(ece, 3), shown(lift10, 1)]));
  return table(['within', 'rows', 'left', 'AUC', 'log-loss', 'Brier', 'slope', 'ECE', 'lift 10 %'], rows, new Set([1, 2, 3, 4, 5, 6, 7, 8]));
}
