import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { VerifyReport } from '#event-store';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
beforeAll(async () => { api = await startApi(); }, 60_000);
afterAll(() => api.stop());

const report = async (): Promise<VerifyReport> => {
  const lines = (await (await api.call(await api.key('operator'), 'POST', '/v1/admin/verify')).text()).trim().split('\n');
  return JSON.parse(lines.at(-1)!).report;
};

it('holds the log, the directory of aliases and the read models against each other', async () => {
  const claim = { id: 'a-1', source: 'crm', type: 'customer.alias-added', customer: 'nord', data: { system: 'erp', id: '17' } };
  expect((await api.call(await api.key('ingest'), 'POST', '/v1/events', claim)).status).toBe(201);
  expect(await report()).toMatchObject({ equal: true, directory: { aliases: 1, flaws: 0 }, flaws: [] });
  await api.connections.worker.transaction((sql) => sql.query(`update customer_alias set customer = 'sued'`));
  expect(await report()).toMatchObject({ equal: false, log: { flaws: 0 }, directory: { aliases: 1, flaws: 1 }, flaws: [{ check: 'aliases', says: expect.stringMatching(/erp:17 to the customer nord .* to sued\./) }] });
}, 60_000);
