import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, filesIn, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());

const none = { value: null, low: null, high: null };
const leads = { atRisk: { warned: 3, median: 21, medianOfAll: 14 }, watch: { warned: 4, median: 40, medianOfAll: 40 } };
const alarms = { right: 3, wrong: 5, open: 1, wrongIn30Days: 0.51, months: [] };
const simulation = {
  say: 'The draft puts 7 of 412 customers into another band.', cards: { published: ['first-scorecard@1'], draft: ['msp@2'] }, from: '2025-12-01', to: '2026-11-30', customers: 412,
  turns: [{ from: 'healthy', to: 'healthy', customers: 405 }, { from: 'healthy', to: 'watch', customers: 7 }], churns: [{}, {}, {}, {}], leads: { published: leads, draft: leads }, alarms: { published: alarms, draft: { ...alarms, wrongIn30Days: null } },
  ranking: { rows: 3_000, leavers: 40, figures: [{ name: 'auc', published: { value: 0.71, low: 0.6, high: 0.8 }, draft: { value: 0.75, low: 0.65, high: 0.83 }, ahead: { value: 0.04, low: 0.01, high: 0.07 } }, { name: 'lift10', published: none, draft: none, ahead: none }] },
  movers: [{ customer: 'c1', name: 'Acme', say: '12 points lower under the draft.' }],
};
const madeFrom = { knownAt: '2026-11-30T22:59:59.999Z', upTo: '1.84210', held: 2 };
const run = (...args: string[]) => touchline(['scorecard', 'simulate', ...args], { url });

describe('touchline scorecard simulate', () => {
  it('tries the card in a file, or one that was drafted, and says what was found', async () => {
    const { msp } = filesIn({ msp: '{"id": "msp"}' });
    const sent = { ...simulation, cards: { ...simulation.cards, draft: ['draft made from msp@2'] } };
    door.answers.set('POST /v1/scorecards/simulations', { body: { simulation: sent, madeFrom } });
    const { code, out } = await run(msp!, '--from', '2025-12-01', '--up-to', '1.84210');
    expect(door.asked.at(-1)!.body).toEqual({ card: { id: 'msp' }, from: '2025-12-01', upTo: '1.84210' });
    expect({ code, out: out.split('\n') }).toEqual({ code: 0, out: [
      simulation.say, `${basename(msp!)}: draft made from msp@2 beside first-scorecard@1: 412 customers on every day from 2025-12-01 to 2026-11-30.`, 'Known at 2026-11-30T22:59:59.999Z, up to position 1.84210; both given again say the same.',
      '2 customers left out, of whom a fact cannot be read: npx touchline projections parked', '',
      'published  draft  customers', '---------  -----  ---------', 'healthy    watch          7', '',
      '           at risk before leaving  days (median)  watch or worse  days (median)  false alarms  came true  open  false in 30 days', '---------  ----------------------  -------------  --------------  -------------  ------------  ---------  ----  ----------------',
      'draft                      3 of 4             21          4 of 4             40             5          3     1                 -', 'published                  3 of 4             21          4 of 4             40             5          3     1               0.5', '',
      'Who leaves within 90 days, of 3,000 looks at customers at month ends, 40 of them before a departure:',
      '              draft                   published               draft ahead by', '------------  ----------------------  ----------------------  ----------------------', 'AUC           0.750 (0.650 to 0.830)  0.710 (0.600 to 0.800)  0.040 (0.010 to 0.070)', 'lift at 10 %  -                       -                       -', '',
      'Who moves most:', 'Acme: 12 points lower under the draft.'] });
    door.answers.set('POST /v1/scorecards/simulations', { body: { simulation, madeFrom } });
    expect((await run('msp', '--version-of', '2')).out).toContain('\nmsp@2 beside first-scorecard@1: 412');
    expect(door.asked.at(-1)!.body).toEqual({ id: 'msp', version: 2 });
    expect(JSON.parse((await run('msp', '--json')).out)).toEqual({ simulation, madeFrom });
  });

  it('draws it where it is told to, and says why it could not be done', async () => {
    door.answers.set('POST /v1/scorecards/simulations', { body: { simulation, madeFrom, page: '<!doctype html>' } });
    const file = join(filesIn({ x: '' })['x']!, '..', 'tried.html');
    expect(await run('msp', '--html', file)).toMatchObject({ code: 0, err: `Drawn in ${file}.` });
    expect([door.asked.at(-1)!.body, readFileSync(file, 'utf8')]).toEqual([{ id: 'msp', page: true }, '<!doctype html>']);
    expect((await run('msp', '--html', '/nowhere/x.html')).err).toContain('Name another file with --html');
    door.answers.set('POST /v1/scorecards/simulations', { body: { progress: { of: 'customers', done: 1, all: 9 } } });
    expect(await run('msp')).toMatchObject({ code: 1, err: 'The answer broke off. Say it again: nothing was stored.' });
    const { broken } = filesIn({ broken: '{' });
    expect((await run(broken!)).err).toContain('is no JSON');
  });
});
