import { accessSync, constants, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMasterKey, parseMasterKey } from '#event-store';
import { makeFolder } from '#infra';

/** What a running server leaves for the command line: where it is and a key that works. */
export interface ServerNote {
  readonly url: string;
  readonly key: string;
  /** Its process. */
  readonly pid?: number;
}

/** The folder cannot hold our data; the message says why and what to do. */
class HomeUnusable extends Error {
  override readonly name = 'HomeUnusable';
}

/** Makes the folder unless it is there. @throws HomeUnusable unless we may write to it */
export function prepareHome(home: string): void {
  try {
    makeFolder(home);
    accessSync(home, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new HomeUnusable(`We cannot keep data in ${home} (${(error as Error).message}). Set TOUCHLINE_HOME to a folder that you may write to.`, { cause: error });
  }
}

/** The master key beside the data, made at the first start. Readable by its owner alone. */
export function masterKeyIn(home: string): string {
  const file = join(home, 'master.key');
  const key = readKey(file) ?? makeKey(file);
  try {
    parseMasterKey(key);
    return key;
  } catch (error) {
    throw new HomeUnusable(`${file} is damaged. Put the right one back, or set TOUCHLINE_MASTER_KEY; without it personal fields stay sealed.`, { cause: error });
  }
}

function readKey(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HomeUnusable(`The master key cannot be read (${(error as Error).message}). Start as the user who started first, or set TOUCHLINE_HOME to another folder.`, { cause: error });
  }
}

/** Written whole and then named: who starts at the same moment finds no key or all of it. */
function makeKey(file: string): string {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${generateMasterKey()}\n`, { mode: 0o600 });
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished);
  }
  return readFileSync(file, 'utf8').trim();
}

export function readServerNote(home: string): ServerNote | undefined {
  try {
    return JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as ServerNote;
  } catch {
    return undefined;
  }
}

export function writeServerNote(home: string, note: ServerNote): void {
  writeFileSync(join(home, 'server.json'), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
}
