import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrokerFiles, STARTED, writeBrokerFiles } from './broker-files.js';
import { freePorts } from './free-ports.js';
import { ensureJars } from './jars.js';
import { BrokerUnavailable, needJava } from './tools.js';

const ATTEMPTS = 3;
const PATIENCE_MS = 90_000;
const GRACE_MS = 10_000;

export interface StartBroker {
  /** Where its data and its log go; made, and removed when it stops. */
  readonly folder: string;
  /** Where the jars are kept. */
  readonly cache: string;
  /** Told what takes time, one sentence each. */
  readonly log?: (line: string) => void;
}

export interface RunningBroker {
  /** Where clients connect: host:port. */
  readonly bootstrap: string;
  /** Resolves when the broker ends, for whatever reason. */
  readonly ended: Promise<void>;
  /** Kills it as a power cut would, and starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a real Kafka, one node, that listens on 127.0.0.1 only.
 * @throws BrokerUnavailable when something is missing or it does not start; the message says what to do
 */
export async function startBroker({ folder, cache, log = () => undefined }: StartBroker): Promise<RunningBroker> {
  needJava();
  const lib = await ensureJars(cache, log);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(folder, lib, log);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      // Another program may have taken a port that was free a moment ago.
      if (attempt === ATTEMPTS || !/BindException|Address already in use/.test((error as Error).message)) throw error;
    }
  }
}

async function startOn(folder: string, lib: string, log: (line: string) => void): Promise<RunningBroker> {
  mkdirSync(folder, { recursive: true });
  const ports = await freePorts();
  const files = writeBrokerFiles(folder, ports);
  format(lib, files);
  const bootstrap = `127.0.0.1:${ports.broker}`;
  log(`Starting Kafka on ${bootstrap}; its data is in ${folder} …`);
  let child = await launch(lib, files);
  return {
    bootstrap,
    get ended() { return gone(child); },
    restart: async () => {
      child.kill('SIGKILL');
      await gone(child);
      child = await launch(lib, files);
    },
    stop: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await gone(child);
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

const running = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

async function gone(child: ChildProcess): Promise<void> {
  if (running(child)) await once(child, 'exit');
}

const classpath = (lib: string): string => join(lib, '*');

function format(lib: string, files: BrokerFiles): void {
  // May begin with a dash.
  const id = randomBytes(16).toString('base64url');
  const args = ['-cp', classpath(lib), `-Dlog4j2.configurationFile=${files.logging}`, 'kafka.tools.StorageTool', 'format', '--standalone', `--cluster-id=${id}`, '-c', files.properties];
  const { status, stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' });
  if (status !== 0) throw new BrokerUnavailable(`Kafka's storage could not be prepared:\n${stdout}${stderr}`);
}

async function launch(lib: string, files: BrokerFiles): Promise<ChildProcess> {
  const out = openSync(files.log, 'w');
  const args = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', `-Dlog4j2.configurationFile=${files.logging}`, '-cp', classpath(lib), 'kafka.Kafka', files.properties];
  // In a group of its own: Ctrl-C at the terminal is ours to pass on.
  const child = spawn('java', args, { stdio: ['ignore', out, out], detached: true });
  closeSync(out);
  child.once('error', () => undefined);
  writeFileSync(files.pid, String(child.pid));
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    const said = readFileSync(files.log, 'utf8');
    if (said.includes(STARTED)) return child;
    if (running(child) && Date.now() < end) continue;
    child.kill('SIGKILL');
    throw new BrokerUnavailable(`Kafka did not start:\n${said.split('\n').slice(-15).join('\n')}`);
  }
}
