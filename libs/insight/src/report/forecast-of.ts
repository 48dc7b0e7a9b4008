import { standingOf } from '../churn/history/leaving.js';
import type { ChurnModel } from '../churn/model/churn-model.js';
import { chanceAfterNotice, HEADLINE } from '../churn/risk/at-risk.js';
import { chancesAt } from '../churn/risk/risk-at.js';
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
  /** The chance to leave within 90 days, as `riskAt` has it; null for who is no customer, or has left. */
  readonly soon: number | null;
  /** The chance to leave within 180 days; null for who is no customer, or of whom the model says nothing. */
  readonly leaves: number | null;
}

const AHEAD = 180;
const NOTHING: Forecast = { due: [], soon: null, leaves: null };

/** From a sheet, a day and a model alone. Whether a renewal goes on is the chance not to have left 30 days after it; once notice was given, the chance that it is withdrawn. */
export function forecastOf(model: ChurnModel, sheet: FactSheet, day: number, aheadTo: number): Forecast {
  const { standing } = standingOf(sheet, day);
  if (standing === 'prospect' || standing === 'left') return NOTHING;
  const chances = chancesAt(model, sheet, day);
  const within = (days: number) => chances.find(({ horizon }) => horizon === days)?.probability ?? null;
  return { due: dueWith(chances, model, sheet, { day, aheadTo }), soon: within(HEADLINE), leaves: within(AHEAD) };
}

/** What `forecastOf` has due; where nothing is, no chance is worked out. */
export function dueOf(model: ChurnModel, sheet: FactSheet, day: number, aheadTo: number): Due[] {
  return dueWith(null, model, sheet, { day, aheadTo });
}

function dueWith(known: ReturnType<typeof chancesAt> | null, model: ChurnModel, sheet: FactSheet, { day, aheadTo }: { readonly day: number; readonly aheadTo: number }): Due[] {
  const { standing } = standingOf(sheet, day);
  if (standing === 'prospect' || standing === 'left') return [];
  const ending = profileOf(sheet, day).subscriptions.flatMap(({ id, state, arr, renewsOn, cancellation }) => {
    const on = cancellation?.effectiveOn ?? renewsOn;
    return state === 'ended' || !arr || arr.amount <= 0 || on === undefined || on <= day || on > aheadTo ? [] : [{ subscription: id, day: on, arr, isCancelled: cancellation !== null }];
  });
  if (ending.length === 0) return [];
  const chances = known ?? chancesAt(model, sheet, day);
  const atRenewal = (chances.find(({ horizon }) => horizon === 'renewal') ?? chances.find(({ horizon }) => horizon === AHEAD))?.probability ?? 0;
  return ending.map(({ isCancelled, ...due }) => ({ ...due, stays: 1 - (isCancelled || standing === 'notice' ? chanceAfterNotice(model) : atRenewal) }));
}

/** What of the amounts that were due is still paid, by what each subscription pays a year now. */
export const keptOf = (due: readonly Due[], now: ReadonlyMap<string, Money>): Money[] => due.flatMap(({ subscription, arr }) => {
  const { amount = 0, currency } = now.get(subscription) ?? {};
  return currency === arr.currency && amount > 0 ? [{ amount: Math.min(amount, arr.amount), currency }] : [];
});
