import type { FactSheet } from '../fact-sheet.js';
import { fresh } from '../score/weigh.js';
import { signalOf } from '../signals/all.js';
import { viewOf } from '../view.js';
import type { Card } from './card.js';

/** Of how many customers the measures of a card are known. */
export interface CardCoverage {
  readonly customers: number;
  readonly measures: readonly { readonly id: string; readonly known: number; /** Of all customers; 0 where there are none. */ readonly share: number }[];
}

/** Counts it on a day, customer by customer. */
export class CoverageCounting {
  private customers = 0;
  private readonly known: number[];

  constructor(private readonly card: Card, private readonly day: number) {
    this.known = card.measures.map(() => 0);
  }

  add(sheet: FactSheet): void {
    this.customers++;
    const view = viewOf(sheet, this.day);
    this.card.measures.forEach((measure, at) => {
      if (!('missing' in fresh(signalOf(measure.signal)(view), measure))) this.known[at]!++;
    });
  }

  /** What was counted so far. */
  coverage(): CardCoverage {
    const { customers, known } = this;
    return { customers, measures: this.card.measures.map(({ id }, at) => ({ id, known: known[at]!, share: customers ? known[at]! / customers : 0 })) };
  }
}
