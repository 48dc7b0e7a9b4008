import type { CustomerSpell } from '../churn/history/leaving.js';
import type { LeavingCause } from '../churn/history/spells.js';
import type { Band } from '../score/band.js';
import type { Both, Closes, Span } from './both-ways.js';
import { both } from './both-ways.js';

/** Days before the notice; null where it was not warned of. `isLonger`: the warning stood on the first day that is looked at. */
export interface Warning {
  readonly days: number | null;
  readonly isLonger: boolean;
}

/** How early somebody who left was warned of: at-risk, and watch or worse. */
export interface Warned {
  readonly atRisk: Warning;
  readonly watch: Warning;
}

/** Somebody who left: the day on which they decided, gave notice or were gone, whichever came first. */
export interface Churn extends Both<Warned> {
  readonly customer: string;
  readonly name: string | null;
  readonly day: number;
  readonly cause: LeavingCause | null;
}

/** Whose leaving can be foretold: a notice that stands, for any cause but a merger. */
export const isChurn = ({ notice, cause }: CustomerSpell): boolean => notice !== null && cause !== 'merger';

/** The departures that have a close within the span before them. */
export function churnsIn(spells: readonly CustomerSpell[], closes: Both<Closes>, { from, to }: Pick<Span, 'from' | 'to'>, who: { readonly customer: string; readonly name: string | null }): Churn[] {
  return spells.filter(isChurn).map(({ notice, cause }) => ({ day: notice!.day, cause })).filter(({ day }) => day > from && day <= to)
    .map(({ day, cause }) => ({ ...who, day, cause, ...both(closes, ({ bands }) => ({ atRisk: warningIn(bands, day - from, (band) => band === 'at-risk'), watch: warningIn(bands, day - from, (band) => band === 'at-risk' || band === 'watch') })) }));
}

/** By the unbroken run of warning closes that ends on the day before. */
function warningIn(bands: readonly Band[], place: number, warns: (band: Band) => boolean): Warning {
  let first = place;
  while (first > 0 && warns(bands[first - 1]!)) first -= 1;
  return { days: first === place ? null : place - first, isLonger: first === 0 };
}
