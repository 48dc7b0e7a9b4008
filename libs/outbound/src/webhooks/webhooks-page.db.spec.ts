import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { TENANT, WebhookHouse } from '../testing/webhook-house.js';
import { verifyingTexts } from './endpoint.js';
import { rotateSecret } from './endpoints.js';

const page = readFileSync('libs/outbound/WEBHOOKS.md', 'utf8');
const block = (name: string) => new RegExp(`\`\`\`js ${name}\\n([\\s\\S]*?)\`\`\``).exec(page)![1]!;

let house: WebhookHouse;
let child: ChildProcess | undefined;
beforeEach(async () => {
  house = new WebhookHouse();
  await house.open();
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  }
  await house.close();
});

it('the receiver of the page takes what is genuine, once, and nothing else; also while the secret is changed', async () => {
  const id = await house.endpoint('page', { enabled: false });
  const secret = async () => (await verifyingTexts(house.keys, (await house.find(id))!, new Date()))[0]!;
  child = spawn(process.execPath, ['--input-type=module', '--eval', block('receiver')], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, WEBHOOK_SECRET: await secret(), PORT: '0' } });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  const url = `http://127.0.0.1:${await line()}/`;
  await house.worker.statements((sql) => sql.query('update webhook_endpoint set url = $1, enabled = true', [url]));
  await house.start();
  await house.tell(1, { data: { ticket: 'T-1' } });
  expect(await line()).toBe('ticket.opened of c0: {"ticket":"T-1"}');
  const { done } = await house.worker.statements(async (sql) => ({ done: await sql.query<{ id: string }>('select id from webhook_delivery') }));
  expect((await fetch(url, { method: 'POST', body: '{}', headers: { 'webhook-id': done[0]!.id, 'webhook-timestamp': String(Math.floor(Date.now() / 1_000)), 'webhook-signature': 'v1,AAAA' } })).status).toBe(401);
  await house.worker.statements((sql) => rotateSecret(sql, TENANT, id, 1));
  // The same again, which is not done again, and another.
  await house.worker.statements((sql) => sql.query(`update webhook_delivery set state = 'waiting', next_at = now()`));
  await house.tell(1, { data: { ticket: 'T-2' } });
  expect(await line()).toBe('ticket.opened of c0: {"ticket":"T-2"}');
  await house.until(async () => (await house.log(id)).every(({ state }) => state === 'delivered'));
  expect((await house.log(id)).map(({ attempts, code }) => [attempts, code])).toEqual([[1, 204], [2, 204]]);
}, 30_000);

it('the function of the page tells what was signed with the key of an endpoint, and what was not', async () => {
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(block('ed25519'))}`) as { isGenuine: (key: string, headers: Record<string, unknown>, body: string) => boolean };
  const id = await house.endpoint('public', { signature: 'v1a' });
  const [key] = await verifyingTexts(house.keys, (await house.find(id))!, new Date());
  await house.tell(1);
  await house.start();
  await house.gets('public', ['f0']);
  const { headers, text } = house.receiver.got[0]!;
  const old = { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 600) };
  expect([isGenuine(key!, headers, text), isGenuine(key!, headers, `${text} `), isGenuine(key!, old, text)]).toEqual([true, false, false]);
});
