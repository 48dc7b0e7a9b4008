import { KafkaUnavailable, WriterFenced } from '../errors.js';

const FENCED = new Set(['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED', 'INVALID_PRODUCER_ID_MAPPING', 'INVALID_TXN_STATE']);

/** What kafkajs threw, in our words: its own errors wrap each other, and the innermost knows most. */
export function failure(thrown: unknown, doing: string): Error {
  const cause = innermost(thrown);
  const { type } = cause as { type?: string };
  if (type !== undefined && FENCED.has(type)) return new WriterFenced(`${doing}: somebody else has taken over (${type})`, { cause });
  return new KafkaUnavailable(`${doing}: ${cause.message}`, { cause });
}

function innermost(thrown: unknown): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return error.cause instanceof Error && error.cause !== error ? innermost(error.cause) : error;
}
