import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../../test/support/chromium.js';
import { startApi, type TestApi } from '../testing/start-api.js';

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  api = await startApi();
  browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api.stop();
});

describe('The documentation of the API', () => {
  it.each([360, 1280])('has headings that can be read on a screen of %i pixels', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(`${api.url}/docs`);
    await page.locator('.opblock-tag small').first().waitFor();
    const squeezed = await page.locator('.opblock-tag').evaluateAll((tags: any[]) => tags.flatMap((tag) => [...tag.querySelectorAll('a, small')]
      .filter((part: any) => part.textContent.trim() && part.getBoundingClientRect().width < 100 && part.getBoundingClientRect().height > 70).map((part: any) => part.textContent.trim())));
    expect(squeezed).toEqual([]);
    await page.close();
  }, 60_000);
});
