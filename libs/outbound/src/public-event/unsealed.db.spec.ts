import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, seal } from '#event-store';
import type { JourneyEvent } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { publicEvent } from './public-event.js';
import { unsealed } from './unsealed.js';

const tenant = 'acme';
let fresh: TestDatabase;
let worker: Database;
let keys: KeyRing;

beforeAll(async () => {
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 4);
  keys = new KeyRing(worker, parseMasterKey(generateMasterKey()));
});
afterAll(async () => {
  await worker.close();
  await fresh.drop();
});

const fact = (type: string, data: Record<string, unknown>, category = 'customer'): JourneyEvent => ({
  position: '1.1', stream: { tenant, category, id: 'c1' }, revision: 0, type, version: 1, source: 's', id: '1', occurredAt: '2026-01-05T10:00:00.000Z', observedAt: '2026-01-05T10:00:00.000Z',
  recordedAt: '2026-01-05T10:00:00.000Z', witnessed: true, actor: { kind: 'system', id: 's' }, data,
});

it('personal fields leave as they are stored, are opened for who may see them, and are nothing once the person is erased', async () => {
  const key = (await keys.keysFor(tenant, ['contact:ann'])).get('contact:ann')!;
  const email = seal(key, { tenant, path: '/email' }, 'ann@otter.example');
  const own = seal(key, { tenant, path: '/sealed' }, { words: 'x' });
  const events = [fact('contact.added', { contact: 'ann', email }), fact('x-own.fact', { sealed: own }), fact('clock.day-closed', {}, 'clock'), fact('ticket.opened', { ticket: 'T' })];
  const datas = async () => (await worker.statements((sql) => unsealed(keys, sql, tenant, events))).map((event) => event?.data ?? null);
  expect(events.map((event) => publicEvent(event)?.data ?? null)).toEqual([{ contact: 'ann', email }, { sealed: own }, null, { ticket: 'T' }]);
  expect(await datas()).toEqual([{ contact: 'ann', email: 'ann@otter.example' }, { words: 'x' }, null, { ticket: 'T' }]);
  await keys.destroy(tenant, 'contact:ann', async () => undefined);
  expect(await datas()).toEqual([{ contact: 'ann', email: null }, { sealed: null }, null, { ticket: 'T' }]);
});
