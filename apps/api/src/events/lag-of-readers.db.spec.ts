import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateMasterKey, KeyRing, migrate, parseMasterKey, Projector } from '#event-store';
import { Intake, rawItem, recordEvents } from '#intake';
import { projections } from '#read-model';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { allMigrations } from '../all-migrations.js';
import { Connections } from '../connections.js';
import { lagOfReaders } from './lag-of-readers.js';

let database: TestDatabase;
let connections: Connections;
beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, allMigrations));
  connections = new Connections(database.url);
});
afterAll(async () => {
  await connections.onApplicationShutdown();
  await database.drop();
});

const change = (text: string) => connections.worker.transaction((sql) => sql.query(text));
const lag = () => lagOfReaders(connections.worker);

describe('The lag that an import waits for', () => {
  it('is that of the read model furthest behind, of those that a worker carries and that have not stopped', async () => {
    const { store, worker } = connections;
    const projector = new Projector({ store, worker, projections: projections(), owner: 'test' });
    await projector.start();
    await projector.stop();
    const intake = new Intake(store, worker, new KeyRing(worker, parseMasterKey(generateMasterKey())));
    const fact = { id: '1', source: 'desk', type: 'ticket.opened', customer: 'c', data: { ticket: 'T-1' } };
    await recordEvents(intake, [rawItem(fact)], { tenant: 'acme', actor: { kind: 'system', id: 'desk' }, mayDeclareObservedAt: false, receivedAt: new Date() });
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect((await lag()).seconds).toBe(0);
    await change(`update projection_partition set owner = 'gone' where name = (select min(name) from projection_partition)`);
    const behind = await lag();
    expect(behind.seconds).toBeGreaterThanOrEqual(0.05);
    expect(behind).toMatchObject({ position: 0, behind: 1 });
    await change('update projection_generation set stopped_at = now(), stopped_cause = $$TypeError$$, stopped_customers = 101');
    expect((await lag()).seconds).toBe(0);
  });
});
