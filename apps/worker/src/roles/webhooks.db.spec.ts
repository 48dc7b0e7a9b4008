import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore } from '#event-store';
import { createEndpoint, examineWebhooks, outboundMigrations } from '#outbound';
import { eventually } from '../../../../test/support/read-models.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { startWorker, type Worker } from '../worker.js';

let database: TestDatabase;
let sql: Database;
let worker: Worker;
beforeEach(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...outboundMigrations]));
  sql = new Database(database.url, 'touchline_worker', 2);
  await ensureTenant(sql, 'acme', 'UTC');
});
afterEach(async () => {
  await worker.stop();
  await sql.close();
  await database.drop();
});

it('A worker without a master key says once that it sends no webhooks, when something waits for them; the doctor says that it waits', async () => {
  await sql.statements((run) => createEndpoint(run, 'acme', { url: 'https://x.example', description: null, filter: {}, start: null, ordered: true, signature: 'v1', unseal: false, enabled: true, by: 'ann' }));
  const warnings: string[] = [];
  worker = await startWorker({ databaseUrl: database.url, roles: ['webhooks'], warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
  const store = new PostgresEventStore(sql);
  const tell = (id: string) => store.append([{ stream: { tenant: 'acme', category: 'customer', id: 'c' }, expected: 'any', events: [{ source: 'crm', id, type: 'ticket.opened', version: 1, occurredAt: '2026-01-05T08:00:00.000Z', actor: { kind: 'system', id: 'crm' }, data: {}, bodyHash: id }] }]);
  const waiting = async () => (await sql.statements((run) => run.query('select from webhook_delivery'))).length;
  for (const count of [1, 2]) {
    await tell(`f${count}`);
    await eventually(async () => await waiting() === count);
  }
  await store.close();
  await eventually(async () => warnings.length > 0);
  expect(warnings).toEqual([expect.stringMatching(/^This worker sends no webhooks: .*TOUCHLINE_MASTER_KEY is not set/)]);
  expect(await examineWebhooks(sql)).toMatchObject([{ check: 'webhooks', status: 'fine' }]);
  await sql.statements((run) => run.query(`update webhook_delivery set next_at = next_at - interval '20 minutes'`));
  expect(await examineWebhooks(sql)).toMatchObject([{ check: 'webhooks', status: 'warns', says: 'Facts for endpoints that do well have been due for 20 minutes.', remedy: expect.stringContaining('TOUCHLINE_MASTER_KEY') as unknown }]);
});
