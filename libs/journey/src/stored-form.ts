import { type JourneyEvent, parsePosition } from './envelope.js';

/** An event as it is digested and exported: as it is stored, sealed fields sealed, with the number of its position, as the life of the log that a restore begins leaves events what they are. */
export const storedForm = ({ position, stream, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed, actor, importId, correlationId, causationId, traceParent, data }: JourneyEvent): Record<string, unknown> => (
  { position: parsePosition(position).n, stream, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed, actor, importId, correlationId, causationId, traceParent, data });
