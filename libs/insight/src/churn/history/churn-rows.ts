import { effectiveEvents, isAboutRecords } from '#journey';
import { firstScorecard } from '../../cards/first-scorecard.js';
import type { ToldEvent } from '../../fact-sheet.js';
import { weigh } from '../../score/weigh.js';
import type { Purchases } from '../models/bg-nbd.js';
import { buyingOf } from './buying.js';
import { contractOf } from './contract.js';
import { type Features, featuresFor } from './features.js';
import { Growing } from './growing.js';
import { Labels } from './labels.js';
import { type PeriodRow, periodRows, type RowOptions } from './period-rows.js';

/**
 * The person-period rows of a tenant, kept by column. Give customers in the order of their ids, so that the same history makes the same rows in the same order.
 * `amounts`: what leaves with a customer in a year, in whole units of its largest currency, 0 where it is not known.
 */
export class ChurnRows {
  readonly days = new Growing();
  readonly customers: string[] = [];
  readonly clusters: string[] = [];
  readonly amounts = new Growing();
  /** 100 less the points of the first scorecard; NaN where nothing is known. */
  readonly unhealth = new Growing();
  /** Days to the next renewal, below 0 where the date has passed; NaN where none is known. */
  readonly daysToRenewal = new Growing();
  readonly features: Features;
  /** By place in the numbers of `features`; NaN where unknown. */
  readonly values: readonly Growing[];
  readonly words: (readonly string[])[] = [];
  readonly labels: readonly Labels[];
  /** Of all notices that were given, how many were withdrawn. */
  readonly notices = { given: 0, withdrawn: 0 };
  /** What those bought who have no contract, until everything is known. */
  readonly purchases: Purchases[] = [];
  private readonly known = new Map<string, string>();

  constructor(readonly options: RowOptions) {
    this.features = featuresFor(options.horizons);
    this.values = this.features.numbers.map(() => new Growing());
    this.labels = options.horizons.map(() => new Labels());
  }

  get size(): number {
    return this.days.length;
  }

  /** Adds what one customer's story tells. `cluster`: the parent account, or the customer itself; what is of one cluster is not independent. */
  add(customer: string, cluster: string, story: readonly ToldEvent[]): void {
    const labels: PeriodRow['labels'][] = [];
    for (const row of periodRows(story, this.options)) {
      this.push(customer, cluster, row);
      labels.push(row.labels);
    }
    for (const own of labels) own.forEach((label, place) => this.labels[place]!.push(label));
    this.addBuyer(story);
    const told = effectiveEvents(story.filter(({ type }) => isAboutRecords(type) || type.startsWith('subscription.cancellation-')));
    this.notices.given += told.filter(({ type }) => type === 'subscription.cancellation-requested').length;
    this.notices.withdrawn += told.filter(({ type }) => type === 'subscription.cancellation-withdrawn').length;
  }

  private addBuyer(story: readonly ToldEvent[]): void {
    if (story.some(({ type }) => type.startsWith('subscription.'))) return;
    const buying = buyingOf(effectiveEvents(story), this.options.knownUntil, this.options.dayOf);
    if (buying) this.purchases.push(buying.purchases);
  }

  private push(customer: string, cluster: string, { day, view }: PeriodRow): void {
    const { values, words } = this.features.of(view);
    const { score } = weigh(view.sheet, firstScorecard, day);
    this.days.push(day);
    this.customers.push(customer);
    this.clusters.push(cluster);
    const contract = contractOf(view);
    this.amounts.push(contract?.yearly?.amount ?? 0);
    this.daysToRenewal.push(contract?.next?.days ?? NaN);
    this.unhealth.push(score === null ? NaN : 100 - score / 100);
    values.forEach((value, place) => this.values[place]!.push(value));
    this.words.push(words.map((word) => this.same(word)));
  }

  /** One text for all rows, so that a million rows do not keep a million copies. */
  private same(word: string): string {
    const found = this.known.get(word);
    if (found === undefined) this.known.set(word, word);
    return found ?? word;
  }
}
