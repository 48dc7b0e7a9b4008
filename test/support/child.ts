import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export type Child = ChildProcessByStdio<Writable, Readable, null>;

const HOOKS = fileURLToPath(new URL('./typescript.mjs', import.meta.url));

const running = new Set<Child>();

/** Runs a TypeScript file of the project, given relative to its root, as a process of its own. Call `killChildren` in `afterEach`. */
export function spawnTypescript(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env): Child {
  const script = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const flags = ['--no-warnings', '--conditions=app-source', '--import', HOOKS];
  const child = spawn(process.execPath, [...flags, script, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** The next line a child prints. @throws Error when it ends without one */
export async function nextLine(child: Child): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The process ended without printing a line');
}

/** Ends the child's standard input and waits until it has gone. */
export async function finish(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.stdin.end();
  await gone;
}

/** Kills the child as a power cut would; one that has gone already is left alone. */
export async function killHard(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Kills what a failed test left running, which would keep the test run from ending. */
export async function killChildren(): Promise<void> {
  await Promise.all([...running].map(killHard));
}
