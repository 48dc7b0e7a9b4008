import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../support/chromium.js';
import { type House, openHouse } from './house.js';

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const WIDTHS = [360, 1280];

export interface WithBrowser {
  readonly browser: Browser;
  /** A folder for pictures of pages. */
  readonly pictures: string;
  /** Signs somebody in, and shows a page. */
  signIn(context: BrowserContext, key: string, path: string): Promise<Page>;
  /** Looks at the page on a phone and on a desk: nothing may stick out to the side. */
  look(page: Page, name: string): Promise<void>;
}

export type HouseWithBrowser = House & WithBrowser;

/** API and worker on a database of their own that has been told a story, and a real browser. */
export async function houseWithBrowser(name: string, story: readonly object[]): Promise<HouseWithBrowser> {
  const house = await openHouse();
  const { position } = await house.post('/v1/events', story) as { position: string };
  expect((await house.ask('GET', `/v1/portfolio?minPosition=${position}`)).status).toBe(200);
  return withBrowser(name, house);
}

export async function withBrowser<H extends House>(name: string, house: H): Promise<H & WithBrowser> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
  const pictures = await mkdtemp(join(process.env['TOUCHLINE_PICTURES'] ?? tmpdir(), `touchline-${name}-`));
  return {
    ...house, browser, pictures,
    signIn: async (context, text, path) => {
      const page = await context.newPage();
      await page.goto(`${house.url}${path}`);
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
    stop: async () => { await browser.close(); await house.stop(); },
  };
}
