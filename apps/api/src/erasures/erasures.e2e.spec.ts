import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApi } from '../create-api.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startApi();
  admin = await api.key('admin', 'acme', 'mara');
}, 60_000);
afterAll(() => api.stop());

const answer = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const erase = async (contact: string, body: unknown = { reason: 'asked-by-person' }, key = admin) => answer(await api.call(key, 'POST', `/v1/contacts/${encodeURIComponent(contact)}/erase`, body));
const get = async (path: string, key = admin) => answer(await api.call(key, 'GET', path));
const tell = async (contact: unknown, customer = 'north') => expect((await api.call(admin, 'POST', '/v1/events', [{ id: `e-${Math.random()}`, source: 'crm', type: 'contact.added', customer, data: { contact, name: 'Ines Vogt', role: 'user' } }])).ok).toBe(true);

describe('Erasing a person', () => {
  it('answers with the certificate, which is kept, listed, and the same when asked for again', async () => {
    await tell('ines@nordlicht.example');
    const { status, body } = await erase('Ines@Nordlicht.example', { reason: 'consent-withdrawn', reference: 'DSR-2026-7' });
    expect({ status, body }).toMatchObject({ status: 200, body: { actor: { kind: 'person', id: 'mara' }, reason: 'consent-withdrawn', reference: 'DSR-2026-7', facts: 1, fields: 1, customers: [{ customer: 'north', facts: 1, fields: 1 }] } });
    expect(await erase('ines@nordlicht.example', { reason: 'other' }, await api.key('operator', 'acme', 'otto'))).toEqual({ status, body });
    expect(await get(`/v1/contacts/${body.contact}/erasure`)).toEqual({ status: 200, body });
    expect((await get('/v1/erasures')).body.erasures).toContainEqual({ contact: body.contact, erasedAt: body.erasedAt, reason: 'consent-withdrawn', reference: 'DSR-2026-7', certified: true });
    expect((await get('/v1/erasures', await api.key('admin', 'globex'))).body).toEqual({ erasures: [] });
  });

  it('by an address that only a contact gave makes that contact unreadable, and says who shares an address', async () => {
    const tellOf = async (contact: string, email: string) => expect((await api.call(admin, 'POST', '/v1/events', [{ id: `e-${Math.random()}`, source: 'crm', type: 'contact.added', customer: 'ada', data: { contact, email, name: 'Zelda', role: 'user' } }])).ok).toBe(true);
    await tellOf('zelda', 'zelda@adaworks.example');
    await tellOf('one', 'info@adaworks.example');
    await tellOf('two', 'info@adaworks.example');
    expect(await erase('zelda@adaworks.example')).toMatchObject({ status: 200, body: { facts: 0, together: [{ contact: 'zelda', fields: 2, customers: [{ customer: 'ada' }] }] } });
    expect(await get('/v1/contacts/zelda/erasure')).toMatchObject({ status: 200, body: { contact: 'zelda', facts: 1 } });
    expect(await erase('one')).toMatchObject({ status: 200, body: { facts: 1, sharing: ['two'] } });
    expect(await get('/v1/contacts/two/erasure')).toMatchObject({ status: 404 });
  });

  it('is refused with what to do: for who is unknown, without a reason, and for a reference that may be a name', async () => {
    await tell('known');
    expect(await erase('nobody')).toMatchObject({ status: 404, body: { code: 'contact-unknown', detail: expect.stringContaining('GET /v1/customers/{id}') } });
    expect(await erase('known', {}, await api.key('admin', 'globex'))).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } });
    expect(await erase('known', { reason: 'asked-by-person' }, await api.key('admin', 'globex'))).toMatchObject({ status: 404 });
    expect(await erase('known', { reason: 'Ines asked' })).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: [{ pointer: '/reason', detail: expect.stringContaining('asked-by-person') }] } });
    for (const reference of ['Ines', 'ines@nordlicht.example', 'Ines 7']) expect(await erase('known', { reason: 'other', reference })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reference' }] } });
    expect(await get('/v1/contacts/known/erasure')).toMatchObject({ status: 404, body: { code: 'not-erased', detail: expect.stringContaining('POST /v1/contacts/{id}/erase') } });
  });

  it.each(['ingest', 'csm', 'analyst', 'executive'] as const)('is not for a key of role %s', async (role) => {
    const key = await api.key(role);
    expect(await erase('known', { reason: 'other' }, key)).toMatchObject({ status: 403 });
    expect(await get('/v1/erasures', key)).toMatchObject({ status: 403 });
  });

  it('holds after an old copy of the keys was put back: the doctor sees it, and the next start destroys them again', async () => {
    const { worker } = api.connections;
    const doctor = async () => (await get('/v1/admin/doctor', await api.key('operator'))).body.findings.find(({ check }: { check: string }) => check === 'erasures');
    await tell('restored');
    const [copy] = await worker.transaction((sql) => sql.query<{ wrapped: Buffer }>(`select wrapped from subject_key where subject = 'contact:restored'`));
    await erase('restored');
    expect(await doctor()).toMatchObject({ status: 'fine' });
    await worker.transaction((sql) => sql.query(`update subject_key set wrapped = $1, destroyed_at = null where subject = 'contact:restored'`, [copy!.wrapped]));
    expect(await doctor()).toMatchObject({ status: 'fails', says: expect.stringContaining('The keys of 1 person who were erased are there again'), remedy: expect.stringContaining('Start every API again') });
    await (await createApi({ databaseUrl: api.database.url, masterKey: api.masterKey, logLevel: 'silent' })).close();
    expect(await doctor()).toMatchObject({ status: 'fine' });
    expect(await worker.transaction((sql) => sql.query(`select wrapped from subject_key where subject = 'contact:restored'`))).toEqual([{ wrapped: null }]);
  });

  it('that was cut short is seen by the doctor until it is asked for again', async () => {
    const { worker } = api.connections;
    await tell('short');
    await erase('short');
    await worker.transaction((sql) => sql.query(`update erasure set certified = false where subject = 'contact:short'`));
    const doctor = async () => (await get('/v1/admin/doctor', await api.key('operator'))).body.findings.find(({ check }: { check: string }) => check === 'erasures');
    expect(await doctor()).toMatchObject({ status: 'warns', remedy: expect.stringContaining('npx touchline erasures') });
    await erase('short');
    expect(await doctor()).toMatchObject({ status: 'fine' });
  });
});
