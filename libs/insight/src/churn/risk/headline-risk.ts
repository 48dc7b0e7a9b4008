import type { FactSheet } from '../../fact-sheet.js';
import type { Money } from '../../sheet/fact.js';
import { viewOf } from '../../view.js';
import { type Standing, standingOf } from '../history/leaving.js';
import type { ChurnModel } from '../model/churn-model.js';
import { valuesOf } from '../model/columns.js';
import { amountsAtRisk, chanceAfterNotice, HEADLINE } from './at-risk.js';
import { chanceOf, seenBy } from './chance-of.js';

/** What a line of a list tells of a risk: the chance within 90 days, and the yearly amount times it. Null for who is no customer, or has left. */
export interface HeadlineRisk {
  readonly standing: Standing;
  readonly probability: number | null;
  readonly atRisk: readonly Money[];
}

/** The same figures as `riskAt`, from the yearly amounts of the profile, without working out what explains them. */
export function headlineRisk(model: ChurnModel, sheet: FactSheet, { day, arr }: { readonly day: number; readonly arr: readonly Money[] }): HeadlineRisk {
  const { standing } = standingOf(sheet, day);
  const probability = standing === 'running' ? modelled(model, sheet, day) : standing === 'notice' ? chanceAfterNotice(model) : null;
  return { standing, probability, atRisk: amountsAtRisk(arr, probability ?? 0) };
}

function modelled(model: ChurnModel, sheet: FactSheet, day: number): number | null {
  const horizon = model.horizons.find((one) => one.horizon === HEADLINE);
  if (!horizon) return null;
  const seen = seenBy(model, viewOf(sheet, day));
  return chanceOf(horizon, valuesOf(seen.features, horizon.columns, seen));
}
