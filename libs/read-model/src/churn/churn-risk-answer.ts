import type { ChurnRisk, Driver, Money, Payback } from '#insight';
import type { HealthAnswer, Evidence } from '../health/health-answer.js';

/** How far ahead, as parameters and answers write it. */
export const HORIZON_NAMES = ['30', '90', '180', 'renewal'] as const;
export type HorizonName = (typeof HORIZON_NAMES)[number];

/** A day, and the event that says so. */
export interface SaidOn { readonly on: string; readonly event: Evidence | null }

/** Chances are in ten-thousandths, from 0 to 1. */
export interface ChanceAnswer {
  readonly horizon: HorizonName;
  /** The last day of the horizon; the renewal's ends 30 days after the renewal date. */
  readonly until: string;
  readonly probability: number;
  /** 95 % interval of the chance. */
  readonly low: number;
  readonly high: number;
}

export interface DriverAnswer extends Omit<Driver, 'refs' | 'had'> { readonly events: readonly Evidence[] }

/** What winning the customer cost and has not come back; what of that is at risk. */
export interface AcquisitionAnswer extends Omit<Payback, 'refs'> {
  readonly atRisk: number;
  readonly say: string;
  /** At most the 25 latest. */
  readonly events: readonly Evidence[];
}

/** Customers to compare with: rows of months that the model had not seen, with a chance in the same bin. */
export interface Comparable {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly left: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly say: string;
}

/** Whether somebody without a contract still buys. */
export interface BuyerAnswer {
  readonly repeats: number;
  readonly firstOn: string;
  readonly lastOn: string;
  /** Chance that they buy again at all, and purchases expected; null where no model of buyers was learnt. */
  readonly alive: number | null;
  readonly expected: readonly { readonly days: number; readonly purchases: number }[] | null;
  readonly say: string;
  readonly events: readonly Evidence[];
}

export interface ModelInShort {
  readonly id: string;
  readonly kind: 'logistic' | 'additive';
  readonly arithmetic: number;
  /** True for the one that assumptions make; nobody has trained it. */
  readonly prior: boolean;
  readonly window: { readonly from: string; readonly to: string; readonly knownUntil: string; readonly gapDays: number } | null;
  /** When it was promoted; null for the prior, and for one that was asked for by name. */
  readonly inForceSince: string | null;
  readonly say: string;
}

/** The risk that one customer leaves, at one moment, with what makes it. */
export interface ChurnRiskAnswer extends Pick<HealthAnswer, 'customer' | 'askedAs' | 'name' | 'asOf' | 'knownAt' | 'today' | 'position' | 'held' | 'heldBy' | 'knowledge'> {
  readonly standing: ChurnRisk['standing'];
  /** Of the stretch in which it is or was a customer; null for who never was. */
  readonly since: string | null;
  readonly decision: SaidOn | null;
  readonly notice: SaidOn | null;
  readonly effect: SaidOn | null;
  readonly cause: string | null;
  /** The horizon that is explained, and its chance; null where there is none. */
  readonly horizon: HorizonName;
  readonly probability: number | null;
  readonly say: string;
  readonly chances: readonly ChanceAnswer[];
  readonly survival: readonly { readonly date: string; readonly stays: number }[];
  /** base + drivers + calibration = log-odds, exactly. Null where no model speaks. */
  readonly explained: { readonly base: number; readonly drivers: readonly DriverAnswer[]; readonly calibration: number; readonly logOdds: number } | null;
  readonly arrAtRisk: readonly Money[];
  readonly acquisition: readonly AcquisitionAnswer[];
  readonly confidence: ChurnRisk['confidence'];
  readonly comparable: Comparable | null;
  /** The customers of the history that the model sees most alike this one, the nearest first; empty where it kept none. */
  readonly alike: readonly { readonly customer: string; /** As it is called today; null where nobody knows. */ readonly name: string | null; readonly on: string; readonly left: boolean }[];
  /** Of who buys without a contract: whether they still do; null for everybody else. */
  readonly buyer: BuyerAnswer | null;
  /** Of which running experiment the customer is held out: nothing is to be done to keep it; null for everybody else. */
  readonly heldOut: string | null;
  readonly model: ModelInShort;
}
