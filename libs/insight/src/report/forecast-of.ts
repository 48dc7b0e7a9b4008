import { standingOf } from '../churn/history/leaving.js';
import type { ChurnModel } from '../churn/model/churn-model.js';
import { chanceAfterNotice } from '../churn/risk/at-risk.js';
import { riskAt } from '../churn/risk/risk-at.js';
import type { FactSheet } from '../fact-sheet.js';
import { profileOf } from '../profile.js';
import type { Money } from '../sheet/fact.js';

/** A subscription whose term ends or renews in the time ahead, or that ends then by a notice. */
export interface Due {
  readonly subscription: string;
  readonly day: number;
  /** What is paid for it a year. */
  readonly arr: Money;
  /** The chance that it goes on. */
  readonly stays: number;
}

/** What is foretold of one customer on a day. */
export interface Forecast {
  readonly due: readonly Due[];
  /** The chance to leave within 180 days; null for who is no customer, or of whom the model says nothing. */
  readonly leaves: number | null;
}

const AHEAD = 180;
const NOTHING: Forecast = { due: [], leaves: null };

/** From a sheet, a day and a model alone. Whether a renewal goes on is the chance not to have left 30 days after it; once notice was given, the chance that it is withdrawn. */
export function forecastOf(model: ChurnModel, sheet: FactSheet, day: number, aheadTo: number): Forecast {
  const { standing } = standingOf(sheet, day);
  if (standing === 'prospect' || standing === 'left') return NOTHING;
  const { subscriptions } = profileOf(sheet, day);
  const { chances } = riskAt(model, sheet, day, AHEAD);
  const leaves = chances.find(({ horizon }) => horizon === AHEAD)?.probability ?? null;
  const atRenewal = chances.find(({ horizon }) => horizon === 'renewal')?.probability ?? leaves ?? 0;
  const due = subscriptions.flatMap(({ id, state, arr: yearly, renewsOn, cancellation }): Due[] => {
    const on = cancellation?.effectiveOn ?? renewsOn;
    if (state === 'ended' || !yearly || yearly.amount <= 0 || on === undefined || on <= day || on > aheadTo) return [];
    return [{ subscription: id, day: on, arr: yearly, stays: 1 - (cancellation || standing === 'notice' ? chanceAfterNotice(model) : atRenewal) }];
  });
  return { due, leaves };
}

/** What of the amounts that were due is still paid, by what each subscription pays a year now. */
export const keptOf = (due: readonly Due[], now: ReadonlyMap<string, Money>): Money[] => due.flatMap(({ subscription, arr }) => {
  const { amount = 0, currency } = now.get(subscription) ?? {};
  return currency === arr.currency && amount > 0 ? [{ amount: Math.min(amount, arr.amount), currency }] : [];
});
