import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, eventStoreMigrations, listTenants, migrate, PostgresEventStore } from '../index.js';

let worker: Database;
let store: PostgresEventStore;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  drop = fresh.drop;
  worker = new Database(fresh.url, 'touchline_worker', 2);
  store = new PostgresEventStore(worker);
});
afterAll(async () => {
  await store.close();
  await worker.close();
  await drop();
});

it('The time zone of a tenant can be set right until it has facts; then it stays, as its days were closed by it', async () => {
  const move = (timeZone: string) => worker.transaction((sql) => sql.query('update tenant set time_zone = $1 where id = $2', [timeZone, 'acme']));
  const zone = async () => (await listTenants(worker)).map(({ timeZone }) => timeZone);
  await ensureTenant(worker, 'acme', 'UTC');
  await move('Europe/Berlin');
  expect(await zone()).toEqual(['Europe/Berlin']);
  await store.append([{ stream: { tenant: 'acme', category: 'customer', id: 'c1' }, expected: 'any', events: [{
    source: 'test', id: 'e1', type: 'ticket.opened', version: 1, occurredAt: '2026-01-01T00:00:00Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: '1' }] }]);
  await expect(move('Asia/Tokyo')).rejects.toThrow('The tenant acme has facts, and its days that are over were closed by the clock of Europe/Berlin: its time zone stays.');
  await move('Europe/Berlin');
  await ensureTenant(worker, 'acme', 'Asia/Tokyo');
  await worker.transaction((sql) => sql.query(`update tenant set pinned_day = '2026-01-01' where id = 'acme'`));
  expect(await zone()).toEqual(['Europe/Berlin']);
});
