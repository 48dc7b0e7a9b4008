import { expect, it } from '@jest/globals';
import type { Waterfall } from '#insight';
import { waterfallChart } from './waterfall-chart.js';

const chart = (moved: Partial<Waterfall>): string => waterfallChart({ start: 100_000_000, new: 0, expansion: 0, escalator: 0, contraction: 0, churn: 0, reactivation: 0, end: 100_000_000, ...moved } as Waterfall, 'EUR', {}).text.replaceAll('\u00a0', ' ');
const heights = (text: string, look: string): number[] => [...text.slice(0, text.indexOf('narrow')).matchAll(new RegExp(`<rect class="${look}"[^>]*height="([\\d.]+)"`, 'g'))].map(([, height]) => Number(height));

it('does not begin at 0 where what moved is small beside what stands, and says so', () => {
  // 1.02 million at most, 1.00 at least: from 0.6 of the 0.02 between them below that, 32,000 over 162 pixels; the 20,000 that are new take 101 of them.
  const text = chart({ new: 2_000_000, churn: 1_000_000, end: 101_000_000 });
  expect(heights(text, 'up')[0]).toBeCloseTo(101.25, 0);
  expect(text).toContain('Bars begin at EUR 988,000, not at 0.</figcaption>');
});

it('begins at 0 where much moved, or nothing', () => {
  // A million of 1.5 takes 108 of 162 pixels.
  const much = chart({ new: 50_000_000, end: 150_000_000 });
  expect([heights(much, 'level')[0], much.includes('not at 0'), chart({}).includes('not at 0')]).toEqual([108, false, false]);
});

it('says so far of a period that runs', () => {
  const of = (end: number, runs: boolean) => waterfallChart({ start: 1_000_000, new: 0, expansion: 0, escalator: 0, contraction: 0, churn: 0, reactivation: 0, end }, 'EUR', {}, runs).text.replaceAll('\u00a0', ' ');
  expect(of(900_000, true)).toContain('ARR fell so far by 10 % to EUR 9,000');
  expect(of(900_000, false)).toContain('ARR fell by 10 % to EUR 9,000');
});

it('is drawn a second time for a narrow screen: each bar below its words, leading to the same customers', () => {
  const text = chart({ new: 2_000_000, churn: 1_000_000, end: 101_000_000 });
  const [wide, narrow] = [text.slice(0, text.indexOf('chart waterfall narrow')), text.slice(text.indexOf('chart waterfall narrow'), text.indexOf('<figcaption>'))];
  const links = (of: string) => [...of.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
  expect(links(narrow)).toEqual(links(wide));
  expect(narrow).toMatch(/>Churn<\/text><text [^>]*>−10k<\/text><rect class="down"/);
});
