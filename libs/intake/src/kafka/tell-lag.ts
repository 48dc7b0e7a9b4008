import { isHeard, tell } from '#event-store';
import type { TopicReading } from './topic-reading.js';

/** Tenants have no bound: so many are told of, those with the most. */
const TOLD = 20;

/** Tells how many records wait, tenant by tenant. Kafka is asked only where somebody listens; a topic of which it does not say is left out, as an old figure would be a wrong one. */
export async function tellLag(readings: Iterable<TopicReading>): Promise<void> {
  if (!isHeard('kafkaLag')) return;
  const waiting = new Map<string, number>();
  for (const reading of readings) {
    const lag = await reading.lag().catch(() => null);
    if (lag !== null) waiting.set(reading.tenant, (waiting.get(reading.tenant) ?? 0) + lag);
  }
  const tenants = [...waiting].map(([tenant, records]) => ({ tenant, records })).sort((a, b) => b.records - a.records).slice(0, TOLD);
  tell('kafkaLag', { tenants });
}
