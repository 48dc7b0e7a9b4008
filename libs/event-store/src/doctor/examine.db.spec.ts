import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { examine } from './examine.js';

describe('The doctor', () => {
  let drop: () => Promise<void>;
  let worker: Database;
  let owner: pg.Client;

  beforeAll(async () => {
    let url: string;
    ({ url, drop } = await freshDatabase((own) => migrate(own, eventStoreMigrations).then(() => undefined)));
    worker = new Database(url, 'touchline_worker');
    owner = new pg.Client({ connectionString: url, options: '-c search_path=touchline', application_name: 'night-job' });
    await owner.connect();
  });

  afterAll(async () => {
    await owner.end();
    await worker.close();
    await drop();
  });

  const finding = async (check: string, longTransactionSeconds?: number) => (await examine(worker, longTransactionSeconds)).find((each) => each.check === check);

  it('finds a healthy log, and that nobody has run a worker yet', async () => {
    expect(await examine(worker)).toMatchObject([
      { check: 'floor', status: 'fine', remedy: null }, { check: 'log', status: 'fine', says: expect.stringContaining('Epoch 1 (first)') }, { check: 'room', status: 'fine' },
      { check: 'tenants', status: 'fine' }, { check: 'projections', status: 'fails', remedy: expect.stringContaining('npm start') },
    ]);
  });

  it('names the session that holds the floor: its number, application and age, and what to do', async () => {
    const { rows: [session] } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
    await owner.query('begin; select log_floor_lock(); select pg_sleep(1.1)');
    const floor = await finding('floor');
    await owner.query('rollback');
    expect(floor).toMatchObject({ status: 'fails', remedy: expect.stringContaining(`pg_terminate_backend(${session!.pid})`) });
    expect(floor!.says).toMatch(new RegExp(`^Session ${session!.pid} of night-job has had an append open for 1\\.\\d s and is idle in transaction`));
    expect(await finding('floor')).toMatchObject({ status: 'fine' });
  });

  it('names the session whose transaction has been open for long, though it holds up no reader', async () => {
    expect(await finding('vacuum', 1)).toBeUndefined();
    const { rows: [session] } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
    await owner.query('begin; select pg_sleep(1.1)');
    const vacuum = await finding('vacuum', 1);
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
    await owner.query(`insert into projection_generation (name, generation) values ('customers', 1)`);
    await owner.query(`insert into projection_partition (name, generation, partition) values ('customers', 1, 0)`);
    expect(await finding('customers')).toMatchObject({ status: 'fails', says: 'No worker follows the log for it.' });
  });
});
