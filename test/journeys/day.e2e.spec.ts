import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Database, ensureTenant, migrate } from '#event-store';
import { issueKey } from '../../apps/api/src/access/api-keys.js';
import { allMigrations } from '../../apps/api/src/all-migrations.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { story } from '../../apps/api/src/pages/testing/story.js';
import { startWorker } from '../../apps/worker/src/worker.js';
import { findChromium } from '../support/chromium.js';
import { freshDatabase } from '../support/database.js';

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

describe("A customer success manager's day, by pages without scripts", () => {
  const ends: (() => Promise<unknown>)[] = [];
  let browser: Browser;
  let url: string;
  let key: string;

  beforeAll(async () => {
    const executablePath = findChromium();
    const database = await freshDatabase(async (address) => void await migrate(address, allMigrations));
    ends.unshift(() => database.drop());
    const worker = new Database(database.url, 'touchline_worker');
    ends.unshift(() => worker.close());
    await ensureTenant(worker, 'acme', 'Europe/Berlin');
    key = (await issueKey(worker, { tenant: 'acme', name: 'Anna', role: 'csm', actor: { kind: 'person', id: 'anna' } })).key;
    const following = await startWorker({ databaseUrl: database.url, warn: () => undefined });
    ends.unshift(() => following.stop());
    const app = await createApi({ databaseUrl: database.url, masterKey: Buffer.alloc(32, 5).toString('base64'), logLevel: 'error' });
    ends.unshift(() => app.close());
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    const { key: systems } = await issueKey(worker, { tenant: 'acme', name: 'Systems', role: 'admin', actor: { kind: 'system', id: 'crm' } });
    const headers = { authorization: `Bearer ${systems}`, 'content-type': 'application/json' };
    const { position } = await (await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(story(new Date())) })).json() as { position: string };
    expect((await fetch(`${url}/v1/portfolio?minPosition=${position}`, { headers })).status).toBe(200);
    browser = await chromium.launch({ executablePath, args: ARGUMENTS });
    ends.unshift(() => browser.close());
  }, 90_000);

  afterAll(async () => {
    for (const end of ends) await end();
  }, 60_000);

  const fits = async (page: Page) => {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  };
  const card = (page: Page) => page.getByRole('article').filter({ hasText: 'Tern & Sons' });

  it('sets a task on a customer, finds it in the list of the day beside the call, puts it off, and does another', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${url}/customers/tern`);
    await page.getByLabel('Your API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByText('No goal of the customer has been recorded').or(page.getByRole('heading', { name: 'Success plan' })).first().isVisible()).toBe(true);
    const set = async (what: string) => {
      await page.getByText('Set a task', { exact: true }).click();
      await page.getByLabel('What is to be done, without names of persons').fill(what);
      await page.getByRole('button', { name: 'Set the task' }).click();
      expect(await page.getByRole('status').first().textContent()).toContain('Noted. The task stands here');
    };
    await set('Send the offer <b>');
    await set('Look at the bill');
    expect(await page.getByText('Send the offer <b>', { exact: true }).first().isVisible()).toBe(true);

    await page.goto(`${url}/`);
    expect(await card(page).count()).toBe(1);
    expect(await card(page).textContent()).toMatch(/Call Ida Tern[^]*Task: Send the offer <b>, by[^]*10 % of EUR/);
    const task = (what: string) => card(page).getByRole('listitem').filter({ hasText: `Task: ${what}` });
    await task('Send the offer').getByText('Done: Send the offer').click();
    await task('Send the offer').getByLabel('Outcome').selectOption('reached');
    await task('Send the offer').getByRole('button', { name: 'Task is done' }).click();
    expect([await page.getByRole('status').textContent(), await task('Send the offer').count(), await task('Look at the bill').count()]).toEqual(['Noted. The task is done.', 0, 1]);
    await task('Look at the bill').getByText('Snooze: Look at the bill').click();
    await task('Look at the bill').getByRole('button', { name: 'Put the task off' }).click();
    expect([await page.getByRole('status').textContent(), await task('Look at the bill').count(), await card(page).count()]).toEqual(['Noted. The task comes back on the day you gave.', 0, 1]);

    await page.goto(`${url}/customers/tern`);
    expect(await page.getByText('put off until').isVisible()).toBe(true);
    await page.getByText('Drop: Look at the bill').click();
    await page.getByLabel('Why', { exact: true }).fill('Not needed');
    await page.getByRole('button', { name: 'Drop the task' }).click();
    expect(await page.getByText('No task and no recovery is open.').or(page.getByText(/^Recovery R-/)).first().isVisible()).toBe(true);
    expect(await page.getByText('Noted. The task is dropped.').isVisible()).toBe(true);
  }, 60_000);

  it('fits a phone and a desk', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${url}/customers/tern`);
    await page.getByLabel('Your API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    for (const form of ['Set a task']) await page.getByText(form, { exact: true }).click();
    await page.getByLabel('What is to be done, without names of persons').fill('A task with a rather long description that has to break somewhere on a narrow screen');
    await page.getByRole('button', { name: 'Set the task' }).click();
    await fits(page);
    await page.goto(`${url}/`);
    await fits(page);
  }, 60_000);
});
