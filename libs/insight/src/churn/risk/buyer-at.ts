import type { JourneyEvent } from '#journey';
import type { DayOf } from '../../day.js';
import { dateWords, percentWords, plural, sentence } from '../../words.js';
import { buyingOf } from '../history/buying.js';
import type { ChurnModel } from '../model/churn-model.js';
import { chanceAlive, expectedPurchases } from '../models/bg-nbd.js';

/** Whether somebody without a contract still buys from us, by when and how often they bought (BG/NBD). */
export interface BuyerRisk {
  readonly repeats: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** The chance that they have not stopped buying (of who bought once 1: the model lets people stop after a repeat only), and the purchases expected; null where no model of buyers was learnt yet. */
  readonly alive: number | null;
  readonly expected: readonly { readonly days: number; readonly purchases: number }[] | null;
  readonly refs: readonly number[];
  readonly say: string;
}

/** From effective events. Null for who has ever had a subscription, or has bought nothing. */
export function buyerAt({ buyers }: ChurnModel, events: readonly JourneyEvent[], day: number, dayOf: DayOf): BuyerRisk | null {
  const buying = buyingOf(events, day, dayOf);
  if (!buying) return null;
  const { purchases, firstDay, lastDay, refs } = buying;
  const history = `${plural(purchases.repeats + 1, 'purchase')}, the last on ${dateWords(lastDay, day)}`;
  const common = { repeats: purchases.repeats, firstDay, lastDay, refs };
  if (!buyers) return { ...common, alive: null, expected: null, say: sentence(`${history}; how likely the next one is nobody can tell before a model has learnt from who bought again`) };
  const alive = chanceAlive(buyers, purchases);
  const expected = [30, 90, 180].map((days) => ({ days, purchases: expectedPurchases(buyers, purchases, days / 7) }));
  return { ...common, alive, expected, say: sentence(`${history}; ${purchases.repeats === 0 ? 'of who bought once nobody can tell whether they stopped' : `${percentWords(alive)} that they have not stopped buying`}, ${(Math.round(100 * expected[1]!.purchases) / 100)} purchases expected within 90 days`) };
}
