import type { JourneyEvent } from '#journey';
import { text } from '../sheet/fact.js';
import type { RevenuePeriod } from './ledger.js';
import type { RevenuePolicy } from './policy.js';

/** Whether the newest sale of a customer that names a channel came through others; null where none does. */
export function earnedBy(facts: readonly JourneyEvent[], { until, ends }: RevenuePeriod, { earnedChannels }: RevenuePolicy): boolean | null {
  const channels = facts.filter(({ type, occurredAt }) => type === 'sale.won' && Date.parse(occurredAt) <= Date.parse(until) && Date.parse(occurredAt) < Date.parse(ends))
    .toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt)).flatMap(({ data }) => text(data['channel']) ?? []);
  const channel = channels.at(-1);
  return channel === undefined ? null : earnedChannels.some((earned) => earned.toLowerCase() === channel.trim().toLowerCase());
}
