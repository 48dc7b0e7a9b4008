import { describe, expect, it } from '@jest/globals';
import { findChromium } from './chromium.js';

describe('The browser of the tests', () => {
  it('is the one that is named, or the first that is there', () => {
    expect(findChromium(process.execPath, [])).toBe(process.execPath);
    expect(findChromium('', ['/nowhere/chromium', process.execPath])).toBe(process.execPath);
  });

  it('is asked for when it is nowhere', () => {
    expect(() => findChromium('/nowhere/chromium', [process.execPath])).toThrow(/none at \/nowhere\/chromium.*TOUCHLINE_TEST_CHROMIUM/);
    expect(() => findChromium(undefined, [])).toThrow(/Install Chromium or Chrome/);
  });
});
