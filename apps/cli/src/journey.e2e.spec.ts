import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const figure = (value: number | null, n: number) => ({ n, value, low: value === null ? null : value - 0.1, high: value === null ? null : value + 0.1 });
const event = { source: 'crm', id: '7', type: 'sale.won', at: '2026-01-02T10:00:00Z' };
const who = { customer: 'c-1', name: 'Otterbank', arr: [{ amount: 1_200_000, currency: 'EUR' }] };
const journey = {
  asOf: '2026-11-26T10:00:00Z', customers: { n: 9, seen: 7, inStage: 6, held: 0 },
  stages: [{ stage: 'sale', label: 'Sale', customers: null, dwell: null, stuck: null, missing: 'Not measured: needs sale.opportunity-opened.' }, { stage: 'onboarding', label: 'Onboarding', customers: 2, dwell: { visits: 7, left: 5, median: { value: 50, low: 40, high: null } }, stuck: 1, missing: null }],
  transitions: [{ from: 'onboarding', to: null, n: 5, share: 1 }], stuck: { n: 1, items: [{ ...who, stage: 'onboarding', since: '2026-01-02', days: 328, limit: { days: 90, by: 'declared' }, events: [event] }] }, stalled: { n: 0, items: [], missing: null },
  expectations: [{ kind: 'moment', id: 'live', label: 'Goes live', rate: figure(0.5, 6), missing: null }], missed: { n: 1, items: [{ ...who, label: 'Goes live', dueOn: '2026-04-02', lateOn: null }] },
  timeToValue: { label: 'Signature', missing: null, median: { value: null, low: 100, high: null }, reached: 1, n: 7, waiting: 5, leftWithout: 1 }, trend: { missing: null, items: [{ quarter: '2026-Q1', n: 7, reached: 1, waiting: 5, leftWithout: 1, median: { value: null, low: 100, high: null }, few: true }] },
  groups: { by: 'segment', n: 1, missing: null, items: [{ group: null, customers: 7, going: 6, gone: 1, met: figure(0.5, 6), timeToValue: { n: 7, reached: 1, waiting: 5, leftWithout: 1, median: { value: 90, low: 80, high: 100 }, few: false }, renewed: figure(0.9, 4), others: figure(null, 0), difference: null, verdict: 'too-few' }] }, renewals: { missing: null, moments: [{ label: 'Goes live', met: { rate: figure(0.9, 4) }, missed: { rate: figure(null, 0) }, verdict: 'too-few' }] },
  paths: { churned: { n: 1, items: [{ stages: ['sale', 'onboarding'], n: 1 }] }, renewed: { n: 0, items: [] } }, explained: null,
};

describe('touchline journey', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    door.answers.set('GET /v1/journey', { body: journey });
    door.answers.set('GET /v1/customers/crm%3AC-1/journey', { body: { name: 'Otterbank', customer: 'c-1', missing: null, now: { stage: 'onboarding', label: 'Onboarding', since: '2026-01-02', days: 328 }, visits: [{ label: 'Onboarding', entered: '2026-01-02', left: null, days: 328, events: [event] }], expectations: [{ label: 'Goes live', state: 'missed', dueOn: '2026-04-02', by: null }] } });
    door.answers.set('GET /v1/journey/map', { body: { version: 0, say: 'The first map counts: nobody has decided otherwise.', decided: null, map: { stages: [], moments: [] } } });
    door.answers.set('PUT /v1/journey/map', { body: { version: 3, position: '1.9' } });
  });
  afterAll(() => door.close());

  it('tells where customers are, what is not measured, and what is too few', async () => {
    const { out, code } = await touchline(['journey', '--as-of', '2026-11-26', '--start', 'signature', '--by', 'segment', '--explain', 'stage', '--of', 'onboarding'], { url });
    expect([code, door.asked.at(-1)]).toEqual([0, expect.objectContaining({ path: '/v1/journey', query: { asOf: '2026-11-26', start: 'signature', by: 'segment', explain: 'stage', key: 'onboarding' } })]);
    expect(out).toMatch(/6 customers in a stage, 2 of 9 without[^]*Sale +Not measured: needs sale\.opportunity-opened\.\n +Onboarding +2 now; stay 50 days \(40 to not reached\), 5 of 7 visits over; 1 stuck/);
    expect(out).toMatch(/Onboarding to no stage +5 \(100 %\)[^]*Otterbank, EUR 12,000\.00 +Onboarding since 2026-01-02: 328 days, limit 90[^]*median +not reached, at least 100 days[^]*Goes live +90 % \(80 % to 100 %\) of 4; nothing to say: too few/);
    expect(out).toMatch(/2026-Q1 +1 of 7 had value; median not reached, at least 100 days, of few\n[^]*By segment\n +\(not said\) +7 customers, 6 on their way, 1 gone; met 50 %[^]*median 90 days \(80 to 100\)\n +renewed 90 % \(80 % to 100 %\) of 4; the others nothing to say: too few/);
    expect(JSON.parse((await touchline(['journey', '--json'], { url })).out)).toMatchObject({ customers: { n: 9 } });
  });

  it('tells one customer\'s way with its facts', async () => {
    expect((await touchline(['journey', 'of', 'crm:C-1'], { url })).out).toMatch(/Otterbank: Onboarding since 2026-01-02, 328 days\n +Onboarding +2026-01-02 to now, 328 days {2}\(sale\.won crm\/7\)[^]*Goes live +missed, due by 2026-04-02/);
  });

  it('shows the map as what sets it, and sets it', async () => {
    const shown = await touchline(['journey', 'map'], { url });
    expect(shown.err).toContain('The first map counts');
    const file = join(mkdtempSync(join(tmpdir(), 'map-')), 'map.json');
    writeFileSync(file, shown.out);
    expect((await touchline(['journey', 'map', file], { url })).out).toContain('Version 3 of the map counts from now on');
    expect(door.asked.at(-1)).toMatchObject({ method: 'PUT', body: { stages: [], moments: [], reason: 'Why it is so' } });
  });
});
