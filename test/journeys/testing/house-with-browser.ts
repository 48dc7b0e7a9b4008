import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { Database, ensureTenant, migrate } from '#event-store';
import { issueKey } from '../../../apps/api/src/access/api-keys.js';
import type { Role } from '../../../apps/api/src/access/roles.js';
import { allMigrations } from '../../../apps/api/src/all-migrations.js';
import { createApi } from '../../../apps/api/src/create-api.js';
import { startWorker } from '../../../apps/worker/src/worker.js';
import { findChromium } from '../../support/chromium.js';
import { freshDatabase } from '../../support/database.js';

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const WIDTHS = [360, 1280];

export interface HouseWithBrowser {
  readonly url: string;
  readonly browser: Browser;
  /** A request of the systems around us, with a key that may do everything in the tenant. */
  ask(method: string, path: string, body?: unknown): Promise<Response>;
  key(role: Role, person: string): Promise<string>;
  /** Signs somebody in, and shows a page. */
  signIn(context: BrowserContext, key: string, path: string): Promise<Page>;
  /** Looks at the page on a phone and on a desk: nothing may stick out to the side. */
  look(page: Page, name: string): Promise<void>;
  stop(): Promise<void>;
}

/** API and worker on a database of their own that has been told a story, and a real browser. */
export async function houseWithBrowser(name: string, story: readonly object[]): Promise<HouseWithBrowser> {
  const ends: (() => Promise<unknown>)[] = [];
  const database = await freshDatabase(async (address) => void await migrate(address, allMigrations));
  ends.unshift(() => database.drop());
  const worker = new Database(database.url, 'touchline_worker');
  ends.unshift(() => worker.close());
  await ensureTenant(worker, 'acme', 'Europe/Berlin');
  const key = async (role: Role, person: string) => (await issueKey(worker, { tenant: 'acme', name: person, role, actor: { kind: 'person', id: person } })).key;
  const following = await startWorker({ databaseUrl: database.url, warn: () => undefined });
  ends.unshift(() => following.stop());
  const app = await createApi({ databaseUrl: database.url, masterKey: Buffer.alloc(32, 5).toString('base64'), logLevel: 'error' });
  ends.unshift(() => app.close());
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const systems = await key('admin', 'systems');
  const ask = (method: string, path: string, body?: unknown) => fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${systems}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { position } = await (await ask('POST', '/v1/events', story)).json() as { position: string };
  expect((await ask('GET', `/v1/portfolio?minPosition=${position}`)).status).toBe(200);
  const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
  ends.unshift(() => browser.close());
  const pictures = await mkdtemp(join(process.env['TOUCHLINE_PICTURES'] ?? tmpdir(), `touchline-${name}-`));
  return {
    url, browser, ask, key,
    signIn: async (context, text, path) => {
      const page = await context.newPage();
      await page.goto(`${url}${path}`);
      await page.getByLabel('Your API key').fill(text);
      await page.getByRole('button', { name: 'Sign in' }).click();
      return page;
    },
    look: async (page, shown) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        expect({ shown, width, page: await page.evaluate('document.documentElement.scrollWidth') }).toEqual({ shown, width, page: width });
        await page.screenshot({ path: join(pictures, `${shown}-${width}.png`), fullPage: true });
      }
    },
    stop: async () => { for (const end of ends) await end(); },
  };
}
