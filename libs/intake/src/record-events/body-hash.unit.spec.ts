import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bodyHash } from './body-hash.js';
import { readCloudEvent } from './cloud-event.js';
import type { Envelope } from './envelope.js';
import { readPlainEvent } from './plain-event.js';
import { isObject } from './raw-item.js';

const secret = Buffer.alloc(32, 7);
const ticket = { id: 'T-1', source: 'helpdesk', type: 'ticket.opened', time: '2026-11-01T08:00:00Z', customer: { system: 'crm', id: 'a:1' }, data: { ticket: 'T-1' } };
const hashOf = (item: Record<string, unknown>) => bodyHash(secret, readPlainEvent(item) as Envelope);

describe('The hash of a body', () => {
  it('is the same in any order of keys', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
      expect(hashOf(reversed({ ...ticket, data }) as typeof ticket)).toBe(hashOf({ ...ticket, data }));
    }));
  });

  it('is the same for a plain event and a CloudEvent', () => {
    const sent = { specversion: '1.0', id: 'T-1', source: 'helpdesk', type: 'ticket.opened', time: ticket.time, subject: 'crm:a:1', data: { ticket: 'T-1' }, traceid: 'x' };
    expect(bodyHash(secret, readCloudEvent(sent) as Envelope)).toBe(hashOf(ticket));
  });

  it.each([
    ['type', { type: 'ticket.closed' }], ['customer', { customer: 'crm' }], ['time', { time: undefined }], ['data', { data: { ticket: 'T-2' } }], ['version', { version: 1 }],
  ])('changes with the %s', (_, change) => {
    expect(hashOf({ ...ticket, ...change })).not.toBe(hashOf(ticket));
  });

  it('tells nothing without the secret of the tenant', () => {
    expect(bodyHash(Buffer.alloc(32, 8), readPlainEvent(ticket) as Envelope)).not.toBe(hashOf(ticket));
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  return isObject(value) ? Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)])) : value;
}
