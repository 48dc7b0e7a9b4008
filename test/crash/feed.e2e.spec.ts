import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, migrate, PostgresEventStore } from '#event-store';
import type { JourneyEvent } from '#journey';
import { issueKey } from '../../apps/api/src/access/api-keys.js';
import { allMigrations } from '../../apps/api/src/all-migrations.js';
import { Listener } from '../../apps/api/src/feed/testing/listen.js';
import { type Child, finish, killChildren, killHard, nextLine, spawnTypescript } from '../support/child.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

const masterKey = Buffer.alloc(32, 7).toString('base64');
const BATCHES = 80;
let database: TestDatabase;
let worker: Database;
let store: PostgresEventStore;
let key: string;

beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, allMigrations));
  worker = new Database(database.url, 'touchline_worker');
  store = new PostgresEventStore(worker);
  await worker.transaction((sql) => sql.query(`insert into tenant (id, time_zone) values ('t1', 'UTC'), ('t2', 'UTC')`));
  ({ key } = await issueKey(worker, { tenant: 't1', name: 'feed', role: 'subscriber', actor: { kind: 'system', id: 'test' } }));
}, 60_000);
afterEach(killChildren);
afterAll(async () => {
  await store.close();
  await worker.close();
  await database.drop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const serve = async (port: number): Promise<Child> => {
  const child = spawnTypescript('test/bench/servers/ours.ts', [database.url, masterKey, String(port)]);
  await nextLine(child);
  return child;
};

/** A process that tells stories of both tenants: when it has begun to, and when all of them are acknowledged. */
function write(name: string): { begun: Promise<unknown>; done: Promise<unknown> } {
  const child = spawnTypescript('test/crash/writer.ts', [database.url, name, '0', String(BATCHES), 'stories']);
  const lines = createInterface({ input: child.stdout });
  return { begun: once(lines.on('line', () => undefined), 'line'), done: once(child, 'exit') };
}

interface Manner {
  readonly query: string;
  readonly passes: (event: JourneyEvent) => boolean;
  /** Leaves now and then and comes back to where it was. */
  readonly leaves?: boolean;
  /** Takes nothing for a while now and then. */
  readonly dawdles?: boolean;
}

/** Listens for as long as it is told to, and comes again when it is cut off, as clients of server-sent events do. */
function follow(url: string, { query, leaves, dawdles }: Manner) {
  const heard: string[] = [];
  let [following, place]: [boolean, string | undefined] = [true, undefined];
  let current: Listener | undefined;
  const done = (async () => {
    while (following) {
      const listener: Listener = current = new Listener(`${url}/v1/events?${query}`, key, place);
      const until = Date.now() + (leaves ? 300 + Math.random() * 700 : Infinity);
      let ended = false;
      void listener.ended.then(() => { ended = true; });
      while (following && !ended && Date.now() < until) {
        await sleep(20);
        if (dawdles && Math.random() < 0.1) {
          listener.pause();
          await sleep(Math.random() * 400);
          listener.goOn();
        }
      }
      await listener.leave();
      heard.push(...listener.events.map(({ position }) => position));
      current = undefined;
      place = listener.place ?? place;
      await sleep(50);
    }
  })();
  return { heard: () => heard.length + (current?.events.length ?? 0), stop: async () => { following = false; await done; return heard; } };
}

describe('The feed, while several processes append and its server is killed and started again', () => {
  it('gives each reader every fact that passes, once and in order, whoever leaves, dawdles or never takes anything', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    let server = await serve(port);
    const manners: Manner[] = [
      { query: 'from=beginning', passes: () => true },
      { query: 'from=beginning', passes: () => true, leaves: true },
      { query: 'from=beginning', passes: () => true, dawdles: true },
      { query: 'type=ticket.*', passes: ({ type }) => type.startsWith('ticket.'), leaves: true },
      { query: 'type=ticket.opened,customer.merged', passes: ({ type }) => ['ticket.opened', 'customer.merged'].includes(type), dawdles: true },
      { query: 'type=record.retracted', passes: ({ type }) => type === 'record.retracted', leaves: true, dawdles: true },
      { query: 'type=customer.unmerged', passes: ({ type }) => type === 'customer.unmerged' },
    ];
    const followers = manners.map((manner) => follow(url, manner));
    const dead = new Listener(`${url}/v1/events`, key);
    await dead.open();
    dead.pause();
    for (const turn of [1, 2, 3]) {
      const writers = ['a', 'b', 'c'].map((name) => write(`${name}${turn}`));
      await Promise.all(writers.map(({ begun }) => begun));
      await sleep(300);
      if (turn === 2) await finish(server);
      else await killHard(server);
      server = await serve(port);
      await Promise.all(writers.map(({ done }) => done));
    }
    const told = (await store.readAll(null, 100_000, { tenant: 't1' })).events;
    const wanted = manners.map(({ passes }) => told.filter(passes).map(({ position }) => position));
    for (const until = Date.now() + 30_000; Date.now() < until && followers.some(({ heard }, index) => heard() < wanted[index]!.length);) await sleep(50);
    // What comes twice would come soon.
    await sleep(500);
    const heard = await Promise.all(followers.map(({ stop }) => stop()));
    expect(wanted.every((each) => each.length > 0)).toBe(true);
    expect(heard).toEqual(wanted);
    await dead.leave();
    const began = Date.now();
    const stuck = new Listener(`${url}/v1/events`, key);
    await stuck.open();
    stuck.pause();
    await finish(server);
    expect(Date.now() - began).toBeLessThan(8_000);
    await stuck.leave();
  }, 180_000);
});
