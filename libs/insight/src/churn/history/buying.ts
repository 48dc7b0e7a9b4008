import { parsePosition, type JourneyEvent } from '#journey';
import type { DayOf } from '../../day.js';
import type { Purchases } from '../models/bg-nbd.js';

const WEEK = 7;

/** What somebody without a contract has bought, up to a day. */
export interface Buying {
  /** In weeks since the first purchase; purchases of one day are one. */
  readonly purchases: Purchases;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Position numbers of the purchases, ascending, at most the 25 latest. */
  readonly refs: readonly number[];
}

/** From effective events. Null for who has ever had a subscription, or has bought nothing. */
export function buyingOf(events: readonly JourneyEvent[], day: number, dayOf: DayOf): Buying | null {
  if (events.some(({ type }) => type.startsWith('subscription.'))) return null;
  const bought = events.filter(({ type, occurredAt }) => type === 'sale.won' && dayOf(occurredAt) <= day);
  if (bought.length === 0) return null;
  const days = [...new Set(bought.map(({ occurredAt }) => dayOf(occurredAt)))].sort((a, b) => a - b);
  const [firstDay, lastDay] = [days[0]!, days[days.length - 1]!];
  return {
    purchases: { repeats: days.length - 1, last: (lastDay - firstDay) / WEEK, observed: (day - firstDay) / WEEK }, firstDay, lastDay,
    refs: bought.map(({ position }) => parsePosition(position).n).sort((a, b) => a - b).slice(-25),
  };
}
