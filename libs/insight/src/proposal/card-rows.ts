import { Growing } from '../churn/history/growing.js';
import { Labels } from '../churn/history/labels.js';
import { type PeriodRow, periodRows, type RowOptions } from '../churn/history/period-rows.js';
import { type Known, knownRows } from '../churn/model/known-rows.js';
import { HEADLINE } from '../churn/risk/at-risk.js';
import type { Card } from '../cards/card.js';
import type { ToldEvent } from '../fact-sheet.js';
import { fresh } from '../score/weigh.js';
import { signalOf } from '../signals/all.js';
import type { View } from '../view.js';

/** Person-period rows of a tenant, by column: what the measures of a card read at month ends, as it was known on that day, and whether notice came within 90 days. */
export class CardRows {
  readonly options: RowOptions;
  readonly days = new Growing();
  readonly customers: string[] = [];
  readonly clusters: string[] = [];
  /** By place on the card; NaN where unknown or too old. */
  readonly values: readonly Growing[];
  readonly labels: readonly Labels[] = [new Labels()];

  constructor(readonly card: Card, options: RowOptions) {
    this.options = { ...options, horizons: [HEADLINE] };
    this.values = card.measures.map(() => new Growing());
  }

  get size(): number {
    return this.days.length;
  }

  /** Adds what one customer's story tells, or nothing of it where that cannot be read. `cluster`: the parent account, or the customer itself. */
  add(customer: string, cluster: string, story: readonly ToldEvent[]): void {
    const rows: { day: number; values: number[]; labels: PeriodRow['labels'] }[] = [];
    for (const { day, view, labels } of periodRows(story, this.options)) rows.push({ day, values: this.read(view), labels });
    for (const { day, values, labels: [label] } of rows) {
      this.days.push(day);
      this.customers.push(customer);
      this.clusters.push(cluster);
      values.forEach((value, place) => this.values[place]!.push(value));
      this.labels[0]!.push(label!);
    }
  }

  /** Rows taken before a day, with what was known of their outcome on a day; in the order of customers and days, in whatever order they were added. */
  known(when: { readonly before: number; readonly day: number }): Known {
    const { rows, labels, ...counts } = knownRows(this, 0, when);
    const order = [...rows.keys()].sort((a, b) => this.compare(rows[a]!, rows[b]!));
    return { ...counts, rows: Int32Array.from(order, (at) => rows[at]!), labels: Uint8Array.from(order, (at) => labels[at]!) };
  }

  private compare(one: number, other: number): number {
    const [a, b] = [this.customers[one]!, this.customers[other]!];
    return a === b ? this.days.at(one) - this.days.at(other) : a < b ? -1 : 1;
  }

  private read(view: View): number[] {
    return this.card.measures.map((measure) => {
      const reading = fresh(signalOf(measure.signal)(view), measure);
      return 'missing' in reading ? NaN : reading.value;
    });
  }
}
