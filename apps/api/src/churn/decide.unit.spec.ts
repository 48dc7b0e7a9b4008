import { describe, expect, it } from '@jest/globals';
import type { Compared } from '#read-model';
import { ApiProblem } from '../problems/api-problem.js';
import { judge } from './better.js';
import { decidePromotion, decideRetirement } from './decide.js';

const horizon = (lessBy: number, low: number | null, auc: number, of: 30 | 90 = 90, atLeast = 0.6): Compared['horizons'][number] => ({ horizon: of, rows: 1_000, figures: [
  { name: 'auc', atLeast, challenger: 0.7 + auc, incumbent: 0.7, better: { value: auc, low: auc - 0.05, high: auc + 0.05 } },
  { name: 'logLoss', atLeast: 0.1, challenger: 0.2 - lessBy, incumbent: 0.2, better: { value: lessBy, low, high: lessBy + 0.02 } }] });
const compared = (current: string, ...horizons: Compared['horizons']): Compared => ({ candidate: 'cm-2', current, sameCauses: true, horizons });
const refusal = (work: () => unknown): ApiProblem => {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
  throw new Error('It was not refused.');
};
const decide = (more: Partial<Parameters<typeof decidePromotion>[0]> = {}) => {
  const comparison = compared('cm-1', horizon(0.02, 0.01, 0.05));
  return decidePromotion({ model: 'cm-2', state: 'trained', reason: undefined, suspicion: null, comparison: { ...comparison, ...judge(comparison) }, ...more });
};
const worse = () => { const comparison = compared('cm-1', horizon(0.02, -0.01, 0.05)); return { ...comparison, ...judge(comparison) }; };

describe('A model is better', () => {
  it('than one that has learnt where its log-loss is surely less, and than the prior where log-loss and AUC both are better', () => {
    const better = (...of: Parameters<typeof compared>) => judge(compared(...of)).better;
    expect([better('cm-1', horizon(0.02, 0.01, -0.01)), better('cm-1', horizon(0.02, -0.001, 0.2)), better('cm-1', horizon(0.02, null, 0.2)), better('cm-1', horizon(0, 0, 0))]).toEqual([true, false, false, false]);
    expect([better('prior', horizon(0.02, -0.01, 0.01)), better('prior', horizon(0.02, 0.01, 0)), better('prior', horizon(-0.01, -0.02, 0.2))]).toEqual([true, false, false]);
    // Who ranks no better than by lot within a month has learnt when customers leave, not who.
    expect(better('prior', horizon(0.02, 0.01, 0.05, 90, 0.49))).toBe(false);
  });

  it('by the 90 days, or else by what can be told; by nothing it is not', () => {
    expect(judge(compared('cm-1', horizon(0.02, 0.01, 0.1, 30), horizon(-0.02, -0.04, -0.1)))).toMatchObject({ better: false, says: expect.stringContaining('within 90 days: its log-loss is 0.2200, and that of cm-1 0.2000 (less by -0.0200; 95 %: -0.0400 to 0.0000)') });
    expect(judge(compared('cm-1', horizon(0.02, 0.01, 0.1, 30), { ...horizon(0, 0, 0), rows: 0 }))).toMatchObject({ better: true, says: expect.stringContaining('within 30 days') });
    expect(judge(compared('cm-1'))).toMatchObject({ better: false, says: expect.stringContaining('nothing shows that it is better') });
    const same = { ...horizon(0, 0, 0), figures: horizon(0, 0, 0).figures.map((one) => ({ ...one, better: { value: 0, low: 0, high: 0 } })) };
    expect(judge(compared('cm-1', same))).toMatchObject({ better: false, says: expect.stringContaining('made the same way as cm-1') });
    expect(judge({ ...compared('cm-1', horizon(0.02, 0.01, 0.1)), sameCauses: false })).toMatchObject({ better: false, says: expect.stringContaining('other causes of leaving') });
  });
});

describe('A promotion', () => {
  it('carries the figures of both, and the reason where one was given', () => {
    expect(decide()).toEqual({ model: 'cm-2', comparedWith: 'cm-1', better: [{ horizon: '90', rows: 1_000, logLoss: expect.closeTo(0.18, 9), logLossBefore: 0.2, lessBy: 0.02, low: 0.01, high: 0.04, auc: 0.75, aucBefore: 0.7 }] });
    expect(decide({ comparison: worse(), reason: 'Newer prices' })).toMatchObject({ reason: 'Newer prices', better: [{ low: -0.01 }] });
  });

  it('is refused of one that is no better, is in force, was retired, or looks too good, unless a reason says what has to be said', () => {
    const suspicion = { says: 'Too good.', columns: ['trend', 'Segment=large'] };
    expect(refusal(() => decide({ comparison: worse() })).code).toBe('model-not-better');
    expect(refusal(() => decide({ state: 'in-force', reason: 'x' })).code).toBe('model-in-force');
    expect(refusal(() => decide({ state: 'retired' })).code).toBe('model-retired');
    expect(decide({ state: 'retired', reason: 'Back again' })).toMatchObject({ reason: 'Back again' });
    expect(refusal(() => decide({ suspicion }))).toMatchObject({ code: 'model-suspicious', extras: { members: { columns: suspicion.columns } } });
    expect(refusal(() => decide({ suspicion, reason: 'the TREND was known' }))).toMatchObject({ code: 'model-suspicious', extras: { members: { columns: ['Segment=large'] } } });
    expect(decide({ suspicion, reason: 'trend and segment=large were known' }).reason).toContain('trend');
    expect(refusal(() => decide({ suspicion: { says: 'Too good.', columns: ['new', 'term'] }, reason: 'a brand-new model, long determined' }))).toMatchObject({ extras: { members: { columns: ['new', 'term'] } } });
    expect(refusal(() => decide({ suspicion: { says: 'Too good.', columns: [] } })).code).toBe('model-suspicious');
  });
});

it('A retirement is refused of who is retired', () => {
  expect(decideRetirement({ model: 'cm-2', state: 'superseded', reason: 'Old' })).toEqual({ model: 'cm-2', reason: 'Old' });
  expect(refusal(() => decideRetirement({ model: 'cm-2', state: 'retired', reason: 'Old' })).code).toBe('model-retired');
});
