import type { FactSheet } from '../../fact-sheet.js';
import { profileOf } from '../../profile.js';
import type { Money } from '../../sheet/fact.js';
import type { CustomerSpell } from '../history/leaving.js';
import type { ChurnModel } from '../model/churn-model.js';

/** The horizon, in days, that lists sort by and sentences speak of. */
export const HEADLINE = 90;

/** The yearly amount times a chance, per currency in minor units. */
export function amountsAtRisk(sheet: FactSheet, day: number, chance: number): Money[] {
  return profileOf(sheet, day).arr.map(({ amount, currency }) => ({ amount: Math.round(amount * chance), currency }));
}

/** The chance that who gave notice has left by a day: sure, but for the share of notices that are withdrawn, of which one in ten is assumed until ten were seen. */
export function chanceAfterNotice({ notices }: ChurnModel, { effect, notice }: CustomerSpell, until: number): number {
  return (effect?.day ?? notice!.day) <= until ? 1 - (notices.withdrawn + 1) / (notices.given + 10) : 0;
}
