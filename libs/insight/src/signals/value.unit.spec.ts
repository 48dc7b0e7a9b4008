import { describe, expect, it } from '@jest/globals';
import { ago, fact, TODAY } from '../testing/facts.js';
import { measured } from '../testing/measure.js';

const goal = (what: string, days: number, id: string, more = {}) => fact(`goal.${what}`, days, { goal: id, ...more });

describe('Goals', () => {
  it('two of three reached or on track are 66.67 %, quality 36.67/60', () => {
    const events = [goal('attained', 20, 'a'), goal('set', 30, 'b', { dueOn: ago(-10) }), goal('missed', 12, 'c')];
    expect(measured('goals', events)).toMatchObject({ value: 66.67, quality: 0.6112, since: TODAY - 12, say: expect.stringContaining('1 of 3 goals missed cost') });
  });

  it('past their date without word are missed, from the day after', () => {
    const open = [goal('set', 30, 'a', { dueOn: ago(1) })];
    expect(measured('goals', open, TODAY - 1)).toMatchObject({ value: 100, quality: 1 });
    expect(measured('goals', open)).toMatchObject({ value: 0, quality: 0, since: TODAY });
  });

  it('an outcome counts when the customer has judged it, not when we claim it', () => {
    const claim = fact('goal.outcome-claimed', 9, { outcome: 'o' });
    expect(measured('goals', [claim]).status).toBe('unknown');
    expect(measured('goals', [claim, fact('goal.outcome-rejected', 5, { outcome: 'o' })]).value).toBe(0);
    expect(measured('goals', [claim, fact('goal.outcome-confirmed', 5, { outcome: 'o' })]).value).toBe(100);
  });
});

describe('Deployment on time', () => {
  const started = fact('deployment.started', 60, { deployment: 'd', plannedGoLive: ago(14) });

  it('14 days late leaves 0.6, whether it still runs or went live so late', () => {
    expect(measured('deployment', [started])).toMatchObject({ value: 14, quality: 0.6, since: TODAY - 13, say: expect.stringContaining('A deployment 14 days late cost') });
    expect(measured('deployment', [started, fact('deployment.went-live', 0, { deployment: 'd' })], TODAY + 80)).toMatchObject({ value: 14, quality: 0.6 });
  });

  it('a stall counts 30 days at least, until the next step', () => {
    const stalled = fact('deployment.stalled', 5, { deployment: 'd' });
    expect(measured('deployment', [started, stalled])).toMatchObject({ value: 30, since: TODAY - 13, say: expect.stringContaining('A stalled deployment cost') });
    expect(measured('deployment', [started, stalled, fact('deployment.milestone-reached', 3, { deployment: 'd' })])).toMatchObject({ value: 14 });
  });

  it('is unknown without a planned date, when cancelled, and 90 days after going live', () => {
    expect(measured('deployment', [fact('deployment.started', 60, { deployment: 'd' })]).status).toBe('unknown');
    expect(measured('deployment', [started, fact('deployment.cancelled', 2, { deployment: 'd' })]).status).toBe('unknown');
    expect(measured('deployment', [started, fact('deployment.went-live', 10, { deployment: 'd' })], TODAY + 80).status).toBe('unknown');
  });
});
