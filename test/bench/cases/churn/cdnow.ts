import type { Purchases } from '../../../../libs/insight/src/churn/models/bg-nbd.js';
import { fixtureOf } from './fixture.js';

interface Buyer extends Purchases {
  /** Purchases in the 39 weeks after those that the model may know. */
  readonly later: number;
}

const LAST_KNOWN = dayOf('19970930');

/** The sample of CDNOW's customers after 39 weeks, in weeks; several purchases on one day are one. */
export function cdnowBuyers(): Buyer[] {
  const days = new Map<string, Set<number>>();
  for (const line of fixtureOf('cdnow-sample.txt').trim().split(/\r?\n/)) {
    const [, id, date] = line.trim().split(/\s+/) as [string, string, string];
    days.set(id, (days.get(id) ?? new Set()).add(dayOf(date)));
  }
  return [...days.values()].map((bought) => {
    const known = [...bought].filter((day) => day <= LAST_KNOWN).sort((one, other) => one - other);
    const first = known[0]!;
    return { repeats: known.length - 1, last: (known.at(-1)! - first) / 7, observed: (LAST_KNOWN - first) / 7, later: bought.size - known.length };
  });
}

function dayOf(date: string): number {
  return Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`) / 86_400_000;
}
