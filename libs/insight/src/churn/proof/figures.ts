import { prAuc, rocAuc } from './auc.js';
import type { Statistic } from './bootstrap.js';
import { ece } from './calibration-bins.js';
import { calibrationSlope } from './calibration-line.js';
import { brier, logLoss } from './distance.js';
import { capturedAt, liftAt } from './lift.js';

/** What a backtest says of a model, in the order in which it says it. */
export const FIGURES = {
  auc: ({ chances, labels }) => rocAuc(chances, labels),
  prAuc: ({ chances, labels }) => prAuc(chances, labels),
  logLoss: ({ chances, labels }) => logLoss(chances, labels),
  brier: ({ chances, labels }) => brier(chances, labels),
  slope: ({ chances, labels }) => calibrationSlope(chances, labels),
  ece: ({ chances, labels }) => ece(chances, labels),
  lift10: ({ chances, labels }) => liftAt(chances, labels, 0.1),
  arrCaptured10: ({ chances, labels, amounts }) => capturedAt(chances, labels, amounts, 0.1),
} as const satisfies Readonly<Record<string, Statistic>>;

export type FigureName = keyof typeof FIGURES;

/** What can be said of a rule that only ranks. */
export const RANKING = { auc: FIGURES.auc, lift10: FIGURES.lift10, arrCaptured10: FIGURES.arrCaptured10 };
