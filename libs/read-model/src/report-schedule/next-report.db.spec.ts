import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { setStaff } from '../staff/staff.js';
import { nextReport } from './next-report.js';
import { setReportSchedule } from './schedule.js';

type House = Awaited<ReturnType<typeof openReadModel>>;
let house: House;
beforeAll(async () => { house = await openReadModel(); }, 60_000);
afterAll(() => house.close());

const next = (now: string) => house.reader.inTenant(tenant, (sql) => nextReport(sql, tenant, new Date(now)));
const set = (more: object) => house.worker.statements((sql) => setReportSchedule(sql, tenant, { on: true, daysAfter: 5, segments: [], to: null, by: 'test', ...more }));
const published = (id: string) => house.store.append([{ stream: { tenant, category: 'company', id: `report:${id}` }, expected: 'none', events: [{
  source: 'touchline:report-schedule', id, type: 'company.report-published', version: 1, occurredAt: '2026-10-05T00:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id }] }]);

it('The next report is that of the quarter that is over while it is not published, then that of the one that runs; its readers are executives, or who is named', async () => {
  expect(await next('2026-10-02T10:00:00Z')).toEqual({ next: null, period: null, readers: [], say: 'No report is published by itself: it is switched off.' });
  await set({});
  // Midnight in Berlin is two hours before that of UTC in October, one hour in January.
  expect(await next('2026-10-02T10:00:00Z')).toEqual({ next: '2026-10-04T22:00:00.000Z', period: '2026-Q3', readers: [], say: 'The report of 2026-Q3 is published as 2026-10-05 begins (Europe/Berlin), and mailed to nobody: none of the staff is named, or has the role executive; an administrator adds one with PUT /v1/staff/{id}, roles ["executive"].' });
  for (const [id, role] of [['mara', 'executive'], ['anna', 'csm']] as const) await house.worker.statements((sql) => setStaff(sql, tenant, { id, email: `${id}@us.example`, roles: [role], by: 'test' }));
  expect(await next('2026-11-20T10:00:00Z')).toMatchObject({ next: '2026-11-20T23:00:00.000Z', period: '2026-Q3', readers: ['mara'], say: expect.stringMatching(/^The report of 2026-Q3 is published as 2026-11-21 begins .* mailed to mara, once a mail server is set up\.$/) });
  await published('2026-Q3');
  await set({ to: ['anna', 'gone'] });
  expect(await next('2026-11-20T10:00:00Z')).toMatchObject({ next: '2027-01-04T23:00:00.000Z', period: '2026-Q4', readers: ['anna'] });
  // A segment that is asked for now is missing.
  await set({ segments: ['large'] });
  expect(await next('2026-11-20T10:00:00Z')).toMatchObject({ next: '2026-11-20T23:00:00.000Z', period: '2026-Q3' });
});
