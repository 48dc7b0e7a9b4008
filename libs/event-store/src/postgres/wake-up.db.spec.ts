import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { eventStoreMigrations, migrate } from '../index.js';
import { Database } from './database.js';
import { WakeUp } from './wake-up.js';

const CONNECTIONS = 2;
let fresh: TestDatabase;
let broken: boolean;
let worker: Database;
let wakeUp: WakeUp;

/** While `broken`, every connection it lends refuses its next statement. */
class Refusing extends Database {
  override async connect(): Promise<pg.PoolClient> {
    const client = await super.connect();
    if (broken) await client.query('begin; select 1 / 0').catch(() => undefined);
    return client;
  }
}

beforeEach(async () => {
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Refusing(fresh.url, 'touchline_worker', CONNECTIONS);
  wakeUp = new WakeUp(worker);
});
afterEach(async () => {
  await wakeUp.close();
  await worker.close();
  await fresh.drop();
});

const sleep = async (ms: number) => {
  let letGo = () => {};
  await new Promise<void>((wake) => {
    letGo = wakeUp.listen(wake);
    setTimeout(wake, ms).unref();
  });
  letGo();
};

it('a reader that cannot listen keeps no connection, and listens as soon as it can', async () => {
  broken = true;
  for (let attempt = 0; attempt <= CONNECTIONS; attempt++) await sleep(1);
  broken = false;
  const began = performance.now();
  const woken = sleep(10_000);
  const poke = setInterval(() => wakeUp.announce(), 50);
  await woken;
  clearInterval(poke);
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('a reader whose listening connection was ended listens again', async () => {
  broken = false;
  await sleep(1);
  const admin = new pg.Client(fresh.adminUrl);
  await admin.connect();
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
  await admin.end();
  await new Promise((wake) => setTimeout(wake, 100));
  const began = performance.now();
  const woken = sleep(10_000);
  const poke = setInterval(() => wakeUp.announce(), 50);
  await woken;
  clearInterval(poke);
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('gives its connection back once, also where giving back breaks it', async () => {
  broken = false;
  const connect = worker.connect.bind(worker);
  let given = 0;
  worker.connect = async () => {
    const client = await connect();
    const release = client.release.bind(client);
    client.release = (destroy) => {
      given += 1;
      if (given === 1) client.emit('error', new Error('Connection terminated unexpectedly'));
      release(destroy);
    };
    return client;
  };
  await sleep(1);
  await wakeUp.close();
  expect(given).toBe(1);
});
