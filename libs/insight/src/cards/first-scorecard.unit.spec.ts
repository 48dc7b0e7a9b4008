import { describe, expect, it } from '@jest/globals';
import { isSignalName } from '../signals/all.js';
import { firstScorecard } from './first-scorecard.js';

describe('The first scorecard', () => {
  it('is data: it survives a trip through JSON', () => {
    expect(JSON.parse(JSON.stringify(firstScorecard))).toEqual(firstScorecard);
  });

  it('has weights that sum to 100, groups and signals that exist, and ids of their own', () => {
    const { measures, groups } = firstScorecard;
    expect(measures.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length);
    expect(new Set(measures.map(({ group }) => group))).toEqual(new Set(groups.map(({ id }) => id)));
    expect(measures.filter(({ signal }) => !isSignalName(signal))).toEqual([]);
  });

  it('has curves that rise or fall along ascending values, within 0 and 1', () => {
    for (const { curve } of firstScorecard.measures) {
      const points = curve.kind === 'steps' ? curve.steps.map(({ upTo: x, quality: y }) => ({ x, y })) : curve.points.map(([x, y]) => ({ x, y }));
      expect(points.map(({ x }) => x)).toEqual([...new Set(points.map(({ x }) => x))].sort((a, b) => a - b));
      expect(points.every(({ y }) => y >= 0 && y <= 1)).toBe(true);
    }
  });

  it('holds the score below every healthy band, margin included, where a ceiling applies', () => {
    const { healthy, margin } = firstScorecard.bands;
    const scores = firstScorecard.measures.flatMap(({ ceilings = [] }) => ceilings.map(({ score }) => score));
    expect(Math.max(...scores)).toBeLessThan(healthy - margin);
  });
});
