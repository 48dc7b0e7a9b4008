import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '#startup';
import { freePort } from '../../../infra/postgres/postmaster.js';
import { Receiver } from '../../../libs/outbound/src/testing/receiver.js';
import { removeHome, serverPid, temporaryHome } from '../../../test/support/server-home.js';
import { StandaloneSettings } from './settings.js';
import { type Standalone, startStandalone } from './standalone.js';

const FLAGS = ['--no-warnings', '--conditions=app-source', '--import', './test/support/typescript.mjs', 'apps/standalone/src/main.ts'];

let home: string;
let touchline: Standalone;
const said: string[] = [];
beforeAll(async () => {
  home = temporaryHome();
  const port = await freePort();
  const settings = readSettings(StandaloneSettings, { TOUCHLINE_HOME: home, PORT: String(port), TOUCHLINE_DEMO: 'off', TOUCHLINE_PRIVATE_WEBHOOKS: 'on', LOG_LEVEL: 'silent' }, () => undefined);
  touchline = await startStandalone(settings, (line) => said.push(line), new AbortController().signal);
}, 120_000);
afterAll(async () => {
  await touchline?.stop();
  removeHome(home);
}, 60_000);

const send = (path: string, body?: unknown) => fetch(`${touchline.url}${path}`, {
  method: body ? 'POST' : 'GET', headers: { authorization: `Bearer ${touchline.key}`, 'content-type': 'application/json', prefer: 'wait=10' }, ...(body ? { body: JSON.stringify(body) } : {}),
});
const start = (env: Record<string, string>) => new Promise<{ status: number; stderr: string }>((resolve) => {
  const child = execFile(process.execPath, FLAGS, { env: { PATH: process.env['PATH']!, TOUCHLINE_DEMO: 'off', ...env }, timeout: 60_000, killSignal: 'SIGKILL' }, (_error, _stdout, stderr) => resolve({ status: child.exitCode!, stderr }));
});

describe('npm start', () => {
  it('is refused a second time on the same data, also on another port, and says where the first one is', async () => {
    const before = readFileSync(join(home, 'server.json'), 'utf8');
    const { status, stderr } = await start({ TOUCHLINE_HOME: home, PORT: '0' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`Touchline runs already, at ${touchline.url}`) });
    expect(readFileSync(join(home, 'server.json'), 'utf8')).toBe(before);
    expect((await send('/v1/portfolio')).status).toBe(200);
  }, 70_000);

  it('tells the same of a fact by each way out', async () => {
    const receiver = new Receiver();
    await receiver.start();
    try {
      expect((await send('/v1/webhooks', { url: receiver.url('a') })).status).toBe(201);
      await send('/v1/events', { id: '0', source: 'crm', type: 'customer.registered', customer: 'told', data: { name: 'Told' } });
      const { events } = await (await send('/v1/events?type=customer.registered&wait=10')).json() as { events: unknown[] };
      for (let look = 0; look < 200 && receiver.got.length === 0; look++) await sleep(50);
      expect(JSON.parse(receiver.got[0]!.text)).toEqual(events[0]);
    } finally {
      await receiver.close();
    }
  }, 30_000);

  it('goes on by itself when its database server was killed: it answers, records and shows again', async () => {
    expect((await send('/v1/events', { id: '1', source: 'crm', type: 'customer.registered', customer: 'before', data: { name: 'Before' } })).status).toBe(201);
    process.kill(serverPid(home), 'SIGKILL');
    const until = Date.now() + 40_000;
    while (!said.some((line) => line.includes('ended unexpectedly')) || (await send('/health/ready')).status !== 200) {
      if (Date.now() > until) throw new Error(`It is not ready:\n${said.join('\n')}`);
      await sleep(200);
    }
    const again = await send('/v1/events', { id: '2', source: 'crm', type: 'customer.registered', customer: 'after', data: { name: 'After' } });
    expect([again.status, again.headers.get('preference-applied')]).toEqual([201, 'wait']);
    expect((await send('/v1/customers/before')).status).toBe(200);
  }, 60_000);

  it('ends with a sentence where no folder for the data can be made', async () => {
    const { status, stderr } = await start({ TOUCHLINE_HOME: process.platform === 'linux' ? '/proc/touchline' : '/dev/null/touchline', PORT: '0' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('Set TOUCHLINE_HOME to a folder that you may write to') });
  }, 70_000);
});
