import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, filesIn, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
const figures = [{ horizon: '90', rows: 1_200, leavers: 49, auc: 0.8123, logLoss: 0.1021, brier: 0.031, slope: 1.1, ece: 0.012, lift10: 4.25 }];
const made = { window: { from: '2023-12-01', to: '2026-11-30', gapDays: 0 }, knownAt: '2026-11-30T22:59:59.999Z', upTo: '1.84210', customers: 412, rows: 9_120, figures, held: 0, kind: 'logistic', seed: 1, arithmetic: 1 };
const trained = { status: 'trained', id: 'cm-0a1b2c3d4e5f', ...made, suspicion: null, position: '1.84211' };
const drift = {
  model: 'cm-0a1b2c3d4e5f', day: '2026-10-31', verdict: 'drifted', measuredAt: '2026-11-01T00:00:01.000Z', stability: [{ of: 'score 90', index: 0.31, byChance: 0.05, level: 'shifted' }],
  calibration: [{ horizon: '90', foretoldOn: '2026-07-31', customers: 391, expected: 0.024, observed: 0.061, low: 0.041, high: 0.089, level: 'more-left' }],
};
const summary = { id: 'cm-0a1b2c3d4e5f', state: 'in-force', trainedAt: '2026-10-02T08:00:00Z', ...made, drift };
const comparison = { candidate: 'cm-0a1b2c3d4e5f', current: 'prior', better: true, says: 'It is better.', horizons: [{ horizon: 90, rows: 1_200, figures: [
  { name: 'auc', challenger: 0.81, incumbent: 0.7, better: { value: 0.11, low: 0.05, high: 0.2 } }, { name: 'logLoss', challenger: 0.1, incumbent: 0.13, better: { value: 0.03, low: 0.01, high: 0.05 } }] }] };

beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());
const says = (method: string, path: string, body: unknown, status = 200) => door.answers.set(`${method} /v1/churn/${path}`, { status, body });
const run = (...args: string[]) => touchline(['churn', ...args], { url });

describe('touchline churn', () => {
  it('trains, says what came of it and what to do next, and when it is too good to be true', async () => {
    says('POST', 'models', { trained });
    const { code, out } = await run('train', '--kind', 'additive', '--seed', '7', '--from', '2023-12-01', '--gap-days', '14', '--dry-run');
    expect(door.asked.at(-1)!.body).toEqual({ kind: 'additive', seed: 7, from: '2023-12-01', gapDays: 14, dryRun: true });
    expect({ code, out: out.split('\n') }).toEqual({ code: 0, out: [
      'cm-0a1b2c3d4e5f is trained: 9,120 rows of 412 customers, 2023-12-01 to 2026-11-30.', 'Known at 2026-11-30T22:59:59.999Z, up to position 1.84210; both given again make the same model.', '',
      'within    rows  left    AUC  log-loss   Brier  slope    ECE  lift 10 %', '-------  -----  ----  -----  --------  ------  -----  -----  ---------', '90 days  1,200    49  0.812    0.1021  0.0310   1.10  0.012        4.3', '',
      'It does not answer yet: touchline churn promote cm-0a1b2c3d4e5f compares it with the one in force.'] });
    says('POST', 'models', { trained: { ...trained, status: 'already-trained', held: 2, suspicion: { says: 'An AUC of 0.990 is above 0.95.', columns: ['trend'] } } });
    expect(await run('train')).toMatchObject({ code: 2, out: expect.stringMatching(/was trained already; nothing was added[^]*2 customers left out[^]*Too good to be true\? An AUC[^]*--reason ".*trend/) });
    expect(JSON.parse((await run('train', '--json')).out)).toMatchObject({ id: trained.id, status: 'already-trained' });
  });

  it('says why it could not be done', async () => {
    says('POST', 'models', { problem: { title: 'There is too little history to learn from', code: 'too-little-history', status: 409, detail: 'There are 12 rows.', remedy: 'Import when subscriptions began and ended.' } });
    expect(await run('train')).toMatchObject({ code: 1, err: 'There is too little history to learn from (too-little-history, 409)\n  There are 12 rows.\n  Import when subscriptions began and ended.' });
    says('POST', 'models', { progress: { of: 'customers', done: 1, all: 9 } });
    expect(await run('train')).toMatchObject({ code: 1, err: 'The answer broke off. Train again: nothing is stored twice.' });
    expect((await run('train', '--kind', 'forest')).err).toContain('Allowed choices are logistic, additive');
    expect((await run('train', '--seed', 'x')).err).toContain('It must be a whole number.');
  });

  it('writes rows into a file, and says how to have them again', async () => {
    const rows = [{ customer: 'c1', cluster: 'c1', on: '2026-01-31', labels: { 30: 1 }, foretold: { 30: null }, values: { trend: 0.5 }, words: [] }];
    const file = join(filesIn({ x: '' })['x']!, '..', 'rows.csv');
    says('POST', 'rows', { rows });
    expect(await run('rows', '--csv', file)).toMatchObject({ code: 1, err: expect.stringContaining('The answer broke off') });
    says('POST', 'rows', { madeFrom: { ...made, rows: 0 } });
    const { code, out } = await run('rows', '--csv', file, '--features', 'due', 'trend', '--causes', 'voluntary');
    expect(door.asked.at(-1)!.body).toEqual({ features: ['due', 'trend'], causes: ['voluntary'] });
    expect([code, out]).toEqual([0, `0 rows in ${file}. Known at 2026-11-30T22:59:59.999Z, up to position 1.84210; both given again make the same rows.`]);
    expect((await run('rows', '--csv', '/nowhere/rows.csv')).err).toContain('Name another file with --csv');
    expect((await run('rows')).err).toContain('--csv');
  });

  it('backtests, beside rules, and draws it where it is told to', async () => {
    const horizon = { horizon: 90, rows: 1_200, leavers: 49, accounts: 380, figures: [{ name: 'auc', value: 0.81, low: 0.74, high: 0.87 }], baselines: [{ name: 'usage dropped', auc: 0.6, low: 0.5, high: 0.7, lift10: 1.9 }], leak: { verdict: 'plausible', says: 'Nothing is too good.', suspects: [] } };
    const backtest = { model: { kind: 'logistic', seed: 1, id: null }, gapDays: 0, horizons: [horizon] };
    says('POST', 'backtests', { backtest, madeFrom: { ...made, from: '2023-12-01', to: '2026-11-30' }, page: '<!doctype html>drawn' });
    const file = join(filesIn({ x: '' })['x']!, '..', 'page.html');
    const { code, out, err } = await run('backtest', '--html', file);
    expect([code, door.asked.at(-1)!.body, readFileSync(file, 'utf8'), err]).toEqual([0, { page: true }, '<!doctype html>drawn', `Drawn in ${file}.`]);
    for (const words of ['logistic, seed 1: 9,120 rows of 412 customers', 'Within 90 days: 1,200 rows of 380 accounts, 49 of customers who left.', 'AUC  0.8100  0.7400 to 0.8700', 'usage dropped  0.600  0.500 to 0.700', 'Nothing is too good.']) expect(out).toContain(words);
    expect(await run('backtest', '--html', '/nowhere/page.html')).toMatchObject({ code: 1, err: expect.stringContaining('Name another file with --html') });
    const suspicious = { ...horizon, leak: { verdict: 'suspicious', says: 'It is above 0.95.', suspects: [{ column: 'trend', auc: 0.99, why: 'Alone it ranks.' }] } };
    says('POST', 'backtests', { backtest: { ...backtest, horizons: [suspicious] }, madeFrom: made });
    expect(await run('backtest')).toMatchObject({ code: 2, out: expect.stringMatching(/Too good to be true\? It is above 0\.95\.\n {2}trend: Alone it ranks\./) });
  });

  it('lists models, or says how to make the first', async () => {
    says('GET', 'models', { inForce: 'prior', models: [] });
    expect((await run('models')).out).toBe('The prior answers: stated assumptions, nothing learnt.\nNo model was trained yet: touchline churn train');
    says('GET', 'models', { inForce: summary.id, models: [summary] });
    expect((await run('models')).out).toMatch(/cm-0a1b2c3d4e5f answers\.[^]*in-force +logistic +2026-10-02 +2023-12-01 to 2026-11-30 +0\.812 +0\.1021 +drifted \(2026-10-31\)/);
  });

  it('promotes with what both models say, retires, and says who answers then', async () => {
    says('POST', 'models/cm-0a1b2c3d4e5f/promote', { model: summary.id, position: '1.9', comparison });
    const promoted = await run('promote', summary.id, '--reason', 'Newer');
    expect(door.asked.at(-1)!.body).toEqual({ reason: 'Newer' });
    expect(promoted.out).toMatch(/90 days +1,200 +0\.1000 +0\.1300 +0\.0100 to 0\.0500 +0\.810 +0\.700\n\nIt is better\.\ncm-0a1b2c3d4e5f answers from now on\./);
    says('POST', 'models/cm-0a1b2c3d4e5f/retire', { model: summary.id, position: '1.10' });
    says('GET', 'models', { inForce: 'prior', models: [] });
    expect((await run('retire', summary.id)).err).toContain("required option '--reason <text>' not specified");
    expect((await run('retire', summary.id, '--reason', 'It drifted')).out).toBe('cm-0a1b2c3d4e5f is retired. The prior answers: stated assumptions, nothing learnt.');
  });

  it('tells of drift, with exit code 2 when the model in force has drifted', async () => {
    says('GET', 'drift', { inForce: summary.id, measurements: [drift, { ...drift, day: '2026-09-30', verdict: 'steady' }] });
    const { code, out } = await run('drift');
    expect(code).toBe(2);
    for (const words of ['cm-0a1b2c3d4e5f: drifted on 2026-10-31.', 'score 90  0.310', 'Within 90 days of 2026-07-31, of 391 customers 2.4 % were to leave; 6.1 % did (95 %: 4.1 % to 8.9 %): more left.', 'Before: 2026-09-30 steady.', 'touchline churn train']) expect(out).toContain(words);
    says('GET', 'drift', { inForce: 'prior', measurements: [] });
    expect(await run('drift')).toMatchObject({ code: 0, out: 'The prior answers; it was learnt from nothing and cannot drift.' });
  });

  it('explains how likely a customer leaves, and why', async () => {
    const risk = {
      name: 'Nord', customer: 'c1', say: 'Risk 31 % within 90 days.', chances: [{ horizon: '90', until: '2027-02-24', probability: 0.31, low: 0.2, high: 0.45 }, { horizon: 'renewal', until: '2027-05-01', probability: 0.052, low: 0.052, high: 0.052 }],
      explained: { drivers: [{ say: 'Usage fell: risk 31 %.' }, { say: 'Two.' }] }, alike: [{ customer: 'c9', name: 'Sued', on: '2026-01-31', left: true }], comparable: null, acquisition: [{ say: 'Winning them cost EUR 5.' }], buyer: null, heldOut: 'calls', confidence: { say: 'Learnt.' }, model: { say: 'By cm-1.' },
    };
    door.answers.set('GET /v1/customers/crm%3AC-1/churn-risk', { body: risk });
    expect((await run('explain', 'crm:C-1', '--horizon', '90', '--as-of', '2026-10-01')).out.split('\n')).toEqual([
      'Nord: Risk 31 % within 90 days.', '  within 90 days (2027-02-24): 31 %, 95 % between 20 % and 45 %', '  by 30 days after the next renewal (2027-05-01): 5.2 %', 'Why:', '  Usage fell: risk 31 %.', '  Two.', 'Held out of the experiment calls: nothing is to be done to keep them.',
      'Winning them cost EUR 5.', 'Most alike: Sued at the end of 2026-01-31, who left.', 'Learnt. By cm-1.']);
    expect(door.asked.at(-1)!.query).toMatchObject({ horizon: '90', asOf: '2026-10-01' });
  });

  it('explains what a model looks at, what weighs most first', async () => {
    const columns = Array.from({ length: 14 }, (_, place) => ({ column: `c${place}`, label: `C${place}`, unit: null, says: `C${place}: one standard deviation more multiplies the odds of leaving by 1.${place}0.`, effect: {} }));
    says('GET', 'models/in-force/explain', { model: summary.id, kind: 'logistic', horizons: [{ horizon: '90', rows: 1_200, departures: 22, columns }] });
    expect((await run('explain')).out).toMatch(/^cm-0a1b2c3d4e5f, logistic\.\n\nWithin 90 days, learnt from 1,200 rows, 22 departures:\n {2}C0: one[^]*C11[^]*and 2 more, which weigh less: --all$/);
    expect((await run('explain', '--all')).out).toContain('C13:');
  });

  it('plans an experiment, starts it only when told to, and says whether it helps', async () => {
    const plan = { accounts: 400, monthlyRate: 0.02, left: 96, looks: 4_800, size: { customerMonths: 12_000, months: 30, customersForAYear: 1_000 } };
    says('POST', 'experiments', { experiment: 'calls', started: false, plan });
    const planned = await run('experiment', 'plan', 'calls', '--share', '0.2', '--segment', 'small');
    expect(door.asked.at(-1)!.body).toEqual({ experiment: 'calls', share: 0.2, segment: 'small', start: false });
    expect(planned.out.split('\n')).toEqual([
      '400 customers would take part. In the last year 96 of 4,800 months of customers ended with a departure: 2.0 % a month.',
      'To see the effect in four of five experiments takes 12,000 months of customers: 30 months with these, or 1,000 customers for a year.',
      'Nothing was started: touchline churn experiment start calls with the same options does.']);
    expect((await run('experiment', 'start', 'calls')).out).toContain('calls has started');
    expect(door.asked.at(-1)!.body).toEqual({ experiment: 'calls', start: true });
    says('POST', 'experiments', { experiment: 'calls', started: false, plan: { ...plan, size: null } });
    expect((await run('experiment', 'plan', 'calls')).out).toContain('nothing could ever be shown');
    const group = { customers: 320, left: 8, reached: 120 };
    says('GET', 'experiments/calls', { experiment: 'calls', on: '2026-02-01', until: '2026-03-31', accountMonths: 12_000, treated: group, heldOut: { customers: 80, left: 8, reached: 0 }, holdOut: ['c-1', 'c-2'],
      uplift: { treatedShare: 0.025, heldOutShare: 0.1, difference: 0.075, low: 0.02, high: 0.16, verdict: 'helps' } });
    expect((await run('experiment', 'report', 'calls')).out).toMatch(/treated +320 +8 +120\nheld out +80 +8 +0\n\n2\.5 % of the treated left, and 10\.0 % of the held out: 7\.5 points less \(95 %: 2\.0 to 16\.0\)\. It helps\.\n\nHeld out, and here: c-1, c-2/);
    says('GET', 'experiments', { experiments: [{ experiment: 'calls', on: '2026-02-01', endedOn: null, share: 0.2, accounts: 400, months: 30 }] });
    expect((await run('experiment', 'list')).out).toMatch(/calls +2026-02-01 +runs +20\.0 % +all +400 +30/);
    says('POST', 'experiments/calls/end', { experiment: 'calls' });
    expect((await run('experiment', 'end', 'calls', '--reason', 'Clear')).out).toContain('calls has ended');
  });
});
