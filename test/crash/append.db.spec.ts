import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, eventStoreMigrations, migrate, PostgresEventStore } from '#event-store';
import { type RunningPostgres, startPostgres } from '#infra';
import { type Child, killChildren, killHard, spawnTypescript } from '../support/child.js';
import { removeHome, temporaryHome } from '../support/server-home.js';
import { BATCH, batchOf } from './batches.js';

const home = temporaryHome();
let server: RunningPostgres;

beforeAll(async () => {
  server = await startPostgres({ home });
  await migrate(server.url, eventStoreMigrations);
}, 60_000);
afterEach(killChildren);
afterAll(async () => {
  await server.stop();
  removeHome(home);
});

describe('What was acknowledged is there once', () => {
  it('when the writer and its database sessions are killed in the middle of a batch, five times', async () => {
    const acknowledged = new Set<number>();
    for (let kill = 0, from = 0; kill < 5; kill++) {
      const writer = spawnTypescript('test/crash/writer.ts', [server.url, 'killed', String(from), '100000']);
      const said = listen(writer);
      await said.until(({ ok }) => ok.size >= 15 + 7 * kill);
      // The database is killed first: its sessions end while the writer still sends.
      await killSessions();
      await killHard(writer);
      said.ok.forEach((number) => acknowledged.add(number));
      from = Math.max(...said.ok) - 3;
    }
    const stored = await idsInLog('killed-');
    expect(stored.doubled).toEqual([]);
    expect([...acknowledged].filter((number) => batchOf('killed', number).some(({ events }) => !stored.ids.has(events[0]!.id)))).toEqual([]);
    // A batch is whole or not there: nothing was acknowledged by halves.
    expect(stored.ids.size % BATCH).toBe(0);
    await sendAgain('killed', Math.max(...acknowledged) + 10, [...acknowledged]);
  }, 120_000);

  it('when PostgreSQL is restarted under load, three times, while the writer goes on trying', async () => {
    const writer = spawnTypescript('test/crash/writer.ts', [server.url, 'restarted', '0', '600']);
    const said = listen(writer);
    for (let restart = 1; restart <= 3; restart++) {
      await said.until(({ ok }) => ok.size >= 60 * restart);
      await server.stop();
      server = await startPostgres({ home });
    }
    await once(writer, 'exit');
    expect(said.ok.size).toBe(600);
    expect(said.errors.length).toBeGreaterThan(0);
    const stored = await idsInLog('restarted-');
    expect(stored.doubled).toEqual([]);
    expect(stored.ids.size).toBe(600 * BATCH);
  }, 120_000);

  it('when two processes send the same batches in different order: no deadlock reaches either', async () => {
    const writers = [0, 1].map(() => spawnTypescript('test/crash/writer.ts', [server.url, 'both', '0', '300', 'shuffled']));
    const said = writers.map(listen);
    await Promise.all(writers.map((writer) => once(writer, 'exit')));
    expect(said.map(({ ok, errors }) => [ok.size, errors])).toEqual([[300, []], [300, []]]);
    const stored = await idsInLog('both-');
    expect(stored.doubled).toEqual([]);
    expect(stored.ids.size).toBe(300 * BATCH);
  }, 120_000);
});

interface Said { readonly ok: Set<number>; readonly errors: string[]; until(reached: (said: Said) => boolean): Promise<void> }

function listen(writer: Child): Said {
  const said: Said = {
    ok: new Set(), errors: [],
    until: async (reached) => {
      while (!reached(said)) {
        if (writer.exitCode !== null) throw new Error(`The writer ended: ${said.errors.join('; ')}`);
        await sleep(5);
      }
    },
  };
  createInterface({ input: writer.stdout }).on('line', (line) => {
    const [word, number] = line.split(' ');
    if (word === 'ok') said.ok.add(Number(number));
    else said.errors.push(line);
  });
  return said;
}

/** SIGKILL for every session of the writer; PostgreSQL then restarts itself and recovers from its log. */
async function killSessions(): Promise<void> {
  const admin = new pg.Client(server.adminUrl);
  admin.on('error', () => undefined);
  await admin.connect();
  const { rows } = await admin.query<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'touchline-worker' order by state = 'active' desc`);
  expect(rows.length).toBeGreaterThan(0);
  process.kill(rows[0]!.pid, 'SIGKILL');
  await admin.end().catch(() => undefined);
}

async function idsInLog(prefix: string): Promise<{ ids: Set<string>; doubled: string[] }> {
  const client = await connected();
  const { rows } = await client.query<{ id: string }>(`set role touchline_worker; select id from touchline.log where id like '${prefix}%'`).then((results) => (results as unknown as pg.QueryResult<{ id: string }>[])[1]!);
  await client.end();
  const ids = new Set<string>();
  return { doubled: rows.filter(({ id }) => ids.size === ids.add(id).size).map(({ id }) => id), ids };
}

/** After a crash the server takes a moment. */
async function connected(): Promise<pg.Client> {
  for (let wait = 0; ; wait++) {
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (wait === 200) throw error;
      await sleep(50);
    }
  }
}

/** Sends every batch again: what was acknowledged is a duplicate, and in the end each event stands once. */
async function sendAgain(writer: string, count: number, acknowledged: readonly number[]): Promise<void> {
  const database = new Database(server.url, 'touchline_worker');
  const store = new PostgresEventStore(database);
  for (const number of acknowledged) {
    expect((await store.append(batchOf(writer, number))).every(({ status }) => status === 'duplicate')).toBe(true);
  }
  for (let number = 0; number < count; number++) await store.append(batchOf(writer, number));
  const stored = await idsInLog(`${writer}-`);
  expect(stored.doubled).toEqual([]);
  expect(stored.ids.size).toBeGreaterThanOrEqual(count * BATCH);
  await store.close();
  await database.close();
}
