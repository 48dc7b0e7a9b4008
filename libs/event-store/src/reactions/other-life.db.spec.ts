import { expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, type EventStore, eventStoreMigrations, migrate, type NewEvent, pendingOf, PostgresEventStore, type Reaction } from '../index.js';
import { beginListening, listen } from './listen.js';

it('A reaction that has read a page before a standby took over asks for nothing because of it; it reads what the new life has in its place', async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  const worker = new Database(fresh.url, 'touchline_worker', 4);
  const store = new PostgresEventStore(worker);
  await ensureTenant(worker, 'acme', 'UTC');
  const tell = (ticket: string) => {
    const event: NewEvent = { source: 'test', id: ticket, type: 'ticket.opened', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: { ticket }, bodyHash: ticket };
    return store.append([{ stream: { tenant: 'acme', category: 'customer', id: 'c1' }, expected: 'any', events: [event] }]);
  };
  const promote = async (): Promise<void> => {
    const admin = new pg.Client(fresh.adminUrl);
    await admin.connect();
    await admin.query(`delete from touchline.log where id = 'lost'; select setval('touchline.log_position', (select max(position) from touchline.log)); select touchline.log_begin_epoch('promoted')`).finally(() => admin.end());
    await tell('new');
  };
  const read = async (...page: Parameters<EventStore['readAll']>) => {
    const batch = await store.readAll(...page);
    if (batch.events.some(({ id }) => id === 'lost')) await promote();
    return batch;
  };
  const promoting: EventStore = new Proxy(store, { get: (target, name) => (name === 'readAll' ? read : Reflect.get(target, name).bind(target)) });
  const calls: Reaction = { name: 'calls', types: ['ticket.opened'], due: ({ data, occurredAt }) => [{ subject: String(data['ticket']), at: occurredAt }], act: () => Promise.resolve({}) };
  const asked = async () => (await worker.statements((sql) => pendingOf(sql, 'acme', 'calls'))).map(({ subject }) => subject);
  try {
    await tell('first');
    await beginListening(worker, store, [calls]);
    await tell('kept');
    await listen(worker, promoting, [calls]);
    await tell('lost');
    await listen(worker, promoting, [calls]);
    await listen(worker, promoting, [calls]);
    expect(await asked()).toEqual(['kept', 'new']);
  } finally {
    await store.close();
    await worker.close();
    await fresh.drop();
  }
}, 30_000);
