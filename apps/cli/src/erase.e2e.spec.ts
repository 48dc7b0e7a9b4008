import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const certificate = {
  contact: 'p-1', keys: ['5f0c1c3e-7a52-4b3a-9a10-0c8f1b2d3e4f'], erasedAt: '2026-11-22T10:00:00.000Z', actor: { kind: 'person', id: 'mara' }, reason: 'asked-by-person', reference: 'DSR-7',
  facts: 3, fields: 5, upTo: '1.47', customers: [{ customer: 'c-1', facts: 2, fields: 4 }, { customer: 'c-2', facts: 1, fields: 1 }],
};
const ERASE = ['erase', 'crm:P-1', '--reason', 'asked-by-person', '--reference', 'DSR-7'];

describe('touchline erase', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    door.answers.set('POST /v1/contacts/crm%3AP-1/erase', { body: certificate });
    door.answers.set('GET /v1/erasures', { body: { erasures: [{ contact: 'p-1', erasedAt: certificate.erasedAt, reason: 'asked-by-person', reference: 'DSR-7', certified: true }, { contact: 'p-2', erasedAt: certificate.erasedAt, reason: 'other', certified: false }] } });
  });
  beforeEach(() => { door.asked.length = 0; });
  afterAll(() => door.close());

  it('prints the certificate, as text or as JSON', async () => {
    const { code, out } = await touchline([...ERASE, '--yes'], { url });
    expect(door.asked).toEqual([{ method: 'POST', path: '/v1/contacts/crm%3AP-1/erase', query: {}, body: { reason: 'asked-by-person', reference: 'DSR-7' } }]);
    expect({ code, lines: out.split('\n') }).toEqual({ code: 0, lines: [
      'Erased: p-1, 2026-11-22T10:00:00.000Z, by mara (asked-by-person, DSR-7).',
      'Unreadable from now on: 5 fields in 3 facts, up to position 1.47. Destroyed: key 5f0c1c3e-7a52-4b3a-9a10-0c8f1b2d3e4f.',
      'The certificate stands with 2 customers: c-1, c-2.',
      'Copies of the keys that were made before still open it, until they are gone or the master key is changed.',
    ] });
    expect(JSON.parse((await touchline([...ERASE, '--yes', '--json'], { url })).out)).toEqual(certificate);
  });

  it('prints the certificate of everybody who was erased with them, and says who shares an address and stays', async () => {
    door.answers.set('POST /v1/contacts/crm%3AP-9/erase', { body: { ...certificate, together: [{ ...certificate, contact: 'p-9', facts: 1, fields: 1, customers: [] }], sharing: ['w.2', 'w.3'] } });
    const { out } = await touchline(['erase', 'crm:P-9', '--reason', 'other', '--yes'], { url });
    expect(out).toMatch(/^Erased: p-1,[^]*\nErased: p-9,.*\nUnreadable from now on: 1 field in 1 fact,/);
    expect(out).toContain('who stay readable: w.2, w.3. If they are the same person as crm:P-9, erase the address');
  });

  it('says what it will do and erases only after the name was written once more', async () => {
    const { code, err } = await touchline(ERASE, { url, isTTY: true, stdin: 'crm:P-1\n' });
    expect(code).toBe(0);
    expect(err).toMatch(/^At http:.*everything sealed for crm:P-1 becomes unreadable for ever.*cannot be undone[^]*write the same again: crm:P-1$/);
    expect(door.asked).toHaveLength(1);
  });

  it.each([['something else is written', { isTTY: true, stdin: 'crm:P-2\n' }], ['nothing is written', { isTTY: true }], ['nobody can be asked', { stdin: 'crm:P-1\n' }]])('erases nobody when %s', async (_, how) => {
    expect(await touchline(ERASE, { url, ...how })).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was erased.') });
    expect(door.asked).toEqual([]);
  });

  it('wants a reason that it knows', async () => {
    expect((await touchline(['erase', 'crm:P-1', '--yes'], { url })).err).toContain("required option '--reason <code>' not specified");
    expect((await touchline(['erase', 'crm:P-1', '--yes', '--reason', 'Ines asked'], { url })).err).toContain('Allowed choices are asked-by-person');
    expect(door.asked).toEqual([]);
  });

  it('lists who was erased, to be kept apart from the data', async () => {
    expect((await touchline(['erasures'], { url })).out.split('\n').slice(2)).toEqual([
      'p-1      2026-11-22T10:00:00.000Z  asked-by-person  DSR-7', 'p-2      2026-11-22T10:00:00.000Z  other                       cut short: erase again']);
    expect(JSON.parse((await touchline(['erasures', '--json'], { url })).out)).toHaveLength(2);
  });
});
