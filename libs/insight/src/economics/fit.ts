import type { JourneyEvent } from '#journey';
import { addMonths, type DayOf } from '../day.js';
import { type Figure, groupsOf, proportion, sum } from '../experience/figure.js';
import { number, text } from '../sheet/fact.js';
import { type LedgerEvent, refOf } from './ledger-line.js';
import type { EconomicsPolicy } from './policy.js';

/** What was said of the fit of a customer at the sale. */
export interface FitAtSale {
  readonly score: number;
  readonly seller: string | null;
  readonly event: LedgerEvent;
}

/** The last judgement on or before the day of the sale; later ones know how it went and count for nothing. */
export function fitAtSale(events: readonly JourneyEvent[], soldOn: number, dayOf: DayOf): FitAtSale | null {
  const judged = events.findLast(({ type, occurredAt, data }) => type === 'sale.fit-assessed' && dayOf(occurredAt) <= soldOn && number(data['score']) !== undefined);
  return judged ? { score: number(judged.data['score'])!, seller: text(judged.data['seller']) ?? null, event: refOf(judged) } : null;
}

export interface FitCase {
  readonly customer: string;
  readonly score: number;
  readonly seller: string | null;
  readonly soldOn: number;
  /** The day on which nothing of it ran any longer; null: something does. */
  readonly leftOn: number | null;
  readonly income: number;
  readonly contribution: number;
  /** Whether both its income and its costs of service are known. */
  readonly measured: boolean;
}

const FIT_BANDS = ['poor', 'middle', 'good'] as const;
type FitBand = (typeof FIT_BANDS)[number];
/** A share of fewer is shown, and said to be of too few. */
const LEAST_CASES = 30;

export const fitBandOf = (score: number, [middle, good]: EconomicsPolicy['fitBands']): FitBand => (score >= good ? 'good' : score >= middle ? 'middle' : 'poor');

export interface FitFigures {
  readonly key: string | null;
  readonly customers: number;
  /** Of those sold to at least `fitMonths` months ago: who left within that time. Wilson's interval. */
  readonly churn: Figure & { readonly left: number; readonly tooFew: boolean };
  /** Sold to later: not in `churn`. */
  readonly waiting: number;
  readonly income: number;
  readonly contribution: number;
  /** Contribution over income of those of whom both are known; null where of none. */
  readonly margin: number | null;
}

/** Churn and margin of customers by how well they fitted when they were sold to. An edge belongs to the upper band. Bands in their order; sellers with most customers first. */
export function fitFigures(cases: readonly FitCase[], by: 'band' | 'seller', day: number, { fitBands, fitMonths }: EconomicsPolicy): FitFigures[] {
  const figures = [...groupsOf(cases, ({ score, seller }) => (by === 'band' ? fitBandOf(score, fitBands) : seller))].map(([key, own]): FitFigures => {
    const ripe = own.filter(({ soldOn }) => addMonths(soldOn, fitMonths) <= day);
    const left = ripe.filter(({ soldOn, leftOn }) => leftOn !== null && leftOn <= addMonths(soldOn, fitMonths)).length;
    const total = (some: readonly FitCase[], name: 'income' | 'contribution') => sum(some.map((each) => each[name]));
    const measured = own.filter((each) => each.measured);
    const earned = total(measured, 'income');
    return { key, customers: own.length, churn: { ...proportion(left, ripe.length), left, tooFew: ripe.length < LEAST_CASES }, waiting: own.length - ripe.length, income: total(own, 'income'), contribution: total(own, 'contribution'), margin: earned > 0 ? total(measured, 'contribution') / earned : null };
  });
  return by === 'band' ? figures.sort((a, b) => FIT_BANDS.indexOf(a.key as FitBand) - FIT_BANDS.indexOf(b.key as FitBand)) : figures.sort((a, b) => b.customers - a.customers || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}
