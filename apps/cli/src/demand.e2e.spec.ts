import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const figure = (value: number | null, n: number) => ({ n, value, low: value === null ? null : value - 0.1, high: value === null ? null : value + 0.1 });
const arr = [{ amount: 120_000, currency: 'EUR' }];
const customer = { id: 'north', name: 'Nordlicht', owner: null, arr };
const none = { items: [], more: 0 };
const weight = { requests: 3, accounts: 2, arr, arrAtRisk: [{ amount: 1_200, currency: 'EUR' }], withoutRisk: 0, answered: 1, told: 1, open: 2, oldestDays: 60, medianDays: 40 };
const accounts = (items: object[] = []) => ({ accounts: items.length, arr, items, more: 0 });
const answers: Readonly<Record<string, object>> = {
  '': { notMeasured: null, total: weight, themes: { items: [{ theme: 'mobile', ...weight, initiatives: ['I-7'], list: none }], more: 4 }, tools: { items: [{ tool: 'Sheet', accounts: 1, seats: 14 }], more: 0 } },
  '/initiatives': { notMeasured: null, neverHeard: 1, initiatives: { items: [{ initiative: 'I-7', title: 'Tablets', state: 'delivered', asked: 2, linked: 1, have: 2, told: 1, neverHeard: 1, customers: { items: [{ customer, by: 'theme', hasAt: '2026-11-01T00:00:00Z', toldAt: null }], more: 0 } }], more: 0 } },
  '/traceability': { notMeasured: null, from: '2026-07-01', to: '2026-11-27', share: figure(0.5, 2), demand: { answered: figure(0.25, 2), named: figure(null, 0) }, initiatives: { items: [{ initiative: 'I-8', title: 'Logo', lacks: 'nothing-named' }], more: 0 } },
  '/outcomes': { notMeasured: 'Not measured: nothing is known of goals and outcomes.', figures: { claimed: 0, confirmed: 0, rejected: 0, open: 0, confirmedShare: figure(null, 0), value: { claimed: [], confirmed: [], rejected: [], open: [], without: 0 } }, theirs: { attainment: figure(null, 0) }, ours: { attainment: figure(null, 0) }, withoutGoal: { items: [customer], more: 2 }, rejected: none },
  '/competition': { notMeasured: ['Not measured: nothing is known of lost opportunities.'], days: 30, pressed: 1, withGap: 1, longYears: 3, longAndWell: { accounts: 1, arr, arrAtRisk: [], withRisk: 0, unknown: 0, customers: ['c-1'] }, arr, accounts: { items: [{ customer, competitors: [{ competitor: 'Brightfold', stage: 'evaluated' }], gaps: [{ themes: ['mobile'] }] }], more: 0 }, lostTo: { items: [{ competitor: null, losses: 2, amount: [] }], more: 0 }, winBack: { items: [{ customer, last: { competitor: 'Brightfold', reason: 'price' }, delivered: ['I-7'] }], more: 0 } },
  '/promises': { notMeasured: null, figures: { promises: 3, kept: 1, late: 0, broken: 1, open: 0, overdue: 1, keptRate: figure(0.5, 2), keptOfDue: figure(0.33, 3) }, kinds: [{ kind: 'fix', keptRate: figure(1, 1) }], overdue: { items: [{ customer, promise: 'K-1', what: 'A printer', dueOn: '2026-11-01' }], more: 0 }, broken: none },
  '/presence': { notMeasured: [], days: 90, sponsorDays: 180, quiet: accounts([{ customer }]), quietRoles: { payer: accounts(), user: accounts() }, sponsors: { live: 4, left: accounts(), notMet: accounts(), never: accounts() }, neverVisited: accounts() },
};

describe('touchline demand', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    for (const [path, body] of Object.entries(answers)) door.answers.set(`GET /v1/demand${path}`, { body });
    for (const path of ['', '/I-7/requests', '/I-7/deliver', '/I-7/drop']) door.answers.set(`POST /v1/initiatives${path}`, { status: 201, body: { initiative: 'I-7', position: '1.1' } });
  });
  afterAll(() => door.close());
  const told = async (...words: string[]) => (await touchline(words, { url })).out;

  it('tells each question in lines, with what is left out, and as JSON', async () => {
    expect(await told('demand', '--sort', 'risk')).toMatch(/3 requests of 2 customers, who pay EUR 1,200\.00 a year: 2 open[^]*mobile +3 requests, 2 customers, EUR 1,200\.00, at risk EUR 12\.00; 2 open, oldest 60 days; I-7\n +and 4 more[^]*Sheet +1 customer, 14 seats/);
    expect(await told('demand', 'initiatives')).toMatch(/I-7 +Tablets, delivered: 2 asked, 1 linked, 2 have it, 1 told\n +never heard: Nordlicht/);
    expect(await told('demand', 'traceability', '--from', '2026-07-01')).toMatch(/had asked for +50 % \(40 % to 60 %\) of 2[^]*by a named request +nothing to say[^]*I-8 +Logo: nothing-named/);
    expect(await told('demand', 'outcomes')).toMatch(/^Not measured: nothing is known[^]*3 customers without a goal of their own: Nordlicht/);
    expect(await told('demand', 'competition', '--days', '30')).toMatch(/^Not measured[^]*1 customer with a live competitor within 30 days[^]*1 of them customers for 3 years or more that pay at least the median of their segment[^]*Nordlicht +Brightfold \(evaluated\); asks for mobile[^]*\(nobody says\) +2, no amount[^]*Brightfold, price; now there: I-7/);
    expect(await told('demand', 'promises')).toMatch(/kept, of those due +33 %[^]*fix +100 %[^]*Nordlicht +A printer \(K-1\) overdue, due 2026-11-01/);
    expect(await told('demand', 'presence')).toMatch(/quiet +1 customer, EUR 1,200\.00: Nordlicht[^]*live sponsor +4 customers/);
    expect(JSON.parse(await told('demand', 'promises', '--json'))).toMatchObject({ figures: { promises: 3 } });
    expect(await told('demand', 'presence', '--as-of', '2026-11-01', '--sponsor-days', '30')).toContain('sponsors not met');
    expect(door.asked.map(({ path, query }) => [path.slice(10), query])).toEqual(expect.arrayContaining([['', { sort: 'risk' }], ['/traceability', { from: '2026-07-01' }], ['/competition', { days: '30' }], ['/presence', { asOf: '2026-11-01', sponsorDays: '30' }]]));
  });

  it('says what is begun, for whom, and what came of it', async () => {
    expect(await told('initiative', 'start', 'I-7', '--title', 'Tablets', '--requests', 'F-1, F-2')).toContain('Initiative I-7 was started.');
    await told('initiative', 'link', 'I-7', 'F-3', 'F-4');
    await told('initiative', 'deliver', 'I-7');
    await told('initiative', 'drop', 'I-7', '--reason', 'too-costly');
    expect(door.asked.filter(({ path }) => path.startsWith('/v1/initiatives')).map(({ path, body }) => [path, body])).toEqual([
      ['/v1/initiatives', { initiative: 'I-7', title: 'Tablets', requests: ['F-1', 'F-2'] }], ['/v1/initiatives/I-7/requests', { requests: ['F-3', 'F-4'] }], ['/v1/initiatives/I-7/deliver', undefined], ['/v1/initiatives/I-7/drop', { reason: 'too-costly' }],
    ]);
  });
});
