import type { Card } from '../../cards/card.js';
import { LabelStory } from '../../churn/history/labels.js';
import { sigmoid } from '../../churn/models/table.js';
import { randomOf } from '../../churn/proof/random.js';
import { normal } from '../../churn/simulate/normal.js';
import { utc } from '../../testing/facts.js';
import { CardRows } from '../card-rows.js';

/** A card of measures `m0`, `m1`, … with these weights, whose value is their quality. */
export const plainCard = (weights: readonly number[], more: Partial<Card> = {}): Card => ({
  id: 'plain', version: 1, bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 0 }, measureBands: { good: 0.75, fair: 0.4 }, groups: [{ id: 'all', label: 'All' }],
  measures: weights.map((weight, at) => ({ id: `m${at}`, group: 'all', signal: `measurement:m${at}` as const, weight, label: `Measure ${at}`, unit: 'of 1', curve: { kind: 'line', points: [[0, 0], [1, 1]] }, staleAfter: null })), ...more,
});

export interface Lived {
  readonly card: Card;
  /** What truly makes leave: a point of badness of a measure adds so much to the log-odds of leaving in a month. */
  readonly effects: readonly number[];
  readonly intercept: number;
  readonly accounts: number;
  readonly months: number;
  readonly seed: number;
  /** The share of values that nobody knows. */
  readonly unknown?: number;
}

/** Month by month until they leave: rows of a card from a truth that is known. */
export function lived({ card, effects, intercept, accounts, months, seed, unknown = 0 }: Lived): CardRows {
  const rows = new CardRows(card, { origins: [], horizons: [], gapDays: 0, knownUntil: 30 * months, dayOf: utc, leastDays: 28 });
  for (let account = 0; account < accounts; account++) {
    const random = randomOf(seed, account);
    const levels = effects.map(() => normal(random));
    const values: number[][] = [];
    let left = Infinity;
    for (let month = random.below(Math.ceil(months / 2)); month < months && left === Infinity; month++) {
      // Like it was in the month before, with a variance of 1 over all months.
      levels.forEach((level, at) => { levels[at] = 0.9 * level + Math.sqrt(0.19) * normal(random); });
      const badness = levels.map((level) => sigmoid(1.5 * level));
      values[month] = badness.map((bad) => (random.next() < unknown ? NaN : 1 - bad));
      if (random.next() < sigmoid(effects.reduce((sum, effect, at) => sum + effect * badness[at]!, intercept))) left = 30 * month + 29;
    }
    values.forEach((own, month) => {
      const label = new LabelStory();
      if (30 * month + 90 <= 30 * months) label.learn(30 * month + 90, left <= 30 * month + 90 ? 1 : 0);
      rows.days.push(30 * month);
      rows.customers.push(`c${String(account).padStart(5, '0')}`);
      rows.clusters.push(`p${account}`);
      own.forEach((value, at) => rows.values[at]!.push(value));
      rows.labels[0]!.push(label);
    });
  }
  return rows;
}

/** Adds rows to others, the last one first when asked to; as customers of other names, or so many days later. */
export function addRows(into: CardRows, from: CardRows, { named = '', later = 0, backwards = false }: { readonly named?: string; readonly later?: number; readonly backwards?: boolean } = {}): CardRows {
  for (let at = 0; at < from.size; at++) {
    const row = backwards ? from.size - 1 - at : at;
    const [day, left] = [from.days.at(row) + later, from.labels[0]!.at(row, Infinity)];
    const label = new LabelStory();
    label.learn(day + 90, left);
    into.days.push(day);
    into.customers.push(from.customers[row]! + named);
    into.clusters.push(from.clusters[row]!);
    into.labels[0]!.push(label);
    from.values.forEach((column, place) => into.values[place]!.push(column.at(row)));
  }
  return into;
}
