import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());

const estimate = (value: number | null, low: number | null = null, high: number | null = null) => ({ value, low, high });
const proposal = {
  of: { id: 'b2b-saas', version: 2 }, horizonDays: 90, seed: 1, rows: 9_120, leavers: 131, departures: 49, priorDepartures: 41, verdict: 'better', say: 'From 49 departures. It ranks better.',
  weights: [
    { measure: 'trend', was: 12, proposed: 19.5, low: 14, high: 24.1, say: 'More: bad values of it go with leaving more than its weight says.' },
    { measure: 'outages', was: 4, proposed: 4, low: 4, high: 4, say: 'As it is: it is hardly known.' },
  ],
  ranking: { rows: 4_100, leavers: 60, accounts: 380, figures: [
    { name: 'auc', published: estimate(0.7, 0.65, 0.75), draft: estimate(0.74, 0.69, 0.79), ahead: estimate(0.04, 0.01, 0.07) }, { name: 'lift10', published: estimate(2.1), draft: estimate(2.6), ahead: estimate(null) }] },
};
const madeFrom = { from: '2023-12-01', to: '2026-11-30', gapDays: 0, knownAt: '2026-11-30T22:59:59.999Z', upTo: '1.84210', customers: 412, rows: 9_400, held: 0 };
const says = (body: unknown) => door.answers.set('POST /v1/scorecards/b2b-saas/proposals', { status: 200, body });
const run = (...args: string[]) => touchline(['scorecard', 'propose', ...args], { url });

describe('touchline scorecard propose', () => {
  it('shows each weight with its interval, what speaks for it, and what to do next', async () => {
    says({ proposal, madeFrom, drafted: null });
    const { code, out } = await run('b2b-saas', '--version-of', '2', '--from', '2023-12-01', '--seed', '7');
    expect(door.asked.at(-1)!.body).toEqual({ version: 2, from: '2023-12-01', seed: 7 });
    expect({ code, out: out.split('\n') }).toEqual({ code: 0, out: [
      'From 49 departures. It ranks better.', 'b2b-saas version 2, 412 customers at month ends from 2023-12-01 to 2026-11-30; 131 rows before a notice within 90 days.',
      'Known at 2026-11-30T22:59:59.999Z, up to position 1.84210; both given again say the same.', '',
      'measure  was  proposed  95 % interval  why', `-------  ---  --------  -------------  ${'-'.repeat(65)}`, 'trend     12      19.5     14 to 24.1  More: bad values of it go with leaving more than its weight says.', 'outages    4         4                 As it is: it is hardly known.', '',
      'On time that the weights had not seen, 4,100 rows of whom 60 left:', '              present weights         such weights            ahead by', '------------  ----------------------  ----------------------  ----------------------',
      'AUC           0.700 (0.650 to 0.750)  0.740 (0.690 to 0.790)  0.040 (0.010 to 0.070)', 'lift at 10 %  2.100                   2.600                   -', '',
      'Nothing was stored. To draft it: touchline scorecard propose b2b-saas --version-of 2 --draft --reason "..."'] });
    says({ proposal: { ...proposal, verdict: 'no better', ranking: null }, madeFrom: { ...madeFrom, held: 1 }, drafted: null });
    expect((await run('b2b-saas')).out).toMatch(/1 customer left out[^]*Nothing was stored\. Nothing shows that it would be better\. To draft it/);
    expect((await run('b2b-saas')).out).not.toContain('On time');
  });

  it('drafts with a reason, and says how it is approved', async () => {
    says({ proposal, madeFrom, drafted: { id: 'b2b-saas', version: 3, status: 'drafted', position: '1.84211', findings: [] } });
    const { out } = await run('b2b-saas', '--draft', '--reason', 'Yearly review');
    expect(door.asked.at(-1)!.body).toEqual({ draft: true, reason: 'Yearly review' });
    expect(out.split('\n').at(-1)).toBe('b2b-saas version 3 is drafted. Try it: touchline scorecard simulate b2b-saas. To approve it: touchline scorecard publish b2b-saas --version 3 --reason "..."');
    expect((await run('b2b-saas', '--draft')).err).toContain("required option '--reason <text>'");
    says({ proposal, madeFrom, drafted: { id: 'b2b-saas', version: 3, status: 'unchanged', position: null, findings: [] } });
    expect((await run('b2b-saas', '--draft', '--reason', 'Again')).out.split('\n').at(-1)).toBe('Nothing is to be changed: version 3 has these weights.');
    expect(JSON.parse((await run('b2b-saas', '--json')).out)).toMatchObject({ proposal: { departures: 49 }, drafted: { status: 'unchanged' } });
  });

  it('says why there is none', async () => {
    says({ problem: { title: 'There is too little history to learn from', code: 'too-little-history', status: 409, detail: '7 customers gave it.', remedy: 'Ask for a longer window.' } });
    expect(await run('b2b-saas')).toMatchObject({ code: 1, err: 'There is too little history to learn from (too-little-history, 409)\n  7 customers gave it.\n  Ask for a longer window.' });
    expect(await run('b2b-saas', '--seed', 'many')).toMatchObject({ code: 1, err: expect.stringContaining('It must be a whole number.') });
  });
});
