import { existsSync } from 'node:fs';

const USUAL = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser that a test drives: what TOUCHLINE_TEST_CHROMIUM names, else one in a usual place. */
export function findChromium(named = process.env['TOUCHLINE_TEST_CHROMIUM'], usual: readonly string[] = USUAL): string {
  const found = (named ? [named] : usual).find((path) => existsSync(path));
  if (found) return found;
  throw new Error(`This test drives a real browser and found none${named ? ` at ${named}` : ''}. Install Chromium or Chrome, or name one: TOUCHLINE_TEST_CHROMIUM=<path>`);
}
