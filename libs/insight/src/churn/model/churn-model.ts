import type { Horizon } from '../history/horizon.js';
import type { LeavingCause } from '../history/spells.js';
import type { BgNbd } from '../models/bg-nbd.js';
import type { Platt } from '../models/calibration.js';
import type { RiskModel } from '../models/parts.js';
import type { Backtest } from '../proof/backtest-result.js';
import type { Column } from './columns.js';
import type { Reference } from './reference.js';

/** Raised only when a figure can change for the same events and model. */
export const CHURN_ARITHMETIC = 1;

/** A model of who leaves: JSON, made from a history or stated as a prior, the same bytes for the same history, window and seed. */
export interface ChurnModel {
  /** `cm-` and 12 hexadecimal digits of a hash over all the rest; `prior` for the stated one. */
  readonly id: string;
  readonly arithmetic: number;
  readonly kind: RiskModel['kind'];
  readonly seed: number;
  /** The features that it might look at; null: all. */
  readonly features: readonly string[] | null;
  /** Dates of the first and the last row that was learnt from, and the last day of which everything was known; null for the prior. */
  readonly window: { readonly from: string; readonly to: string; readonly knownUntil: string; readonly gapDays: number; /** The causes of leaving that counted; null: every one but `merger`. */ readonly causes: readonly LeavingCause[] | null } | null;
  readonly horizons: readonly HorizonModel[];
  /** Of all notices in the window, how many were withdrawn. */
  readonly notices: { readonly given: number; readonly withdrawn: number };
  /** How customers without a contract buy and stop buying, in weeks; null where too few bought again. */
  readonly buyers: (BgNbd & { readonly customers: number; readonly logLikelihood: number }) | null;
  /** Out of time, beside simple rules; null for the prior. */
  readonly proof: Backtest | null;
  /** What the rows looked like at the training, for drift and for comparison; null for the prior. */
  readonly reference: Reference | null;
}

export interface HorizonModel {
  readonly horizon: Horizon;
  /** What the model looks at, in its order. */
  readonly columns: readonly Column[];
  readonly model: RiskModel;
  /** Learnt on time that was held out. */
  readonly calibration: Platt;
  readonly rows: number;
  /** Customers who left within the horizon. */
  readonly departures: number;
}
