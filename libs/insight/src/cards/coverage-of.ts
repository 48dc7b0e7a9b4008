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

/** The same, on a day; sheets are looked at one by one. */
export function coverageOf({ measures }: Card, sheets: Iterable<FactSheet>, day: number): CardCoverage {
  const known = measures.map(() => 0);
  let customers = 0;
  for (const sheet of sheets) {
    customers++;
    const view = viewOf(sheet, day);
    measures.forEach((measure, at) => {
      if (!('missing' in fresh(signalOf(measure.signal)(view), measure))) known[at]!++;
    });
  }
  return { customers, measures: measures.map(({ id }, at) => ({ id, known: known[at]!, share: customers ? known[at]! / customers : 0 })) };
}
