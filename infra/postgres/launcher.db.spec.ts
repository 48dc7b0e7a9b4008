import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { finish, killChildren, killHard, nextLine, spawnTypescript } from '../../test/support/child.js';
import { removeHome, serverPid, temporaryHome } from '../../test/support/server-home.js';
import { type RunningPostgres, type StartPostgres, startPostgres } from './launcher.js';

let home: string;
const settings = { fsync: 'off' };
const start = (more: Partial<StartPostgres> = {}): Promise<RunningPostgres> => startPostgres({ home, settings, ...more });

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  return (await client.query(text).finally(() => client.end())).rows as Record<string, unknown>[];
}

async function until(there: () => boolean): Promise<void> {
  while (!there()) await sleep(50);
}

beforeEach(() => {
  home = temporaryHome();
});
afterEach(async () => {
  await killChildren();
  removeHome(home);
});

describe('the PostgreSQL in the box', () => {
  it('starts on an empty folder, with a database owned by a role that is no superuser', async () => {
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await query(server.url, `select current_database() as database, current_user::text as user, rolsuper from pg_roles where rolname = current_user`))
      .toEqual([{ database: 'touchline', user: 'touchline_owner', rolsuper: false }]);
    await server.stop();
    await expect(query(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('listens on this machine only and keeps letters of every language', async () => {
    const server = await start();
    expect(await query(server.adminUrl, `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
      current_setting('server_encoding') as encoding, upper('żółć') as upper`)).toEqual([{ addresses: '127.0.0.1', sockets: '', encoding: 'UTF8', upper: 'ŻÓŁĆ' }]);
    await server.stop();
  });

  it('keeps the data and the port when started again', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(second.url).toBe(first.url);
    await second.stop();
  });

  it('takes another port when somebody else listens on the remembered one', async () => {
    const first = await start();
    await first.stop();
    const port = Number(new URL(first.url).port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const second = await start();
    expect(new URL(second.url).port).not.toBe(String(port));
    await second.stop();
    await new Promise((resolve) => squatter.close(resolve));
  });

  it('is shared by two processes, and the last one out stops it', async () => {
    const first = await start();
    const child = spawnTypescript('test/support/start-postgres.ts', [home]);
    expect(JSON.parse(await nextLine(child))).toEqual({ url: first.url, adopted: true });
    await first.stop();
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await finish(child);
    await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('goes on for the first when the second leaves', async () => {
    const first = await start();
    const second = await start();
    expect(second.adopted).toBe(true);
    await second.stop();
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it('comes up once when three start at the same moment', async () => {
    const servers = await Promise.all([start(), start(), start()]);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
    expect(servers.filter(({ adopted }) => !adopted)).toHaveLength(1);
    await Promise.all(servers.map((server) => server.stop()));
    expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  it('is adopted after the process that started it was killed, and then stopped by the adopter', async () => {
    const child = spawnTypescript('test/support/start-postgres.ts', [home]);
    const { url } = JSON.parse(await nextLine(child)) as { url: string };
    await killHard(child);
    const adopter = await start();
    expect(adopter).toMatchObject({ url, adopted: true });
    await adopter.stop();
    await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('starts again, with every committed row, after the server itself was killed', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    process.kill(serverPid(home), 'SIGKILL');
    await sleep(200);
    expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(true);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('is started again on the same port, when it dies while somebody uses it who wants that', async () => {
    const said: string[] = [];
    const server = await start({ log: (line) => said.push(line), revival: { givenUp: () => undefined } });
    await query(server.url, 'create table kept as select 42 as answer');
    for (const time of [1, 2]) {
      process.kill(serverPid(home), 'SIGKILL');
      await until(() => said.filter((line) => line.includes('listens on')).length === time + 1);
      expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    }
    expect(said.filter((line) => line.includes('ended unexpectedly'))).toHaveLength(2);
    await server.stop();
    await expect(query(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await sleep(500);
    expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(false);
  }, 30_000);

  it('is given up, with what the server said, when it cannot be started again', async () => {
    let given: Error | undefined;
    const server = await start({ revival: { givenUp: (error) => (given = error) } });
    writeFileSync(join(home, 'postgres/data/postgresql.conf'), 'no_such_setting = 1\n');
    process.kill(serverPid(home), 'SIGKILL');
    await until(() => given !== undefined);
    expect(given!.message).toMatch(/no_such_setting/);
    await server.stop();
  }, 40_000);

  it('is not fooled by a stale file that names a process which is something else', async () => {
    await (await start()).stop();
    const data = join(home, 'postgres/data');
    const something = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30_000)']);
    writeFileSync(join(data, 'postmaster.pid'), `${something.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n0 0\nready   \n`);
    const server = await start();
    something.kill();
    expect(server.adopted).toBe(false);
    await server.stop();
  });

  it('says what the server said and what to do when it cannot start', async () => {
    await (await start()).stop();
    writeFileSync(join(home, 'postgres/data/postgresql.conf'), 'no_such_setting = 1\n');
    const refused = start();
    await expect(refused).rejects.toThrow(/no_such_setting/);
    await expect(refused).rejects.toThrow(/Set TOUCHLINE_HOME to another folder/);
  });

  it('begins anew where a first start was cut short', async () => {
    mkdirSync(join(home, 'postgres/data.new-999999-abc'), { recursive: true });
    const server = await start();
    expect(existsSync(join(home, 'postgres/data.new-999999-abc'))).toBe(false);
    expect(readFileSync(join(home, 'postgres/data/PG_VERSION'), 'utf8')).toBe('18\n');
    await server.stop();
  });
});
