import type { Append } from '#event-store';

export const STREAMS = 25;
export const BATCH = 20;

/** Batch `number` of a writer: always the same events, so that sending it again is a retry. */
export function batchOf(writer: string, number: number): Append[] {
  return Array.from({ length: BATCH }, (_, index) => ({
    stream: { tenant: 't1', category: 'customer', id: `c${(number * 3 + index) % STREAMS}` },
    expected: 'any',
    events: [{
      source: 'crash', id: idOf(writer, number, index), type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z',
      actor: { kind: 'system', id: 'test' }, data: { writer, number, index }, bodyHash: idOf(writer, number, index),
    }],
  }));
}

export const idOf = (writer: string, number: number, index: number): string => `${writer}-${number}-${index}`;
