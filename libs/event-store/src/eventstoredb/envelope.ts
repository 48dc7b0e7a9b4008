import type { AllStreamRecordedEvent, RecordedEvent } from '@eventstore/db-client';
import { v5 } from 'uuid';
import { formatPosition, type JourneyEvent } from '#journey';
import type { NewEvent } from '../event-store.js';
import { streamKey } from './stream-name.js';

/** An event as it goes to the server. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Metadata;
}

/** Of a copied event: where it stood before, and when it was recorded there. */
export interface Origin { readonly position: string; readonly recordedAt: string }

/** All of an event but its type and data, and its links also by the names that the server's own projections know; when it was recorded is the server's word, unless it is a copy. */
type Metadata = Omit<NewEvent, 'type' | 'data'> & { readonly touchline: 1; readonly origin?: Origin; readonly $correlationId?: string; readonly $causationId?: string };

/** An event as it came back, the position as a number. */
export interface Read {
  readonly event: JourneyEvent;
  readonly n: number;
  readonly bodyHash: string;
  readonly origin: Origin | undefined;
}

const NAMESPACE = '3a5d2c58-5f0a-5c77-9d5c-0c9a6f0a4a51';
const MOST = 10n ** 15n;

/** One id for ever for one (tenant, source, id), so that the server takes an event for the same when it comes again. */
const eventIdOf = (tenant: string, { source, id }: { source: string; id: string }): string => v5(`${tenant}\u0000${source}\u0000${id}`, NAMESPACE);

export function propose(tenant: string, { type, data, ...envelope }: NewEvent, origin?: Origin): Proposed {
  const { correlationId, causationId } = envelope;
  const links = { ...(correlationId !== undefined && { $correlationId: correlationId }), ...(causationId !== undefined && { $causationId: causationId }) };
  return { id: eventIdOf(tenant, envelope), type, data, metadata: { touchline: 1, ...envelope, ...links, ...(origin && { origin }) } };
}

/** @returns null for what is not ours: an event of the system, or of another program on the same server */
export function readEvent(recorded: RecordedEvent | AllStreamRecordedEvent, epoch: number): Read | null {
  const stream = streamKey(recorded.streamId);
  const metadata = recorded.metadata as Metadata | undefined;
  if (!stream || !recorded.isJson || metadata?.touchline !== 1) return null;
  const { touchline: _, $correlationId: __, $causationId: ___, bodyHash, origin, observedAt, ...envelope } = metadata;
  const recordedAt = origin?.recordedAt ?? recorded.created.toISOString();
  const n = numberOf(recorded.position?.commit);
  return {
    n, bodyHash, origin,
    event: {
      ...envelope, position: formatPosition(epoch, n), stream, revision: Number(recorded.revision), type: recorded.type,
      observedAt: observedAt !== undefined && Date.parse(observedAt) < Date.parse(recordedAt) ? observedAt : recordedAt, recordedAt, witnessed: observedAt === undefined,
      data: recorded.data as Record<string, unknown>,
    },
  };
}

/** A commit position as the number in our positions. @throws RangeError where a server gives none with a stream (before 22.6), or more than 15 digits */
export function numberOf(commit: bigint | undefined): number {
  if (commit === undefined || commit >= MOST) throw new RangeError(`EventStoreDB says an event stands at ${commit}. Positions have at most 15 digits; servers before 22.6 say none with the events of a stream: use a newer one.`);
  return Number(commit);
}
