import { expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, eventStoreMigrations, migrate, type NewEvent, PostgresEventStore, Projector } from '../index.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

it('A page that was read before a standby took over is not written after it; what the new life has in its place is', async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  const worker = new Database(fresh.url, 'touchline_worker', 6);
  const store = new PostgresEventStore(worker);
  await ensureTenant(worker, 'acme', 'UTC');
  const tell = (ids: readonly string[]) => store.append(ids.map((id) => {
    const event: NewEvent = { source: 'test', id, type: 'ticket.opened', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id };
    return { stream: { tenant: 'acme', category: 'customer', id }, expected: 'any' as const, events: [event] };
  }));
  const rows = async () => (await worker.statements((sql) => sql.query<{ customer: string }>(`select customer from ${countingTable(1)} order by 1`))).map(({ customer }) => customer);
  const shown = async (wanted: readonly string[]) => {
    for (const until = Date.now() + 10_000; (await rows()).length < wanted.length && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    expect(await rows()).toEqual(wanted);
  };
  let promoted = false;
  // The log of a standby that lacks `lost`, and has the next fact in its place.
  const promote = async (): Promise<void> => {
    promoted = true;
    const admin = new pg.Client(fresh.adminUrl);
    await admin.connect();
    await admin.query(`delete from touchline.log where id = 'lost'; select setval('touchline.log_position', (select max(position) from touchline.log)); select touchline.log_begin_epoch('promoted')`).finally(() => admin.end());
    await tell(['new']);
  };
  const projection = new CountingProjection({ before: async (_work, events) => { if (events.some(({ id }) => id === 'lost')) await promote(); } });
  const projector = new Projector({ store, worker, projections: [projection], owner: 'test' });
  try {
    await tell(['kept']);
    await projector.start();
    await shown(['kept']);
    await tell(['lost']);
    await shown(['kept', 'new']);
    expect(promoted).toBe(true);
  } finally {
    await projector.stop();
    await store.close();
    await worker.close();
    await fresh.drop();
  }
}, 30_000);
