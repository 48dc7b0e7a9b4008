import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { eventStoreMigrations, migrate } from '#event-store';
import { outboundMigrations } from '#outbound';
import { readModelMigrations } from '#read-model';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { startWorker, type Worker } from './worker.js';

const TENANTS = 500;
/** Long enough that one more or less of what comes each few seconds does not decide. */
const SECONDS = 16;
const MOST_PER_SECOND = 2;

let database: TestDatabase;
let worker: Worker;
beforeEach(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...readModelMigrations, ...outboundMigrations]));
});
afterEach(async () => {
  await worker.stop();
  await database.drop();
});

/** Everything that this process sends to the database, begin and commit included, while `work` runs. */
async function sent(work: () => Promise<void>): Promise<string[]> {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const texts: string[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    texts.push(typeof first === 'string' ? first : (first as { text: string }).text);
    return query.apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  }
  return texts;
}

it(`a worker with ${TENANTS} idle tenants sends at most ${MOST_PER_SECOND} queries a second`, async () => {
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  await admin.query(`insert into touchline.tenant (id, time_zone) select 't' || n, 'Europe/Berlin' from generate_series(1, $1::int) as n`, [TENANTS]);
  worker = await startWorker({ databaseUrl: database.url, warn: (message, error) => { throw new Error(message, { cause: error }); } });
  const isIdle = async () => {
    const { rows: [row] } = await admin.query<{ idle: boolean }>('select min(position) >= (select last_value from touchline.log_position) as idle from touchline.projection_partition');
    return row!.idle;
  };
  for (const until = Date.now() + 20_000; !await isIdle() && Date.now() < until;) await sleep(50);
  await admin.end();
  // What it does at its start is over: the days of yesterday are closed and settled.
  await sleep(1_500);
  const texts = await sent(() => sleep(SECONDS * 1_000));
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.length / SECONDS).toBeLessThanOrEqual(MOST_PER_SECOND);
  process.stdout.write(`idle with ${TENANTS} tenants: ${(texts.length / SECONDS).toFixed(2)} queries/s\n`);
}, 60_000);
