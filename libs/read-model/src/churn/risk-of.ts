import { alikeOf, buyerAt, type BuyerRisk, type ChurnModel, type ChurnRisk, type Horizon, paybackOf, type Payback, profileOf, riskAt } from '#insight';
import type { JourneyEvent } from '#journey';
import { type Moment, sheetOf, toldBy } from '../health/told-by.js';
import type { HorizonName } from './churn-risk-answer.js';

export const horizonOf = (name: HorizonName): Horizon => (name === 'renewal' ? name : Number(name));

export interface RiskOf {
  readonly risk: ChurnRisk;
  readonly payback: readonly Payback[];
  /** Of who buys without a contract; null for everybody else. */
  readonly buyer: BuyerRisk | null;
  readonly alike: ReturnType<typeof alikeOf>;
  readonly name: string | null;
  readonly segment: string | null;
  readonly knowledge: 'witnessed' | 'declared';
  readonly day: number;
}

/** The risk from a story, at a moment. */
export function riskOf(model: ChurnModel, story: readonly JourneyEvent[], moment: Moment, { horizon, customer }: { readonly horizon: Horizon; readonly customer: string }): RiskOf {
  const counted = toldBy(story, moment);
  const sheet = sheetOf(counted, moment);
  const day = moment.dayOf(moment.asOf);
  const profile = profileOf(sheet, day);
  return {
    buyer: buyerAt(model, counted, day, moment.dayOf), alike: alikeOf(model, sheet, { day, customer }),
    risk: riskAt(model, sheet, day, horizon), payback: paybackOf(counted, day, moment.dayOf), name: profile.name, segment: profile.segment, day,
    knowledge: sheet.declared === undefined ? 'witnessed' : 'declared',
  };
}
