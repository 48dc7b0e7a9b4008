import type { Position } from '#journey';
import type { Kafka, Outgoing, Writer } from '#kafka';
import { positionTopicOf } from './out-topics.js';

/** What a relay leaves in Kafka, in the transaction of the events: up to where it has told, and how many partitions its topics had then. */
export interface RelayPosition {
  readonly position: Position;
  readonly partitions: Readonly<Record<string, number>>;
}

export const positionRecord = (tenant: string, relay: string, position: RelayPosition): Outgoing =>
  ({ topic: positionTopicOf(tenant), partition: 0, key: relay, value: JSON.stringify(position) });

/** Read after the writer has taken over: nobody can move it any more. null: Kafka has none. */
export async function readRelayPosition(kafka: Kafka, writer: Writer, tenant: string, relay: string): Promise<RelayPosition | null> {
  const found = (await kafka.latest(positionTopicOf(tenant), writer)).get(relay)?.value;
  return found ? JSON.parse(found.toString()) as RelayPosition : null;
}
