import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { parsePosition } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import { ensureProjection } from '../engine/generations.js';
import { CountingProjection, countingTable } from '../engine/testing/counting-projection.js';
import { Database } from '../postgres/database.js';
import type { NewEvent } from '../event-store.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { examine } from './examine.js';

/** Rows that stand at a fact wait for it: enough of a late fact for who only looks at the rows. */
class Waiting extends CountingProjection {
  override readonly compared = [{ name: countingTable, key: ['tenant', 'customer'], unsettled: 'position' }];
}
const projection = new Waiting();

describe('The doctor', () => {
  let drop: () => Promise<void>;
  let worker: Database;
  let owner: pg.Client;
  let admin: pg.Client;

  beforeAll(async () => {
    const fresh = await freshDatabase((own) => migrate(own, eventStoreMigrations).then(() => undefined));
    const { url } = fresh;
    drop = fresh.drop;
    admin = new pg.Client(fresh.adminUrl);
    await admin.connect();
    worker = new Database(url, 'touchline_worker');
    owner = new pg.Client({ connectionString: url, options: '-c search_path=touchline', application_name: 'night-job' });
    await owner.connect();
  });

  afterAll(async () => {
    await owner.end();
    await admin.end();
    await worker.close();
    await drop();
  });

  const finding = async (check: string, { longTransactionSeconds }: { longTransactionSeconds?: number } = {}) => (await examine(worker, { projections: [projection], longTransactionSeconds })).find((each) => each.check === check);

  it('finds a healthy log, and that nobody has run a worker yet', async () => {
    expect(await examine(worker)).toMatchObject([
      { check: 'floor', status: 'fine', remedy: null }, { check: 'log', status: 'fine', says: expect.stringContaining('Epoch 1 (first)') }, { check: 'room', status: 'fine' },
      { check: 'tenants', status: 'fine' }, { check: 'erasures', status: 'fine' }, { check: 'projections', status: 'fails', remedy: expect.stringContaining('npm start') },
    ]);
  });

  it('names the session that holds the floor: its number, application and age, and what to do', async () => {
    const { rows: [session] } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
    await owner.query('begin; select log_floor_lock(); select pg_sleep(1.1)');
    const floor = await finding('floor');
    await owner.query('rollback');
    expect(floor).toMatchObject({ status: 'fails', remedy: `The server ends it after 3 idle seconds, 10 in all. If it stays: select pg_terminate_backend(${session!.pid}); its sender then sends again.` });
    expect(floor!.says).toMatch(new RegExp(`^Session ${session!.pid} of night-job has had an append open for 1\\.\\d s and is idle in transaction`));
    expect(await finding('floor')).toMatchObject({ status: 'fine' });
  });

  it('names the session whose transaction has been open for long, though it holds up no reader', async () => {
    expect(await finding('vacuum', { longTransactionSeconds: 1 })).toBeUndefined();
    const { rows: [session] } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
    await owner.query('begin; select pg_sleep(1.1)');
    const vacuum = await finding('vacuum', { longTransactionSeconds: 1 });
    expect(await finding('vacuum')).toBeUndefined();
    await owner.query('rollback');
    expect(vacuum).toMatchObject({ status: 'warns', remedy: `End it: select pg_terminate_backend(${session!.pid});` });
    expect(vacuum!.says).toMatch(new RegExp(`^Session ${session!.pid} of night-job has had a transaction open for 1 s\\.`));
  });

  it('sees a table that tenants share, and a projection that nobody follows', async () => {
    await owner.query('alter table log no force row level security');
    expect(await finding('tenants')).toMatchObject({ status: 'fails', says: 'Row-level security is not forced on log.' });
    await owner.query('alter table log force row level security');
    await owner.query(`insert into projection (name, live) values ('customers', 1)`);
    await owner.query(`insert into projection_generation (name, generation, version) values ('customers', 1, '7')`);
    await owner.query(`insert into projection_partition (name, generation, partition) values ('customers', 1, 0)`);
    expect(await finding('customers')).toMatchObject({ status: 'fails', says: 'No worker follows the log for it in version 7.' });
  });

  it('says how many customers wait to be computed anew, and warns when the first has waited for more than ten seconds', async () => {
    await ensureProjection(worker, projection);
    await owner.query(`insert into projection_worker (owner, carries, expires_at) values ('w', '{counting}', now() + interval '1 day')`);
    await owner.query(`update projection_partition set owner = 'w' where name = 'counting'`);
    const store = new PostgresEventStore(worker);
    const events = ['e1', 'e2'].map((id): NewEvent => ({ source: 'test', id, type: 'ticket.opened', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id }));
    const [verdict] = await store.append([{ stream: { tenant: 'acme', category: 'customer', id: 'c1' }, expected: 'any', events }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    const [first, second] = verdict!.positions.map((position) => parsePosition(position).n);
    await worker.transaction((sql) => sql.query(`update projection_partition set position = $1 where name = 'counting'`, [second]));
    expect(await finding('counting')).toMatchObject({ status: 'fine', says: 'Up to 0 positions behind, 1 worker.' });
    const wait = (customer: string, position: number) => worker.transaction((sql) => sql.query(`insert into ${countingTable(1)} values ('acme', $1, 0, 0, '', $2)`, [customer, position]));
    await wait('c2', second!);
    expect(await finding('counting')).toMatchObject({ status: 'fine', says: 'Up to 0 positions behind, 1 worker; 1 customer waits to be computed anew, after late facts or corrections.' });
    await wait('c1', first!);
    await admin.query(`update touchline.log set recorded_at = recorded_at - interval '60 seconds' where position = $1`, [first]);
    expect(await finding('counting')).toMatchObject({ status: 'warns', says: expect.stringMatching(/^2 customers wait to be computed anew, after late facts or corrections; the first for 6\d s\./) });
    // Who is held waits for a mended fact, and is counted there.
    await worker.transaction((sql) => sql.query(`insert into parked (name, generation, tenant, customer, position, reason, cause) values ('counting', 1, 'acme', 'c1', $1, 'broken', 'broken')`, [first]));
    expect(await finding('counting')).toMatchObject({ status: 'warns', says: '1 customer is held.' });
    await store.close();
  });
});
