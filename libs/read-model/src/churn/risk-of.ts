import { type ChurnModel, type ChurnRisk, type Horizon, paybackOf, type Payback, profileOf, riskAt } from '#insight';
import type { JourneyEvent } from '#journey';
import { type Moment, sheetOf, toldBy } from '../health/told-by.js';
import type { HorizonName } from './churn-risk-answer.js';

export const horizonOf = (name: HorizonName): Horizon => (name === 'renewal' ? name : Number(name));

export interface RiskOf {
  readonly risk: ChurnRisk;
  readonly payback: readonly Payback[];
  readonly name: string | null;
  readonly knowledge: 'witnessed' | 'declared';
  readonly day: number;
}

/** The risk from a story, at a moment. */
export function riskOf(model: ChurnModel, story: readonly JourneyEvent[], moment: Moment, horizon: Horizon): RiskOf {
  const counted = toldBy(story, moment);
  const sheet = sheetOf(counted, moment);
  const day = moment.dayOf(moment.asOf);
  return {
    risk: riskAt(model, sheet, day, horizon), payback: paybackOf(counted, day, moment.dayOf), name: profileOf(sheet, day).name, day,
    knowledge: sheet.declared === undefined ? 'witnessed' : 'declared',
  };
}
