import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';
import { type ServerUser, serverUser } from './server-user.js';

/** The files of one built-in server. */
export interface Layout {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly port: string;
  readonly user: ServerUser;
}

/** The server's files under `home`, in a folder that belongs to the server's user. */
export function prepareLayout(home: string): Layout {
  const folder = join(home, 'postgres');
  const data = join(folder, 'data');
  makeFolder(folder);
  const user = serverUser(data);
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  return { folder, data, log: join(folder, 'server.log'), port: join(folder, 'port'), user };
}
