import { utc } from './facts.js';
import { ChurnRows } from '../churn/history/churn-rows.js';
import { LabelStory } from '../churn/history/labels.js';
import type { RowOptions } from '../churn/history/period-rows.js';

export interface HandMadeRow {
  readonly customer: string;
  readonly day: number;
  /** What came within every horizon: 1 they left, 0 they did not. */
  readonly left: number;
  readonly cluster?: string;
  readonly amount?: number;
  /** By feature; unknown where left out. */
  readonly values?: Readonly<Record<string, number>>;
  readonly words?: readonly string[];
}

/** Rows as no story has to tell them: a horizon of 90 days, outcomes known when it has passed, unless the options say otherwise. */
export function handMadeRows(made: readonly HandMadeRow[], more: Partial<RowOptions> = {}): ChurnRows {
  const origins = [...new Set(made.map(({ day }) => day))].sort((a, b) => a - b);
  const rows = new ChurnRows({ origins, horizons: [90], gapDays: 0, knownUntil: origins[origins.length - 1]! + 400, dayOf: utc, leastDays: 28, ...more });
  for (const { customer, day, left, cluster = customer, amount = 0, values = {}, words = [] } of made) {
    rows.days.push(day);
    rows.customers.push(customer);
    rows.clusters.push(cluster);
    rows.amounts.push(amount);
    rows.unhealth.push(NaN);
    rows.daysToRenewal.push(NaN);
    rows.features.numbers.forEach(({ id }, place) => rows.values[place]!.push(values[id] ?? NaN));
    rows.words.push(words);
    rows.options.horizons.forEach((horizon, place) => {
      const label = new LabelStory();
      label.learn(day + rows.options.gapDays + Number(horizon), left);
      rows.labels[place]!.push(label);
    });
  }
  return rows;
}
