import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateMasterKey, isSealed, KeyRing, parseMasterKey, unseal } from '#event-store';
import { type DataPath, eventTypes, findType, type JourneyEvent, personalPaths } from '#journey';
import { contactId } from '../identity/derived-id.js';
import { tenantSecrets } from '../record-events/tenant-secrets.js';
import { context, event, openIntake, tenant } from '../testing/open-intake.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const ines = { system: 'crm', id: 'P-1' };
const added = (changes = {}) => event('contact.added', { contact: ines, name: 'Ines Vogt', email: 'ines@nordlicht.example', role: 'payer' }, changes);
const replied = () => event('ticket.replied', { ticket: 'T-1', by: 'customer', contact: ines, text: 'Ines writes: still broken' });
const stored = async (...items: { source: string; id: string }[]) => {
  const found = await house.store.find(tenant, items);
  return items.map(({ id }) => found.find((each) => each.id === id)!);
};
const unsealed = (ring: KeyRing, events: readonly JourneyEvent[], { database = house.worker, as = tenant } = {}) => database.inTenant(as, (sql) => unseal(ring, sql, as, events));
const opened = async (...items: { source: string; id: string }[]) => (await unsealed(house.intake.keys, await stored(...items))).map(({ data }) => data);

const personalTypes = eventTypes.flatMap(({ type, version, example, older = {} }) =>
  [[version, example] as const, ...Object.entries(older).map(([old, body]) => [Number(old), body.example] as const)]
    .filter(([each]) => personalPaths(type, each).length > 0).map(([each, body]) => [type, each, body] as const));
const valueAt = (data: unknown, path: DataPath): unknown => path.reduce((found, step) => (found as Record<string, unknown> | undefined)?.[step === '*' ? 0 : step], data);
const withValue = (data: unknown, [step, ...rest]: DataPath, value: unknown): unknown => (
  step === undefined ? value : step === '*' ? [withValue(undefined, rest, value)] : { ...data as object, [step]: withValue((data as Record<string, unknown> | undefined)?.[step], rest, value) });

describe('A person named by an e-mail address', () => {
  it('is the same contact on every event, and the address is stored nowhere in the clear', async () => {
    const refs = ['anna@example.com', ' Anna@Example.com'.trim(), { system: 'crm', id: 'anna@example.com' }, { system: 'helpdesk', id: 'ANNA@example.com' }];
    const items = refs.map((contact) => event('ticket.opened', { ticket: 'T-7', contact }));
    const met = event('engagement.call-held', { twoWay: true, with: ['anna@example.com', 'mara', { system: 'crm', id: 'Anna of Sales' }] });
    const wrong = event('ticket.opened', { ticket: 'T-7' });
    const amended = event('record.amended', { event: { source: wrong.source, id: wrong.id }, data: { ticket: 'T-7', contact: 'anna@example.com' }, reason: 'Caller added' });
    const alias = event('customer.alias-added', { system: 'shop', id: 'anna@example.com' }, { customer: 'anna-gmbh' });
    expect((await house.record([...items, met, wrong, amended, alias])).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'appended'));
    const facts = (await stored(...items, met, amended)).map(({ data }) => data);
    const [id] = facts.map(({ contact }) => contact);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(facts.slice(0, 4).map(({ contact }) => contact)).toEqual([id, id, id, id]);
    expect(facts[4]!.with).toEqual([id, 'mara', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(facts[5]!.data).toMatchObject({ contact: id });
    expect(await house.record([event('ticket.opened', { ticket: 'T-8' }, { customer: { system: 'shop', id: 'anna@example.com' } })])).toMatchObject([{ customer: 'anna-gmbh' }]);
    const everything = JSON.stringify(await house.worker.transaction(async (sql) => [await sql.query('select * from log'), await sql.query('select * from customer_alias'), await sql.query('select subject from subject_key')]));
    expect(everything.toLowerCase()).not.toContain('anna@example');
  });

  it('is another one for another tenant', async () => {
    const item = event('ticket.opened', { ticket: 'T-9', contact: 'otto@example.com' });
    await house.record([item]);
    await house.record([item], { tenant: 'other' });
    const [here, there] = [await house.store.find(tenant, [item]), await house.store.find('other', [item])];
    expect(here[0]!.data['contact']).not.toBe(there[0]!.data['contact']);
  });
});

describe('Personal fields', () => {
  it('are sealed in the log, and open for a reader who may see them', async () => {
    const [contact, reply] = [added(), replied()];
    await house.record([contact, reply]);
    const text = JSON.stringify(await house.worker.transaction((sql) => sql.query('select data::text from log')));
    for (const secret of ['Ines', 'Vogt', 'nordlicht.example', 'broken']) expect(text).not.toContain(secret);
    const [contactFact, replyFact] = await stored(contact, reply);
    expect(contactFact!.data).toMatchObject({ contact: expect.stringMatching(/^[0-9a-f-]{36}$/), role: 'payer' });
    expect(replyFact!.data.contact).toBe(contactFact!.data.contact);
    const [contactData, replyData] = await opened(contact, reply);
    expect(contactData).toMatchObject({ name: 'Ines Vogt', email: 'ines@nordlicht.example' });
    expect(replyData).toMatchObject({ text: 'Ines writes: still broken' });
  });

  it.each(personalTypes)('are sealed, every one of them, in %s (version %i), and open again', async (type, version, example) => {
    const paths = personalPaths(type, version);
    const secret = (path: DataPath) => `secret-${path.join('-')}@person.example`;
    const data = paths.reduce<unknown>((filled, path) => withValue(filled, path, secret(path)), example) as Record<string, unknown>;
    const item = event(type, data, { version, customer: `sealed-${type}` });
    expect(await house.record([item], findType(type)?.internal ? { ours: { expected: -1 } } : {})).toMatchObject([{ status: 'appended' }]);
    const [fact] = await stored(item);
    expect(paths.filter((path) => !isSealed(valueAt(fact!.data, path)))).toEqual([]);
    expect(JSON.stringify(fact!.data)).not.toContain('@person.example');
    const [open] = await opened(item);
    expect(paths.map((path) => valueAt(open, path))).toEqual(paths.map(secret));
  });

  it('are sealed under one key per person, and under the customer\'s where no person is named', async () => {
    const items = [added(), replied(), event('ticket.escalated', { ticket: 'T-1', reason: 'Board asked' }), event('x-lab.note', { free: 'Ines again' })];
    await house.record(items);
    const [name, text, reason, own] = (await stored(...items)).map(({ data }) => (data.name ?? data.text ?? data.reason ?? data.sealed) as { kid: string });
    expect(name!.kid).toBe(text!.kid);
    expect(reason!.kid).not.toBe(name!.kid);
    expect(own!.kid).toBe(reason!.kid);
    expect(await opened(items[3]!)).toEqual([{ free: 'Ines again' }]);
  });

  it('that are about several people are sealed with the keys of them all, and go with the first who is erased', async () => {
    const met = (...people: unknown[]) => event('engagement.meeting-held', { twoWay: true, ...(people.length > 0 ? { with: people } : {}), note: 'Ada and Bo fell out' });
    const notes = [met('ada', 'bo', 'ada'), met('bo', 'ada'), met('ada'), met('bo'), met()];
    const own = [event('x-lab.note', { contact: 'ada@lab.example', free: 'Ada' }), event('x-lab.note', { contact: { system: 'crm', id: 'ada@lab.example' }, free: 'Ada' }), event('x-lab.note', { contact: 'Ada Lovelace', free: 'Ada' })];
    await house.record([...notes, ...own]);
    const kids = (await stored(...notes, ...own)).map(({ data }) => ((data.note ?? data.sealed) as { kid: string }).kid);
    expect(kids[0]).toBe(kids[1]);
    expect(kids[0]!.split('+').sort()).toEqual([kids[2]!, kids[3]!].sort());
    expect(kids[5]).toBe(kids[6]);
    expect(kids[7]).toBe(kids[4]);
    expect(new Set(kids).size).toBe(5);
    expect(JSON.stringify(await house.worker.transaction((sql) => sql.query('select subject from subject_key')))).not.toContain('Lovelace');
    expect((await opened(...notes)).map(({ note }) => note)).toEqual(notes.map(() => 'Ada and Bo fell out'));
    for (const contact of ['bo', 'ada@lab.example']) await house.intake.erasures.destroy(tenant, contactId((await tenantSecrets(house.intake.keys, tenant)).identity, contact), { reason: 'other' }, context.actor);
    expect((await opened(...notes)).map(({ note }) => note)).toEqual([null, null, 'Ada and Bo fell out', null, 'Ada and Bo fell out']);
    expect((await opened(...own)).map(({ free }) => free)).toEqual([undefined, undefined, 'Ada']);
  });

  it('of an amendment are sealed as those of the event that it amends', async () => {
    const first = replied();
    const amended = event('record.amended', { event: { source: first.source, id: first.id }, data: { ...first.data, text: 'Ines: it works' }, time: '2026-01-10T10:00:00+01:00', reason: 'Typing' });
    await house.record([first, amended]);
    const [before, after] = await stored(first, amended);
    const body = after!.data.data as Record<string, unknown>;
    expect(isSealed(body.text)).toBe(true);
    expect(body.contact).toBe(before!.data.contact);
    expect(after!.data.time).toBe('2026-01-10T09:00:00.000Z');
    expect(await opened(amended)).toMatchObject([{ data: { text: 'Ines: it works' }, reason: 'Typing' }]);
    const replaced = { ...before!, data: body };
    expect((await unsealed(house.intake.keys, [replaced]))[0]!.data).toMatchObject({ text: 'Ines: it works' });
  });

  it('are gone with their key, and stay gone when more arrives', async () => {
    const [person, own] = [event('contact.added', { contact: 'erased', name: 'Otto', role: 'user' }), event('x-lab.note', { free: 'Otto' }, { customer: 'erased' })];
    await house.record([person, own]);
    await house.worker.transaction((sql) => sql.query(`update subject_key set wrapped = null, destroyed_at = now() where subject in ('contact:erased', 'customer:erased')`));
    const later = event('contact.added', { contact: 'erased', name: 'Otto', role: 'user' });
    const restarted = house.anotherProcess();
    await house.record([later]);
    const facts = await stored(person, own, later);
    expect((await unsealed(restarted.keys, facts)).map(({ data }) => data)).toMatchObject([{ name: null, role: 'user' }, { sealed: null }, { name: null }]);
  });

  it('open for the reader role inside its tenant only', async () => {
    const item = added();
    await house.record([item]);
    const reader = (masterKey: string) => new KeyRing(house.reader, parseMasterKey(masterKey));
    const facts = await stored(item);
    expect((await unsealed(reader(generateMasterKey()), facts, { database: house.reader, as: 'other' }))[0]!.data).toMatchObject({ name: null });
    await expect(unsealed(reader(generateMasterKey()), facts, { database: house.reader })).rejects.toThrow('The master key does not open the keys in this database');
  });
});

describe('The master key', () => {
  it('is remembered at the first start, and another one stops the start', async () => {
    await house.intake.keys.verifyMasterKey();
    await house.anotherProcess().keys.verifyMasterKey();
    await expect(new KeyRing(house.worker, parseMasterKey(generateMasterKey())).verifyMasterKey()).rejects.toThrow('Start with the key that this database was first started with');
  });
});

describe('The key ring', () => {
  it('gives one key per person though many ask for it first', async () => {
    const rings = Array.from({ length: 8 }, () => house.anotherProcess().keys);
    const keys = await Promise.all(rings.map(async (ring) => (await ring.keysFor(tenant, ['contact:race', 'customer:race'])).get('contact:race')!));
    expect(new Set(keys.map(({ kid, key }) => `${kid} ${key.toString('hex')}`)).size).toBe(1);
  });
});
