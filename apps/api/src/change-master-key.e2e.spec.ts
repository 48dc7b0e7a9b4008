import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateMasterKey } from '#event-store';
import { createApi } from './create-api.js';
import { startApi, type TestApi } from './testing/start-api.js';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startApi();
  admin = await api.key('operator');
}, 60_000);
afterAll(() => api.stop());

const FLAGS = ['--no-warnings', '--conditions=app-source', '--import', './test/support/typescript.mjs', 'apps/api/src/main.ts', '--change-master-key'];
const change = (from: string, to: string | undefined) => {
  const env = { PATH: process.env['PATH'], DATABASE_URL: api.database.url, TOUCHLINE_MASTER_KEY: from, ...(to === undefined ? {} : { TOUCHLINE_NEW_MASTER_KEY: to }) };
  const { status, stdout, stderr } = spawnSync(process.execPath, FLAGS, { env, encoding: 'utf8', timeout: 60_000 });
  return { status, stdout, stderr };
};
const start = (masterKey: string) => createApi({ databaseUrl: api.database.url, masterKey, logLevel: 'silent' });
const tell = (contact: string) => api.call(admin, 'POST', '/v1/events', [{ id: contact, source: 'crm', type: 'contact.added', customer: 'north', data: { contact, name: 'Ines Vogt', role: 'user' } }]);

describe('Changing the master key', () => {
  it('is done beside a running API, which then says plainly that it has the old one, while a new start with the new one reads everything', async () => {
    expect((await tell('ines')).status).toBe(200);
    const next = generateMasterKey();
    expect(change(api.masterKey, undefined)).toMatchObject({ status: 1, stderr: expect.stringContaining('TOUCHLINE_NEW_MASTER_KEY is not set') });
    expect(change(generateMasterKey(), next)).toMatchObject({ status: 1, stderr: expect.stringContaining('The master key does not open the keys in this database') });
    expect(change(api.masterKey, next)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^The master key is changed: 2 keys wrapped anew\. Start every API with the new key\./) });

    expect(await (await api.call(null, 'GET', '/health/ready')).json()).toMatchObject({ status: 503, code: 'not-ready', detail: expect.stringContaining('The master key was changed') });
    expect(await (await tell('otto')).json()).toMatchObject({ status: 503, code: 'not-ready', detail: expect.stringContaining('start it again with the new one') });
    const doctor = async (url: string) => (await (await fetch(`${url}/v1/admin/doctor`, { headers: { authorization: `Bearer ${admin}` } })).json() as { findings: { check: string }[] }).findings.find(({ check }) => check === 'keys');
    expect(await doctor(api.url)).toMatchObject({ status: 'fails', says: expect.stringContaining('The master key was changed'), remedy: expect.stringContaining('master.key') });
    await expect(start(api.masterKey)).rejects.toThrow('The master key does not open the keys in this database');
    const app = await start(next);
    try {
      await app.listen(0, '127.0.0.1');
      const url = await app.getUrl();
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(await doctor(url)).toMatchObject({ status: 'fine' });
      expect(await (await fetch(`${url}/v1/customers/north/timeline`, { headers: { authorization: `Bearer ${admin}` } })).text()).toContain('Ines Vogt');
    } finally {
      await app.close();
    }
    expect(change(api.masterKey, next)).toMatchObject({ status: 0, stdout: expect.stringContaining('0 keys wrapped anew') });
  }, 120_000);
});
