import { statSync } from 'node:fs';

/** Whom the server runs as, in the form `spawn` takes. Without uid and gid: as ourselves. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd: string;
}

const NOBODY = 65534;

/** PostgreSQL refuses to run as root, so root hands it to whoever owns the data already, else to nobody. */
export function serverUser(dataFolder: string): ServerUser {
  if (process.getuid?.() !== 0) return { cwd: process.cwd() };
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid, cwd: '/' } : { uid: NOBODY, gid: NOBODY, cwd: '/' };
}
