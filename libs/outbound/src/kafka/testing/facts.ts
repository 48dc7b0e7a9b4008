import type { NewEvent, PostgresEventStore } from '#event-store';
import { KAFKA_OUT } from '#journey';

const event = (id: string, type: string, data: Record<string, unknown>): NewEvent =>
  ({ source: 'test', id, type, version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data, bodyHash: id });

/** Appends tickets with these numbers, dealt among so many customers; each knows its number. */
export async function tell(store: PostgresEventStore, tenant: string, from: number, count: number, customers = 7): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => from + n);
  for (let at = 0; at < count; at += 500) {
    await store.append(numbers.slice(at, at + 500).map((n) => ({ stream: { tenant, category: 'customer', id: `c${n % customers}` }, expected: 'any' as const, events: [event(String(n), 'ticket.opened', { ticket: `T${n}` })] })));
  }
}

/** Appends an insight of customer `c0`. */
export async function tellInsight(store: PostgresEventStore, tenant: string, id: string): Promise<void> {
  await store.append([{ stream: { tenant, category: 'insight', id: 'c0' }, expected: 'any', events: [event(id, 'insight.score-changed', {})] }]);
}

/** Decides that the tenant's facts go to Kafka. */
export async function decideKafkaOut(store: PostgresEventStore, tenant: string, relay: string, more: object = {}): Promise<void> {
  const data = { on: true, reason: 'A test', relay, streams: ['journey', 'insight'], mode: 'binary', partitions: 4, ...more };
  await store.append([{ stream: { tenant, ...KAFKA_OUT }, expected: 'any', events: [event(`${relay}:${JSON.stringify(data)}`, 'kafkaout.set', data)] }]);
}
