import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const WIDTHS = [360, 1280];

describe('A person with a browser', () => {
  const ends: (() => Promise<unknown>)[] = [];
  let browser: Browser;
  let url: string;
  let key: string;
  let pictures: string;

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
    pictures = await mkdtemp(join(process.env['TOUCHLINE_PICTURES'] ?? tmpdir(), 'touchline-pages-'));
  }, 90_000);

  afterAll(async () => {
    for (const end of ends) await end();
  }, 60_000);

  /** Looks at the page on a phone and on a desk: nothing may stick out to the side. */
  async function look(page: Page, name: string): Promise<void> {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      expect({ name, width, page: await page.evaluate('document.documentElement.scrollWidth') }).toEqual({ name, width, page: width });
      await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
    }
  }

  it('signs in, sees whom to call, reads why, calls, and need not call again', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });

    await page.goto(`${url}/portfolio?owner=all`);
    await look(page, 'login');
    await page.getByLabel('Your API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(new URL(page.url()).pathname).toBe('/portfolio');
    await look(page, 'portfolio');

    await page.getByRole('link', { name: 'Today' }).click();
    const card = page.getByRole('article').filter({ hasText: 'Tern & Sons' });
    expect(await card.textContent()).toMatch(/Call Ida Tern[^]*Why now[^]*What to say/);
    await look(page, 'today');

    await card.getByRole('link', { name: 'Tern & Sons <Logistics>' }).click();
    expect(await page.getByRole('img', { name: 'Score over time' }).isVisible()).toBe(true);
    await look(page, 'customer');
    await page.getByLabel('Kind of touch').selectOption('survey');
    await page.locator('form', { has: page.getByLabel('Kind of touch') }).getByRole('button').click();
    expect(await page.locator('.timeline > li').count()).toBe(2);

    await page.getByText('Set the score by hand').click();
    await look(page, 'override');
    await page.getByLabel('Score, 0 to 100').fill('88.5');
    await page.getByLabel('Why (no names of persons)').fill('They <promised> to stay & grow');
    await page.getByRole('button', { name: 'Set the score' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.locator('main').textContent()).toMatch(/Healthy · 88\.5[^]*Overridden to 88\.5 until .* by anna[^]*They <promised> to stay & grow[^]*Computed is At risk · \d/);
    await look(page, 'overridden');
    await page.getByText('Clear the score that was set').click();
    await page.getByLabel('Why (no names of persons)').last().fill('They think again');
    await page.getByRole('button', { name: 'Clear it' }).click();
    await page.getByText('The computed score counts again').waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/Overridden/);

    await page.getByRole('link', { name: 'Customers', exact: true }).click();
    await page.getByRole('link', { name: 'All', exact: true }).click();
    await page.goto(`${url}/customers?owner=all`);
    await look(page, 'customers');

    await page.getByRole('link', { name: 'Today' }).click();
    await card.getByText('Done with').click();
    await look(page, 'done');
    await card.getByLabel('Note (optional)').first().fill('Promised a visit <tomorrow> & she is calmer');
    await card.getByRole('button', { name: 'Mark as done' }).click();
    await page.getByRole('status').waitFor();
    // Called; what else is to be done for them stays.
    expect(await card.getByText('Done with').count()).toBe(0);
    await page.goto(`${url}/?owner=nobody`);
    expect(await page.getByText('Nobody to call on this list').isVisible()).toBe(true);
    await look(page, 'empty');

    await page.goto(`${url}/customers/nobody`);
    await look(page, 'error');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(`${url}/`);
    expect(new URL(page.url()).pathname).toBe('/login');
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await context.close();
  }, 90_000);

  it('gets along with the keyboard alone and without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}/customers?owner=all`);
    await page.locator('input[name=key]:focus').waitFor();
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Customers', exact: true }).waitFor();
    await page.waitForLoadState();
    await page.keyboard.press('Tab');
    await page.locator('a[href="#main"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((to) => to.hash === '#main');
    await context.close();
  }, 60_000);
});
