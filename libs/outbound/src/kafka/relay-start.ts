import { type EventStore, ForeignEpoch } from '#event-store';
import { parsePosition, type Position } from '#journey';
import type { TopicFinding } from '#kafka';
import type { KafkaOutSettings } from './kafka-out-settings.js';
import type { RelayPosition } from './relay-position.js';

/** Nothing is sent to Kafka until somebody has decided; the message says what. */
export class RelayHalted extends Error {
  override readonly name = 'RelayHalted';
}

const ANEW = 'Say where it is to begin: PUT /v1/kafka/out with "start"';

/** Whether a relay has never told anything: then its topics may be missing, and Kafka knows no position of it. */
export const isNew = ({ start }: KafkaOutSettings, checkpoint: Position): boolean => parsePosition(checkpoint).n <= (start === null ? 0 : parsePosition(start).n);

/** @throws RelayHalted where topics are not as they have to be, each with its reason. `before`: how many partitions each had that the relay has written to */
export function mindTopics(findings: readonly TopicFinding[], before: RelayPosition['partitions']): void {
  const wrong = findings.flatMap((finding) => wrongWith(finding, before[finding.name] ?? finding.partitions).map((complaint) => `Topic ${finding.name}: ${complaint}.`));
  if (wrong.length > 0) throw new RelayHalted(`Nothing is sent to Kafka. ${wrong.join(' ')}`);
}

function wrongWith({ partitions, complaints }: TopicFinding, before: number): readonly string[] {
  if (partitions === 0) return [`it is gone, or this is another cluster: going on would leave a gap. ${ANEW}`];
  if (partitions === before) return complaints;
  return [...complaints, `it had ${before} partitions when the relay last wrote and has ${partitions}: later facts of a customer would lie in another partition than earlier ones, so their order no longer holds. ${ANEW} once everybody has read what is there`];
}

/** Kafka alone knows up to where it was told: it took the position together with the events. @throws RelayHalted where it should know one and does not */
export function knownPosition(known: RelayPosition | null, settings: KafkaOutSettings, checkpoint: Position): RelayPosition {
  if (known) return known;
  if (isNew(settings, checkpoint)) return { position: checkpoint, partitions: {} };
  throw new RelayHalted(`Kafka was told up to ${checkpoint} and knows nothing of it: its topics were deleted, or it is another cluster. Going on would leave a gap, so nothing is sent. ${ANEW}.`);
}

/**
 * The same place in this life of the log. After a restore that lost facts, Kafka may have some of them; what both lives share is not told again, and what comes after it is.
 * @throws RelayHalted for a position of another log
 */
export async function inThisLife(store: Pick<EventStore, 'checkPosition'>, tenant: string, position: Position, warn: (sentence: string) => void): Promise<Position> {
  try {
    await store.checkPosition(position);
    return position;
  } catch (error) {
    if (!(error instanceof ForeignEpoch)) throw error;
    if (!error.lived) throw new RelayHalted(`Kafka says that it was told up to ${position}, which this log never had: its topics belong to another Touchline. Nothing is sent. Use other topics or another tenant, or, if they are ours to overwrite: ${ANEW}.`);
    if (parsePosition(error.common).n < parsePosition(position).n) {
      warn(`Kafka was told of ${tenant} up to ${position}, in a life of the log that ended with a restore. Its topics have facts that the log lost; from ${error.common} on it is told what the log has.`);
    }
    return error.common;
  }
}
