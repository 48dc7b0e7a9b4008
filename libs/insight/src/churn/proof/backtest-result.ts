import type { RocPoint } from './auc.js';
import type { Estimate } from './bootstrap.js';
import type { CalibrationBin } from './calibration-bins.js';
import type { FigureName } from './figures.js';
import type { LeakVerdict } from './leak.js';
import type { Tenth } from './lift.js';

/** How good a model is on time that it did not see: what is told, kept with it and drawn. JSON. */
export interface Backtest {
  /** `id`: null for a model that was made for this look only. */
  readonly model: { readonly kind: 'logistic' | 'additive'; readonly seed: number; readonly id: string | null };
  /** Dates of the first and the last row. */
  readonly window: { readonly from: string; readonly to: string };
  readonly gapDays: number;
  readonly horizons: readonly HorizonBacktest[];
}

export interface HorizonBacktest {
  readonly horizon: number | 'renewal';
  readonly rows: number;
  readonly leavers: number;
  /** Parent accounts: what is resampled. */
  readonly accounts: number;
  readonly figures: readonly (Estimate & { readonly name: FigureName })[];
  readonly baselines: readonly Baseline[];
  readonly calibration: readonly CalibrationBin[];
  readonly lift: readonly Tenth[];
  readonly roc: readonly RocPoint[];
  readonly leak: LeakVerdict;
}

/** A simple rule on the same rows. */
export interface Baseline {
  readonly name: 'health score' | 'contract ends soon' | 'usage dropped';
  readonly auc: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly lift10: number | null;
  readonly arrCaptured10: number | null;
  /** AUC of the model less that of the rule, from the same resamples. */
  readonly ahead: Estimate;
}
