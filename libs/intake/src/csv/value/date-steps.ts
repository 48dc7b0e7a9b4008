import { pointerStep } from '../../refusals.js';
import type { Words } from '../mapping/mapping.js';
import { RowError } from '../mapping/mapping-error.js';
import type { Scope } from '../scope.js';
import { compile } from './compile.js';
import { Moment } from './moment.js';
import type { Step, Value } from './value.js';

/** `add`, then `startOf`, then `endOf`. A missing amount makes the result missing. */
export function dateSteps({ add, startOf, endOf }: Words, scope: Scope, at: string): Step[] {
  const steps: Step[] = [];
  if (add) {
    const amounts = Object.entries(add).map(([span, amount]) => [span, compile(amount, scope, { at: `${at}/add${pointerStep(span)}`, kind: 'integer' })] as const);
    steps.push((value, row) => {
      const spans = amounts.map(([span, amount]) => [span, amount(row)] as const);
      return spans.some(([, amount]) => amount === undefined) ? undefined : moved(value, (moment) => moment.at.plus(Object.fromEntries(spans)));
    });
  }
  if (startOf) steps.push((value) => moved(value, (moment) => moment.at.startOf(startOf)));
  if (endOf) steps.push((value) => moved(value, (moment) => moment.at.endOf(endOf)));
  return steps;
}

function moved(value: Value, move: (moment: Moment) => Moment['at']): Moment {
  if (!(value instanceof Moment)) throw new RowError('Only dates can be moved.', '');
  return new Moment(move(value), value.as);
}
