import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const ratio = (of: number, over: number, n = 2) => ({ value: over === 0 ? null : of / over, of, over, n, missing: over === 0 ? 'needs more' : null });
const figures = {
  waterfall: { start: 300_000, new: 50_000, expansion: 50_000, escalator: 0, contraction: 0, churn: 200_000, reactivation: 0, end: 200_000 }, nrr: ratio(150, 300), grr: ratio(100, 300), grossRenewalRate: ratio(0, 0), netRenewalRate: ratio(0, 0),
  renewals: { renewed: 0, lost: 0, late: 0, open: 1 }, grossMrrChurn: ratio(200, 300), netMrrChurn: ratio(150, 300), logoChurn: ratio(1, 2), logos: { start: 2, won: 1, lost: 1, back: 0, wonAndLost: 0, end: 2 }, earnedGrowth: { ...ratio(-100, 300), low: 0, high: 0, earnedNew: 0, boughtNew: 0, unknownNew: 0 },
};
const policy = { name: 'usual', reactivation: 'separate', reactivationDays: null, earnedChannels: ['referral'] };
const event = { source: 'crm', id: 'e-8', type: 'subscription.ended', at: '2024-09-01T12:00:00Z' };
const churned = { kind: 'churn', amount: 200_000, at: '2024-09-01T12:00:00Z', before: 200_000, after: 0, subscriptions: [], events: [event] };

describe('touchline revenue', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    door.answers.set('GET /v1/revenue', { body: { from: '2024-07-01', to: '2024-09-30', asOf: '2024-11-02T10:00:00Z', currency: 'EUR', policy, changes: [{ say: 'reactivation: separate → net' }], byOwnPolicy: figures, figures, by: 'segment', groups: [{ key: null, figures }],
      exposure: { within: 90, arr: 200_000, terminable: 50_000, share: 0.25, customers: 1, unknown: 0, missing: null, budgetCuts: { customers: 1, arr: 100_000, terminable: 50_000, missing: null } }, coverage: { customers: 3, held: 0, unconverted: [], missing: 'no rate of CHF is known' } } });
    door.answers.set('GET /v1/revenue/customers', { body: { figure: 'churn', from: '2024-07-01', to: '2024-09-30', currency: 'EUR', customers: 2, amount: 200_000, missing: null, lines: [{ customer: { id: 'south', name: 'Südwind' }, amount: 200_000, start: 200_000, end: 0, movements: [churned], reason: 'bad-fit', renewals: [], terminable: [], cuts: [{ product: 'Desk', share: 0.2, effectiveOn: '2025-01-01', event: { ...event, id: 'e-9', type: 'budget.changed' } }] }], next: 'abc' } });
    door.answers.set('GET /v1/customers/south/revenue', { body: { customer: 'south', name: 'Südwind', asOf: '2024-09-30T00:00:00Z', currency: 'EUR', arr: 0, missing: null, parts: [], movements: [churned], renewals: [], terminable: [] } });
    door.answers.set('GET /v1/revenue/settings', { body: { policy, decided: null, rates: [{ on: '2024-01-01', currency: 'EUR', rates: { USD: 0.9 }, event: null }] } });
  });
  afterAll(() => door.close());

  it('tells the waterfall and the ratios, and by which policy', async () => {
    const { out, code } = await touchline(['revenue', '--period', '2024-Q3', '--by', 'segment', '--count', 'reactivation=net', '--count', 'graceDays=45'], { url });
    expect([code, door.asked.at(-1)]).toEqual([0, expect.objectContaining({ path: '/v1/revenue', query: { period: '2024-Q3', by: 'segment', reactivation: 'net', graceDays: '45' } })]);
    expect(out).not.toContain('so far');
    expect(out).toMatch(/Counted otherwise than decided: reactivation: separate → net[^]*start +EUR 3,000\.00[^]*churn +- EUR 2,000\.00[^]*NRR +50\.0 % +of 2 customers[^]*gross renewal rate +not measured: needs more[^]*EUR 500\.00 of EUR 2,000\.00 could[^]*budget cuts +1 customer, about EUR 1,000\.00, of which EUR 500\.00 can end within 90 days[^]*Not counted: no rate of CHF[^]*\(not known\)/);
    const [needs, empty] = ['no customer has a subscription; needs subscription.started', { within: 90, arr: null, terminable: null, share: null, customers: null, unknown: null, budgetCuts: { customers: null, arr: null, terminable: null, missing: 'needs budget.changed' } }];
    door.answers.set('GET /v1/revenue', { body: { from: '2024-07-01', to: '2024-09-30', asOf: '2024-08-15T22:00:00Z', currency: null, policy, changes: [], byOwnPolicy: null, figures: { ...figures, waterfall: null, logos: null, renewals: null, missing: { arr: needs, renewals: needs } }, by: null, groups: [], exposure: { ...empty, missing: needs }, coverage: { customers: 0, held: 0, unconverted: [], missing: needs } } });
    expect((await touchline(['revenue'], { url })).out).toMatch(new RegExp(`2024-09-30, so far \\(as of 2024-08-15\\)[^]*ARR +not measured: ${needs}[^]*customers +not measured: ${needs}[^]*renewals +not measured: ${needs}[^]*ends within 90 days +not measured: ${needs}`));
    expect((await touchline(['revenue', '--count', 'nonsense'], { url })).code).not.toBe(0);
  });

  it('names who makes a figure, one customer, and the settings', async () => {
    const told = async (...words: string[]) => (await touchline(['revenue', ...words], { url })).out;
    expect(await told('customers', 'churn', '--period', '2024-Q3', '--segment', 'large')).toMatch(/churn, [^]*2 customers, together EUR 2,000\.00[^]*Südwind +EUR 2,000\.00 .* reason bad-fit\n[^]*2024-09-01 +churn +EUR 2,000\.00 +subscription\.ended crm\/e-8\n +2024-09-01 +budget cut for Desk by 20\.0 % from 2025-01-01 on +budget\.changed crm\/e-9[^]*--cursor abc/);
    expect(door.asked.at(-1)).toMatchObject({ query: { movement: 'churn', period: '2024-Q3', segment: 'large' } });
    expect(await told('of', 'south')).toMatch(/Südwind brings EUR 0\.00 a year[^]*churn/);
    expect(await told('settings')).toMatch(/usual policy counts[^]*reactivation +separate[^]*1 USD = 0\.9 EUR/);
    expect(JSON.parse(await told('settings', '--json'))).toMatchObject({ decided: null });
  });

  it('tells what the model says of incidents', async () => {
    const body = { incident: 'outage', days: 30, touched: 3, withoutRisk: 1, unconverted: 0, currency: 'EUR', missing: null, more: 0, model: { say: 'The prior.' }, says: 'What the model says of it.', customers: [{ customer: 'c-1', name: 'Nord', arr: 100_000, probability: 0.3, withoutProbability: 0.1, amount: 20_000, events: [{ source: 'crm', id: 'e-1', type: 'outage.customer-affected' }] }],
      figures: { n: 2, tooFew: true, arr: 200_000, atRisk: 40_000, without: 15_000, difference: { n: 2, value: 25_000, low: -1_000, high: 51_000 } } };
    door.answers.set('GET /v1/revenue/incidents', { body });
    expect((await touchline(['revenue', 'incidents', 'outage', '--days', '30'], { url })).out).toMatch(/3 customers touched, 1 of them[^]*EUR 400\.00 of EUR 2,000\.00, of 2 customers: too few[^]*says of it: EUR 250\.00 +\(.*10\.00 to EUR 510\.00\)[^]*Nord +EUR 200\.00 +30 %, else 10 % +\[crm\/e-1\]/);
    expect(door.asked.at(-1)).toMatchObject({ query: { incident: 'outage', days: '30' } });
    door.answers.set('GET /v1/revenue/incidents', { body: { ...body, figures: null, missing: 'no customer was touched; needs outage.customer-affected' } });
    expect((await touchline(['revenue', 'incidents', 'outage'], { url })).out).toMatch(/Not measured: no customer was touched; needs outage\.customer-affected/);
  });

  it('shows and decides the policy and the rates', async () => {
    const told = (...words: string[]) => touchline(['revenue', ...words], { url });
    expect((await told('policy', 'show')).out).toMatch(/usual policy counts[^]*reactivation +separate[^]*earnedChannels +referral$/);
    expect((await told('rates', 'list')).out).toBe('Exchange rates:\n  from 2024-01-01         1 USD = 0.9 EUR');
    door.answers.set('PUT /v1/revenue/settings/policy', { body: { position: '1.7' } });
    door.answers.set('PUT /v1/revenue/settings/rates', { body: { position: '1.8' } });
    expect((await told('policy', 'set', '--name', 'board', '--count', 'reactivation=net', '--count', 'graceDays=45', '--count', 'earnedChannels=referral,partner', '--reason', 'As the board has it')).out).toMatch(/"board" counts from now on/);
    expect(door.asked.at(-1)).toMatchObject({ method: 'PUT', path: '/v1/revenue/settings/policy', body: { name: 'board', reactivation: 'net', graceDays: 45, earnedChannels: ['referral', 'partner'], reason: 'As the board has it' } });
    expect((await told('rates', 'set', 'EUR', '--on', '2026-07-01', '--rate', 'USD=0.92', '--rate', 'CHF=1.05')).out).toBe('From 2026-07-01: 1 USD = 0.92 EUR, 1 CHF = 1.05 EUR.');
    expect(door.asked.at(-1)).toMatchObject({ method: 'PUT', path: '/v1/revenue/settings/rates', body: { currency: 'EUR', on: '2026-07-01', rates: [{ currency: 'USD', rate: 0.92 }, { currency: 'CHF', rate: 1.05 }] } });
    expect((await told('policy', 'set')).err).toMatch(/--name/);
    expect((await told('rates', 'set', 'EUR', '--on', '2026-07-01')).err).toMatch(/--rate/);
    expect((await told('rates', 'set', 'EUR', '--on', '2026-07-01', '--rate', 'USD=much')).err).toMatch(/is a number/);
  });
});
