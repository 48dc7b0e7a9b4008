import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { backtestPage } from '../../apps/api/src/churn/backtest-page.js';
import { findChromium } from '../support/chromium.js';
import { judgedModel } from './testing/judged-model.js';
import { OUTSIDE } from './testing/outside.js';

describe('Somebody who opens a backtest that was saved as a file', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(process.env['TOUCHLINE_PICTURES'] ?? tmpdir(), 'touchline-backtest-'));
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  }, 60_000);

  afterAll(async () => browser.close());

  it.each(['additive', 'logistic'] as const)('sees all of it, light or dark, on a phone and on a desk: %s', async (kind) => {
    const file = join(folder, `${kind}.html`);
    await writeFile(file, backtestPage(judgedModel(kind)));
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme });
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('request', (request) => { if (!request.url().startsWith('file:')) said.push(request.url()); });
      await page.goto(pathToFileURL(file).href);
      for (const width of [400, 1200]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await page.evaluate(OUTSIDE)).toEqual([]);
        await page.screenshot({ path: join(folder, `${kind}-${colorScheme}-${width}.png`), fullPage: true });
      }
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(colorScheme === 'dark' ? 'rgb(18, 23, 29)' : 'rgb(245, 246, 248)');
      const drawings = await page.getByRole('img').count();
      expect([drawings > 4, await page.getByRole('figure').count(), await page.locator('figure table').count()]).toEqual([true, drawings, drawings]);
      expect(said).toEqual([]);
      await page.close();
    }
  }, 60_000);
});
