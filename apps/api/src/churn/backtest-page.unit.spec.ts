import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { backtestPage, type BacktestResult } from './backtest-page.js';

const unknown = { value: null, low: null, high: null };
const horizon: BacktestResult['backtest']['horizons'][number] = {
  horizon: 90, rows: 1_200, leavers: 30, accounts: 400,
  figures: [{ name: 'auc', value: 0.8123, low: 0.771, high: 0.85 }, { name: 'brier', value: 0.01194, low: 0.0101, high: 0.0139 }, { name: 'slope', ...unknown }, { name: 'lift10', value: 5.3, low: null, high: null }, { name: 'arrCaptured10', value: 0.431, low: 0.2, high: 0.61 }],
  baselines: [
    { name: 'contract ends soon', auc: 0.695, low: 0.65, high: 0.74, lift10: 2.1, arrCaptured10: 0.2, ahead: { value: 0.117, low: 0.06, high: 0.17 } },
    { name: 'usage dropped', auc: 0.8, low: 0.75, high: 0.84, lift10: null, arrCaptured10: null, ahead: { value: 0.012, low: -0.02, high: 0.04 } },
  ],
  calibration: [{ from: 0.001, to: 0.01, predicted: 0.005, observed: 0.01, low: 0.006, high: 0.02, rows: 600, events: 6 }, { from: 0.02, to: 0.4, predicted: 0.04, observed: 0.04, low: 0.028, high: 0.06, rows: 600, events: 24 }],
  lift: Array.from({ length: 10 }, (_, place) => ({ tenth: place + 1, lift: place === 0 ? 5.5 : 0.5, captured: 0.55 + 0.05 * place })),
  roc: [{ stayers: 0, leavers: 0 }, { stayers: 0.2, leavers: 0.6 }, { stayers: 1, leavers: 1 }],
  leak: { verdict: 'plausible', bound: 0.95, suspects: [], accepted: [], says: 'An AUC of 0.812 is not above 0.95.' },
};
const result = (more: Partial<typeof horizon> = {}, effects: BacktestResult['effects'] = []): BacktestResult => ({
  backtest: { model: { kind: 'logistic', seed: 7, id: 'cm-0123456789ab' }, window: { from: '2024-01-31', to: '2026-10-31' }, gapDays: 7, horizons: [{ ...horizon, ...more }] }, effects,
});
const textOf = (page: string) => page.replace(/<style>[^]*<\/style>/, '').replace(/<[^>]+>/g, ' ').replaceAll('\u00a0', ' ').replace(/\s+/g, ' ');

describe('The page of a backtest', () => {
  it('says on top of what it is, then every figure with its interval', () => {
    const text = textOf(backtestPage(result()));
    expect(text).toMatch(/Model cm-0123456789ab Kind logistic Seed 7 Rows 31 Jan 2024 to 31 Oct 2026 Days between a row and the window that counts 7/);
    expect(text).toMatch(/ROC AUC of a leaver[^0-9]*0\.5 is chance, 1 is best 0\.812 0\.771 to 0\.850 /);
    expect(text).toMatch(/Brier [^0-9]* 0\.0119 0\.0101 to 0\.0139 .*Calibration slope [^]*not known not known Lift at 10 % [^]* 5\.30 not known /);
    expect(textOf(backtestPage({ ...result(), backtest: { ...result().backtest, model: { kind: 'additive', seed: 0, id: null } } }))).toContain('made for this look only Kind additive, boosted');
  });

  it('has the model beside the rules, and says of how many it is surely ahead', () => {
    const text = textOf(backtestPage(result()));
    expect(text).toContain('The model is ahead of 1 of 2 rules by more than chance could make it.');
    expect(text).toContain('Rule: the next renewal first 0.695 0.650 to 0.740 2.10 20 % 0.117 (0.060 to 0.170)');
    expect(text).toContain('Rule: the largest drop of usage first 0.800 0.750 to 0.840 not known not known 0.012 (−0.020 to 0.040)');
  });

  it('draws what was said beside what came, where it belongs', () => {
    const page = backtestPage(result());
    // On both scales 0.01 lies at the square root of 0.01 of 0.06.
    const at = (share: number, start: number, end: number) => Math.round((start + Math.sqrt(share / 0.06) * (end - start)) * 10) / 10;
    expect(page).toContain(`<circle class="model" cx="${at(0.005, 44, 342)}" cy="${at(0.01, 258, 28)}" r="4"/>`);
    expect(page).toContain(`y1="${at(0.006, 258, 28)}" y2="${at(0.02, 258, 28)}"`);
    expect(textOf(page)).toMatch(/In 1 of 2 groups.*Among the riskiest tenth 5\.5 times as many left as on average; the riskiest three tenths hold 65 % of all.*finds 30 % of the leavers; a quarter, 63 %/);
  });

  it('shows what a model makes of its columns: coefficients with intervals, or the strongest shapes with the rest named', () => {
    const odds = textOf(backtestPage(result({}, [{ horizon: 90, effects: [{ kind: 'coefficient', label: 'Open tickets', value: Math.LN2, low: 0.1, high: 1.3 }, { kind: 'coefficient', label: 'Seats', value: -Math.LN2, low: -1.5, high: 0.1 }] }])));
    expect(odds).toMatch(/Of 2 columns 1 move the odds for sure.*Open tickets ×2 ×1\.1 to ×3\.7 Seats ÷2 ÷4\.5 to ×1\.1/);
    const many = backtestPage(result({}, [{ horizon: 90, effects: Array.from({ length: 25 }, (_, place) => ({ kind: 'coefficient' as const, label: `Column ${place}`, value: 1, low: 0.5, high: 9 })) }]));
    expect([many.match(/class="ours"/g)!.length - 1, many.match(/<tr><th scope="row">Column/g)!.length, textOf(many).includes('The 20 strongest are drawn, all are in the table.')]).toEqual([20, 25, true]);
    const steps = Array.from({ length: 14 }, (_, place) => ({ kind: 'steps' as const, label: `Column ${place}`, shape: { edges: [10, 20, 30], values: [-Math.LN2, 0, 0.001, 2 * Math.LN2] } }));
    const shapes = backtestPage(result({}, [{ horizon: 90, effects: steps }]));
    expect(textOf(shapes)).toMatch(/Odds ÷2 at the lowest \(up to 10\), ×4 at the highest \(above 30\)/);
    expect(textOf(shapes)).toMatch(/Value Odds up to 10 ÷2 10 to 30 ×1 above 30 ×4 /);
    expect(textOf(shapes)).toContain('2 more move the odds by less: Column 12, Column 13.');
    expect(shapes.match(/<path class="model" d="M44 [\d.]+H[\d.]+L/g)).toHaveLength(12);
  });

  it('says which figures are not to be believed, and why', () => {
    const text = textOf(backtestPage(result({ leak: { verdict: 'suspicious', bound: 0.95, suspects: [{ column: 'end date', auc: 0.99, why: 'Known at the end only.' }], accepted: [], says: 'An AUC of 0.990 is above 0.95.' } })));
    expect(text).toMatch(/Suspicious\. An AUC of 0\.990 is above 0\.95\. end date \(alone 0\.990\): Known at the end only\./);
  });

  it('stands where nothing could be judged', () => {
    const nothing = backtestPage(result({ rows: 0, leavers: 0, accounts: 0, figures: [], baselines: [], calibration: [], lift: [], roc: [] }));
    expect(nothing).not.toMatch(/NaN|Infinity|undefined/);
    expect(textOf(nothing)).toMatch(/Nothing was judged.*Nobody left.*it takes both leavers and stayers.*There are no rules/);
  });

  it('needs nothing else and runs nothing, and names of columns stay text', () => {
    const page = backtestPage(result({}, [{ horizon: 90, effects: [{ kind: 'coefficient', label: '<script>alert(1)</script>" onload="x', value: 1, low: 0.5, high: 1.5 }] }]));
    expect(page).not.toMatch(/<script|<link|<img|url\(|@import|style="| on\w+="/);
    const style = /<style>([^]*)<\/style>/.exec(page)![1]!;
    expect(page).toContain(`sha256-${createHash('sha256').update(style).digest('base64')}`);
  });

  it('gives every drawing a title, a description and a table, and no two things the same id', () => {
    const page = backtestPage({ ...result(), backtest: { ...result().backtest, horizons: [horizon, { ...horizon, horizon: 'renewal' }] } });
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, title, desc] of page.matchAll(/<svg [^>]*role="img" aria-labelledby="(\S+) (\S+)"/g)) expect([ids.includes(title!), ids.includes(desc!)]).toEqual([true, true]);
    expect([page.match(/<svg /g)!.length, page.match(/<figure[^>]*>[^]*?<table>[^]*?<\/figure>/g)!.length]).toEqual([8, 8]);
  });
});
