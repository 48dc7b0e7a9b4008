import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { program } from './binaries.js';
import { PostgresUnavailable, lastLines } from './failure.js';
import type { Layout } from './layout.js';
import { freePort, runningPostmaster } from './postmaster.js';

const PATIENCE_MS = 120_000;
const POLL_MS = 25;

/** Settings for this start only, as `postgres -c name=value` takes them. */
export type Settings = Readonly<Record<string, string>>;

/** The port of a server that already runs on this data, once it accepts connections; undefined when there is none. */
export async function portOfRunning(layout: Layout): Promise<number | undefined> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(POLL_MS)) {
    const postmaster = runningPostmaster(layout.data);
    if (!postmaster) return undefined;
    if (postmaster.ready) return postmaster.port;
  }
  throw silent(layout);
}

/** Starts a server on `fixed`, else on the remembered port, or on another if that is taken. @throws PostgresUnavailable with the server's last words */
export async function launchServer(layout: Layout, native: string, settings: Settings, fixed?: number): Promise<number> {
  const port = fixed ?? await freePort(existsSync(layout.port) ? Number(readFileSync(layout.port, 'utf8')) || 0 : 0);
  const child = spawnServer(layout, native, { ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) });
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended ??= `it ended with ${signal ?? `code ${code}`}`));
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(POLL_MS)) {
    const postmaster = runningPostmaster(layout.data);
    if (postmaster?.ready && postmaster.pid === child.pid) {
      writeFileSync(layout.port, String(port));
      return port;
    }
    if (ended) throw failure(`PostgreSQL did not start: ${ended}`, layout);
  }
  child.kill('SIGINT');
  throw silent(layout);
}

/** A fast shutdown: open transactions are rolled back, everything committed is kept. */
export async function shutDown(layout: Layout, native: string): Promise<void> {
  const stop = promisify(execFile)(program(native, 'pg_ctl'), ['stop', '-D', layout.data, '-m', 'fast', '-w', '-t', '60'], { ...layout.user, windowsHide: true });
  await stop.catch((error: Error) => {
    if (!runningPostmaster(layout.data)) return;
    throw failure(`PostgreSQL did not stop: ${error.message.trim()}`, layout);
  });
}

/** In a process group of its own, so that Ctrl-C reaches us alone and we stop it when our own work is done. */
function spawnServer(layout: Layout, native: string, settings: Settings): ChildProcess {
  if ((statSync(layout.log, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000) renameSync(layout.log, `${layout.log}.old`);
  const log = openSync(layout.log, 'a');
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    const child = spawn(program(native, 'postgres'), ['-D', layout.data, ...flags], { ...layout.user, detached: true, windowsHide: true, stdio: ['ignore', log, log] });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** What happened, the server's last words, and what to do. */
export function failure(what: string, { folder, log }: Layout): PostgresUnavailable {
  return new PostgresUnavailable(`${what}. Its last words:\n${lastLines(log)}\nIts whole log is ${log}. ` +
    `Set TOUCHLINE_HOME to another folder to begin anew, or DATABASE_URL to a PostgreSQL of your own; the data in ${folder} stays as it is.`);
}

function silent(layout: Layout): PostgresUnavailable {
  return failure(`PostgreSQL is not ready after ${PATIENCE_MS / 1000} s`, layout);
}
