import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startApi();
  admin = await api.key('admin');
}, 60_000);
afterAll(() => api.stop());

const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const status = async (key: string | null, method: string, path: string, body?: unknown) => (await api.call(key, method, path, body)).status;
const newKey = { name: 'Anna', role: 'csm', actor: { kind: 'person', id: 'anna' } };

describe('An API key', () => {
  it('is made by an administrator and shown once', async () => {
    const { status: made, body } = await json(await api.call(admin, 'POST', '/v1/admin/keys', newKey));
    expect({ made, key: body.key }).toEqual({ made: 201, key: expect.stringMatching(/^tl_[a-f0-9]{16}_[\w-]{43}$/) });
    const list = await (await api.call(admin, 'GET', '/v1/admin/keys')).text();
    expect(list).toContain(body.id);
    expect(list).not.toContain(body.key.slice(20));
    expect(list).not.toMatch(/hash/);
  });

  it('is refused when a field of it is wrong or unknown', async () => {
    const { body } = await json(await api.call(admin, 'POST', '/v1/admin/keys', { ...newKey, role: 'king', power: 9, actor: { kind: 'person', id: 'a@b.c' } }));
    expect(body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual(['/actor/id', '/power', '/role']);
  });

  it('may do only what its role may', async () => {
    const may = async (role: 'ingest' | 'csm' | 'analyst' | 'executive') => {
      const key = await api.key(role);
      return [await status(key, 'POST', '/v1/events', []), await status(key, 'POST', '/v1/imports/x/retraction', { reason: 'r' }), await status(key, 'GET', '/v1/admin/keys')];
    };
    expect(await may('ingest')).toEqual([422, 404, 403]);
    expect(await may('csm')).toEqual([422, 403, 403]);
    expect(await may('analyst')).toEqual([403, 403, 403]);
    expect(await may('executive')).toEqual([403, 403, 403]);
  });

  it('that another process revokes works no longer than a second here, and one it makes works at once', async () => {
    const key = await api.key('analyst');
    expect(await status(key, 'GET', '/v1/portfolio')).toBe(200);
    await api.connections.worker.transaction((sql) => sql.query('update api_key set revoked_at = now() where id = $1', [key.slice(3, 19)]));
    await new Promise((resolve) => { setTimeout(resolve, 1_050); });
    expect(await status(key, 'GET', '/v1/portfolio')).toBe(401);
    const unknown = `tl_${'0'.repeat(16)}_${'A'.repeat(43)}`;
    expect(await status(unknown, 'GET', '/v1/portfolio')).toBe(401);
    await api.connections.worker.transaction((sql) => sql.query(
      `insert into api_key (tenant, id, hash, name, role, actor_kind, actor_id, expires_at) values ('acme', $1, sha256(convert_to($2, 'UTF8')), 'late', 'analyst', 'person', 'late', now() + interval '1 day')`, ['0'.repeat(16), 'A'.repeat(43)]));
    expect(await status(unknown, 'GET', '/v1/portfolio')).toBe(200);
  });

  it('keeps its former secret for the grace after a rotation, and loses both when revoked', async () => {
    const { body: { key, id } } = await json(await api.call(admin, 'POST', '/v1/admin/keys', { ...newKey, role: 'admin' }));
    const { body: rotated } = await json(await api.call(admin, 'POST', `/v1/admin/keys/${id}/rotation`, {}));
    expect(Date.parse(rotated.formerUntil) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect([await status(key, 'GET', '/v1/admin/keys'), await status(rotated.key, 'GET', '/v1/admin/keys')]).toEqual([200, 200]);
    const { body: again } = await json(await api.call(admin, 'POST', `/v1/admin/keys/${id}/rotation`, { graceHours: 0 }));
    expect([await status(key, 'GET', '/v1/admin/keys'), await status(rotated.key, 'GET', '/v1/admin/keys')]).toEqual([401, 401]);
    expect(await status(admin, 'DELETE', `/v1/admin/keys/${id}`)).toBe(204);
    expect(await status(again.key, 'GET', '/v1/admin/keys')).toBe(401);
  });

  it('opens nothing when forged, truncated or expired', async () => {
    const [, id, secret] = /^tl_(.{16})_(.*)$/.exec(admin)!;
    const forged = [`tl_${id}_${'A'.repeat(43)}`, admin.slice(0, -1), `${admin}x`, `tl_0000000000000000_${secret}`, `TL_${id}_${secret}`, `tl_${id}_`, "tl_' or 1=1", ''];
    expect(await Promise.all(forged.map((key) => status(key || ' ', 'GET', '/v1/admin/keys')))).toEqual(forged.map(() => 401));
    const short = await api.key('admin');
    await api.connections.worker.transaction((sql) => sql.query(`update api_key set expires_at = now() where id = $1`, [short.slice(3, 19)]));
    expect(await status(short, 'GET', '/v1/admin/keys')).toBe(401);
    expect((await json(await api.call(null, 'GET', '/v1/admin/keys'))).body).toMatchObject({ code: 'unauthorized', detail: expect.stringContaining('Authorization: Bearer') });
  });
});

describe('A browser session', () => {
  it('opens with a key, and is refused when altered', async () => {
    const login = (key: string) => api.call(null, 'POST', '/login', `key=${key}`, { origin: api.url, 'content-type': 'application/x-www-form-urlencoded' });
    expect((await login('tl_wrong')).status).toBe(401);
    const opened = await login(admin);
    const cookie = opened.headers.get('set-cookie')!;
    expect([opened.status, cookie]).toEqual([303, expect.stringMatching(/HttpOnly; SameSite=Strict/)]);
    const session = cookie.split(';')[0]!;
    const read = async (value: string) => (await api.call(null, 'GET', '/v1/admin/keys', undefined, { cookie: value })).status;
    expect(await read(session)).toBe(200);
    const later = session.replace(/\.(\d{13})\./, (_, expiry: string) => `.${Number(expiry) + 1}.`);
    expect([await read(later), await read(`${session.slice(0, -4)}AAAA`), await read(session.replace(/=.{16}/, '=0000000000000000'))]).toEqual([401, 401, 401]);
  });

  it('ends with the secret that opened it: at once, or after the grace of a rotation', async () => {
    const { body: { key, id } } = await json(await api.call(admin, 'POST', '/v1/admin/keys', newKey));
    const opened = await api.call(null, 'POST', '/login', `key=${key}`, { origin: api.url, 'content-type': 'application/x-www-form-urlencoded' });
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    const read = async () => (await api.call(null, 'GET', '/v1/portfolio', undefined, { cookie })).status;
    const rotate = (graceHours: number) => status(admin, 'POST', `/v1/admin/keys/${id}/rotation`, { graceHours });
    expect(await read()).toBe(200);
    expect([await rotate(1), await read()]).toEqual([201, 200]);
    expect([await rotate(0), await read()]).toEqual([201, 401]);
  });

  it('is asked for where a browser comes without one', async () => {
    const response = await api.call(null, 'GET', '/v1/portfolio', undefined, { accept: 'text/html,*/*' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/login?next=%2Fv1%2Fportfolio']);
  });
});

describe('The operator of the installation', () => {
  const WHOLE = [
    ['GET', '/v1/admin/doctor'], ['POST', '/v1/admin/epoch'], ['POST', '/v1/admin/verify'],
    ...['rebuild', 'compare', 'switch', 'drop', 'resume'].map((what) => ['POST', `/v1/admin/projections/nothing/${what}`]),
  ] as const;

  it('alone may do what concerns all tenants: an administrator of one is refused', async () => {
    const operator = await api.key('operator');
    const asked = async (key: string) => Promise.all(WHOLE.map(([method, path]) => status(key, method!, path!, method === 'POST' && path!.endsWith('epoch') ? {} : undefined)));
    expect(await asked(admin)).toEqual(WHOLE.map(() => 403));
    expect(await asked(operator)).toEqual([200, 422, 200, 404, 404, 404, 404, 404]);
    expect(await status(operator, 'GET', '/v1/admin/keys')).toBe(200);
  });

  it('alone hands out and changes keys like their own', async () => {
    const operator = await api.key('operator');
    const id = operator.slice(3, 19);
    const made = { ...newKey, role: 'operator' };
    expect([await status(admin, 'POST', '/v1/admin/keys', made), await status(operator, 'POST', '/v1/admin/keys', made)]).toEqual([403, 201]);
    expect([await status(admin, 'POST', `/v1/admin/keys/${id}/rotation`, {}), await status(admin, 'DELETE', `/v1/admin/keys/${id}`)]).toEqual([403, 403]);
    expect(await status(operator, 'POST', `/v1/admin/keys/${id}/rotation`, {})).toBe(201);
  });

  it('is always there: the last of their keys that works is not revoked', async () => {
    const others = (key: string) => api.connections.worker.transaction((sql) => sql.query(`update api_key set revoked_at = now() where role = 'operator' and id <> $1`, [key.slice(3, 19)]));
    const last = await api.key('operator', 'globex');
    await others(last);
    const revoke = async (key: string) => await api.call(last, 'DELETE', `/v1/admin/keys/${key.slice(3, 19)}`);
    expect(await json(await revoke(last))).toMatchObject({ status: 409, body: { code: 'last-key', detail: expect.stringContaining('Make another first') } });
    const next = await api.key('operator', 'globex');
    expect([(await revoke(next)).status, (await revoke(last)).status]).toEqual([204, 409]);
    await api.key('operator', 'acme');
    expect((await revoke(last)).status).toBe(204);
  });
});
