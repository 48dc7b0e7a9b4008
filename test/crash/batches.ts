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

const STORY_CUSTOMERS = 600;
export const STORY_TENANTS = ['t1', 't2'] as const;

const storyCustomer = (number: number): string => `c${number * 7 % STORY_CUSTOMERS}`;

/**
 * Batch `number` of a writer in words that the read models know: some of it late, some of it taken back; some customers are merged into the one
 * of two batches before, and every other one of them is taken apart again. Always the same events.
 */
export function storyOf(writer: string, number: number): Append[] {
  const told: [string, object, number?][] = [
    ['customer.registered', { name: `Customer ${number}` }], ['ticket.opened', { ticket: `T${number}` }], ['ticket.resolved', { ticket: `T${number}` }], ['x-test.noted', { number }],
  ];
  if (number % 5 === 0) told.push(['record.retracted', { events: [{ source: 'crash', id: idOf(writer, number, 1) }], reason: 'Taken back' }]);
  if (number % 5 === 2) told.push(['customer.merged', { into: storyCustomer(number - 2) }]);
  if (number % 10 === 4) told.push(['customer.unmerged', {}, number - 2]);
  return told.map(([type, data, ofBatch = number], index) => ({
    stream: { tenant: STORY_TENANTS[number % 2]!, category: 'customer', id: storyCustomer(ofBatch) },
    expected: 'any',
    events: [{
      source: 'crash', id: idOf(writer, number, index), type, version: 1, occurredAt: new Date(Date.UTC(2026, 0, 5) + number * 60_000).toISOString(),
      actor: { kind: 'system', id: 'test' }, data: { ...data }, bodyHash: idOf(writer, number, index),
    }],
  }));
}
