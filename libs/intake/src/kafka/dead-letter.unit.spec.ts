import { describe, expect, it } from '@jest/globals';
import type { Incoming } from '#kafka';
import { Problem } from '../refusals.js';
import { deadLetterIn, deadLetterOf } from './dead-letter.js';

const record: Incoming = { topic: 'in', partition: 3, offset: 41n, key: Buffer.from([0, 255]), value: Buffer.from('{}'), headers: { a: Buffer.from('b'), touchline_at: Buffer.from('an older one') }, timestamp: new Date('2026-03-01T10:00:00Z') };
const at = new Date('2026-03-02T09:00:00Z');
const bad = { status: 'rejected' as const, source: 'desk', id: '1', type: 'ticket.opened', problem: new Problem('data-invalid', '/data/ticket', 'Too – long') };
const lay = (): Incoming => {
  const { headers, key, value } = deadLetterOf({ record, events: [{ status: 'appended' }, bad] }, 'dead', at)!;
  return { topic: 'dead', partition: 0, offset: 7n, key: key as Buffer, value: value as Buffer, headers: Object.fromEntries(Object.entries(headers!).map(([name, text]) => [name, Buffer.from(text)])), timestamp: at };
};

describe('A dead letter', () => {
  it('is read again as it was laid aside, the record with all that is its own', () => {
    expect(deadLetterIn(lay())).toEqual({
      id: '7', at: at.toISOString(), from: { topic: 'in', partition: 3, offset: '41' }, refused: 1,
      wrong: [{ code: 'data-invalid', pointer: '/data/ticket', detail: 'Too – long', source: 'desk', id: '1', type: 'ticket.opened' }], record: { ...record, headers: { a: Buffer.from('b') } },
    });
  });

  it('is not made of a record of which all was taken', () => {
    expect(deadLetterOf({ record, events: [{ status: 'appended' }, { status: 'duplicate' }] }, 'dead', at)).toBeNull();
  });

  it('names the first twenty events of a batch, and counts all', () => {
    const events = Array.from({ length: 30 }, () => bad);
    const { headers } = deadLetterOf({ record, events }, 'dead', at)!;
    expect([headers!['touchline_refused'], (JSON.parse(String(headers!['touchline_wrong'])) as unknown[]).length]).toEqual(['30', 20]);
  });

  it.each([['wrong', '[null]'], ['wrong', '[]'], ['wrong', '{'], ['wrong', '[{"code":1,"pointer":"","detail":""}]'], ['refused', 'x'], ['partition', '-1'], ['offset', '']])('is not taken for one when somebody else wrote it: %s %s', (name, text) => {
    const found = lay();
    expect(deadLetterIn({ ...found, headers: { ...found.headers, [`touchline_${name}`]: Buffer.from(text) } })).toBeNull();
  });
});
