import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { nextMorning } from './next-morning.js';
import { setMorningMail } from './staff.js';

type House = Awaited<ReturnType<typeof openReadModel>>;
let house: House;
beforeAll(async () => { house = await openReadModel(); }, 60_000);
afterAll(() => house.close());

const next = (now: string) => house.reader.inTenant(tenant, (sql) => nextMorning(sql, tenant, new Date(now)));
const set = (at: string, on = true) => house.worker.statements((sql) => setMorningMail(sql, tenant, { at, on }));
const waits = (at: string) => house.worker.statements((sql) => sql.query(
  `insert into agenda (reaction, tenant, customer, position, source, id, type, occurred_at, subject, at) values ('morning-mail', $1, '', 1, 's', 'i', 'clock.day-closed', now(), 'after:x', $2)`, [tenant, at]));

it('The next mail of the morning goes out on the next working day, unless that of today still waits', async () => {
  // A Thursday evening, and a Friday morning, in Berlin.
  await set('07:30');
  expect(await next('2026-11-26T20:00:00Z')).toEqual({ next: '2026-11-27T06:30:00.000Z', say: expect.stringMatching(/^The next mail goes out on 2026-11-27 at 07:30 \(Europe\/Berlin\)/) });
  expect((await next('2026-11-27T05:00:00Z')).next).toBe('2026-11-30T06:30:00.000Z');
  await waits('2026-11-27T06:30:00Z');
  expect((await next('2026-11-27T05:00:00Z')).next).toBe('2026-11-27T06:30:00.000Z');
  await set('06:10');
  expect(await next('2026-11-27T05:00:00Z')).toMatchObject({ next: '2026-11-27T06:30:00.000Z', say: expect.stringContaining('at 07:30') });
  await set('08:00');
  expect((await next('2026-11-27T05:00:00Z')).next).toBe('2026-11-27T07:00:00.000Z');
  expect((await next('2026-11-27T12:00:00Z')).next).toBe('2026-11-30T07:00:00.000Z');
  await set('08:00', false);
  expect((await next('2026-11-27T05:00:00Z')).next).toBeNull();
});
