import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { finish, killChildren, nextLine, spawnTypescript } from '../../test/support/child.js';
import { removeHome, serverPid, temporaryHome } from '../../test/support/server-home.js';
import { locateBinaries } from './binaries.js';
import { startPostgres } from './launcher.js';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
let home: string;

beforeEach(() => {
  home = temporaryHome();
});
afterEach(async () => {
  await killChildren();
  removeHome(home);
});

describe('whoever starts it', () => {
  it('an ordinary user needs nothing special', async () => {
    const { native } = await locateBinaries();
    const readable = join(home, 'programs');
    cpSync(native, readable, { recursive: true, verbatimSymlinks: true });
    if (isRoot) chownSync(home, NOBODY, NOBODY);
    const child = spawnTypescript('test/support/start-postgres.ts', [home, isRoot ? String(NOBODY) : '', readable]);
    expect(JSON.parse(await nextLine(child))).toMatchObject({ adopted: false });
    expect(statSync(join(home, 'postgres/data')).uid).toBe(isRoot ? NOBODY : process.getuid?.());
    await finish(child);
    expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(false);
  });
});

// Nobody but root can show what root meets; an ordinary user's run has these tests less.
if (isRoot) {
  describe('root', () => {
    it('hands the server and its data to a user without rights', async () => {
      const server = await startPostgres({ home, settings: { fsync: 'off' } });
      expect(statSync(join(home, 'postgres/data')).uid).toBe(NOBODY);
      expect(statSync(`/proc/${serverPid(home)}`).uid).toBe(NOBODY);
      await server.stop();
    });

    it('copies the programs beside the data, once, when that user cannot reach them', async () => {
      const { native } = await locateBinaries();
      const closed = join(home, 'closed');
      mkdirSync(closed);
      cpSync(native, join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
      chmodSync(closed, 0o700);
      const binaries = { native: join(closed, 'native'), version: '18.test' };
      const copy = join(home, 'postgres/postgresql-18.test/bin/postgres');
      const start = async (): Promise<number> => {
        const server = await startPostgres({ home, binaries, settings: { fsync: 'off' } });
        await server.stop();
        return statSync(copy).ino;
      };
      expect(await start()).toBe(await start());
    });

    it('is told to choose another folder when that user cannot enter the one for the data', async () => {
      const closed = join(home, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const advice = /Set TOUCHLINE_HOME to another folder.*user 65534/s;
      await expect(startPostgres({ home: join(closed, 'home') })).rejects.toThrow(advice);
      const { native } = await locateBinaries();
      cpSync(native, join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
      await expect(startPostgres({ home: join(closed, 'home'), binaries: { native: join(closed, 'native'), version: '18.test' } })).rejects.toThrow(advice);
    });
  });
}
