import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, chmodSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** What people are told to type: all of it is run, page after page, on one installation. */
const PAGES = ['README.md', 'apps/cli/GUIDE.md', 'infra/OPERATING.md'];
const FIRST_ANSWER_MS = 240_000;

/** Every command of a ```sh block; a command may go on over several lines inside quotes. */
function commandsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block]) => block!.split(/\n(?=npx |curl )/)).map((command) => command.trim());
}

describe('The README', () => {
  const home = mkdtempSync(join(tmpdir(), 'touchline-readme-'));
  chmodSync(home, 0o755);
  const shortcut = join(home, 'shortcut');
  let server: ChildProcess;
  let said = '';
  let url = '';
  let key = '';

  beforeAll(async () => {
    // The README's own commands go by npx. That it finds the program is known then; on the pages behind it the same program is started without its search, which takes longer than most commands.
    mkdirSync(shortcut);
    writeFileSync(join(shortcut, 'npx'), `#!/bin/sh\nshift\nexec node ${resolve('bin/touchline.mjs')} "$@"\n`, { mode: 0o755 });
    const { PATH, HOME } = process.env;
    server = spawn('npm', ['start', '--silent'], { env: { PATH, HOME, TOUCHLINE_HOME: home, PORT: '0' }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    server.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    server.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    let ended = false;
    server.once('exit', () => (ended = true));
    for (const until = Date.now() + FIRST_ANSWER_MS; !said.includes('Stop it with Ctrl-C'); await new Promise((wake) => setTimeout(wake, 200))) {
      if (ended || Date.now() > until) throw new Error(`npm start did not get there:\n${said}`);
    }
    url = /Pages\s+(http\S+?)\/\s/.exec(said)![1]!;
    key = /\n\s+Key\s+(\S+)/.exec(said)![1]!;
  }, FIRST_ANSWER_MS + 10_000);

  afterAll(async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    process.kill(-server.pid!, 'SIGINT');
    await gone;
    const pidFile = join(home, 'postgres', 'data', 'postmaster.pid');
    for (const until = Date.now() + 20_000; existsSync(pidFile); await new Promise((wake) => setTimeout(wake, 100))) {
      if (Date.now() > until) throw new Error('Ctrl-C left the database server running.');
    }
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  it('promises what npm start prints: pages, docs, an admin key and three commands', () => {
    expect(said).toMatch(/Pages .*\n\s+API docs .*\/docs\n\s+Key\s+tl_/);
    expect(said.match(/^ {2}(npx touchline|curl) .*/gm)).toHaveLength(3);
  });

  it.each(PAGES.flatMap((page) => commandsOf(page).map((command) => [page, command] as const)))('and the pages it names have commands that work: %s: %s', async (page, command) => {
    const here = command.replaceAll('http://127.0.0.1:3000', url);
    const path = page === 'README.md' ? process.env['PATH'] : `${shortcut}${delimiter}${process.env['PATH']}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', here], { env: { ...process.env, PATH: path, TOUCHLINE_HOME: home, KEY: key, NODE_OPTIONS: '' }, timeout: 60_000 });
    expect(stdout.trim()).not.toBe('');
  }, 70_000);

  it('prints commands at the start that work', async () => {
    for (const command of said.match(/(?<=^ {2})(npx touchline|curl) .*/gm)!) {
      const { stdout } = await promisify(execFile)('bash', ['-c', command], { env: { ...process.env, TOUCHLINE_HOME: home, NODE_OPTIONS: '' }, timeout: 60_000 });
      expect(stdout.trim()).not.toBe('');
    }
  }, 120_000);

  it('says true things about the first answer: the list of today is there and explained', async () => {
    const today = await (await fetch(`${url}/v1/today?limit=5`, { headers: { authorization: `Bearer ${key}` } })).json() as { items: { whyNow: string[]; contact: unknown; order: { because: string } }[] };
    expect(today.items).toHaveLength(5);
    for (const item of today.items) {
      expect(item.whyNow.length).toBeGreaterThan(0);
      expect(item.order.because).not.toBe('');
    }
  });

  it('says true things about bad answers: each of the last week has its recovery, with a clock for each step, and history has none', async () => {
    const ask = async (path: string) => await (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } })).json() as { answers: { verdict: string; answeredAt: string; recovery: { id: string } | null }[]; recoveries: { id: string; clocks: unknown[] }[] };
    const missed = (await ask('/v1/answers?state=all&owner=all&limit=200')).answers.filter(({ verdict }) => verdict === 'miss');
    const { recoveries } = await ask('/v1/recoveries?state=all&owner=all&limit=200');
    const clocksOf = ({ recovery }: (typeof missed)[number]) => recoveries.find(({ id }) => id === recovery?.id)?.clocks.length ?? 0;
    // All were recorded at the start, some minutes ago: what was given as long before a week ago may be either.
    const [week, surely] = [Date.now() - 7 * 86_400_000, Date.now() - 7 * 86_400_000 - FIRST_ANSWER_MS];
    const [ofWeek, older] = [missed.filter(({ answeredAt }) => Date.parse(answeredAt) > week), missed.filter(({ answeredAt }) => Date.parse(answeredAt) < surely)];
    expect(ofWeek.map(clocksOf)).toEqual(ofWeek.map(() => 3));
    // A quiet week may have no bad answer; the weeks before it do.
    expect(older).not.toHaveLength(0);
    expect(older.map(clocksOf)).toEqual(older.map(() => 0));
  });
});
