import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMasterKey } from '#event-store';

/** What a running server leaves for the command line: where it is and a key that works. */
export interface ServerNote {
  readonly url: string;
  readonly key: string;
}

/** The master key beside the data, made at the first start. Readable by its owner alone. */
export function masterKeyIn(home: string): string {
  const file = join(home, 'master.key');
  mkdirSync(home, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, `${generateMasterKey()}\n`, { mode: 0o600, flag: 'wx' });
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
