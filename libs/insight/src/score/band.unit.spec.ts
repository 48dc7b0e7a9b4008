import { describe, expect, it } from '@jest/globals';
import { firstScorecard } from '../cards/first-scorecard.js';
import { bandByItself, bandOf, type Band } from './band.js';

const band = (points: number | null, previous: Band | null = null, coverage = 100) => bandOf({ score: points === null ? null : points * 100, coverage }, previous, firstScorecard);

it('A score that is no number has no band, not the lowest', () => {
  for (const score of [NaN, Infinity, -Infinity]) expect(() => bandOf({ score, coverage: 0 }, 'watch', firstScorecard)).toThrow(RangeError);
});

describe('The band of a score', () => {
  it('begins on its edge: 70 is healthy, 45 is watch', () => {
    expect([100, 70, 69.99, 45, 44.99, 0].map((points) => band(points))).toEqual(['healthy', 'healthy', 'watch', 'watch', 'at-risk', 'at-risk']);
  });

  it('is left only 3 points beyond the edge', () => {
    expect([67, 66.99].map((points) => band(points, 'healthy'))).toEqual(['healthy', 'watch']);
    expect([72.99, 73].map((points) => band(points, 'watch'))).toEqual(['watch', 'healthy']);
    expect([42, 41.99].map((points) => band(points, 'watch'))).toEqual(['watch', 'at-risk']);
    expect([47.99, 48].map((points) => band(points, 'at-risk'))).toEqual(['at-risk', 'watch']);
  });

  it('may skip a band in one day', () => {
    expect(band(43, 'healthy')).toBe('at-risk');
    expect(band(71, 'at-risk')).toBe('healthy');
  });

  it('is unknown below 40 % coverage, and starts afresh after that', () => {
    expect(band(90, 'healthy', 39.99)).toBe('unknown');
    expect(band(90, 'healthy', 40)).toBe('healthy');
    expect(band(null)).toBe('unknown');
    expect(band(71, 'unknown')).toBe('healthy');
  });

  it('depends on the day before only near an edge', () => {
    expect([73, 72.99, 67, 66.99, 48, 47.99, 42, 41.99].map((points) => bandByItself({ score: points * 100, coverage: 100 }, firstScorecard)))
      .toEqual(['healthy', null, null, 'watch', 'watch', null, null, 'at-risk']);
    expect(bandByItself({ score: 7000, coverage: 10 }, firstScorecard)).toBe('unknown');
  });

  it('gives a score on an edge to the lower band where the card says so, margin included', () => {
    const card = { ...firstScorecard, bands: { ...firstScorecard.bands, boundary: 'belongs to the lower band' as const } };
    const of = (points: number, previous: Band | null = null) => bandOf({ score: points * 100, coverage: 100 }, previous, card);
    expect([70.01, 70, 45.01, 45].map((points) => of(points))).toEqual(['healthy', 'watch', 'watch', 'at-risk']);
    expect([of(67.01, 'healthy'), of(67, 'healthy'), of(73, 'watch'), of(73.01, 'watch'), of(48, 'at-risk'), of(48.01, 'at-risk')]).toEqual(['healthy', 'watch', 'watch', 'healthy', 'at-risk', 'watch']);
  });

  it('begins exactly on an edge that two decimals and a margin make: 72.3 + 2.4 is 74.7, whatever the machine adds up', () => {
    const card = { ...firstScorecard, bands: { healthy: 72.3, watch: 45, margin: 2.4, leastCoverage: 40, boundary: 'belongs to the lower band' as const } };
    expect(bandOf({ score: 7470, coverage: 100 }, 'watch', card)).toBe('watch');
    expect(bandOf({ score: 7471, coverage: 100 }, 'watch', card)).toBe('healthy');
  });
});
