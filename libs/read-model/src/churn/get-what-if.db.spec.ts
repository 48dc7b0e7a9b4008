import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dateOfDay } from '#insight';
import { getHealth } from '../health/get-health.js';
import { tellPast } from '../testing/models.js';
import { openReadModel, tenant, todayThere } from '../testing/open-read-model.js';
import { getChurnRisk } from './get-churn-risk.js';
import { getIncidents } from '../revenue/get-incidents.js';
import { getWhatIf, type WhatIfOptions } from './get-what-if.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
let ids: string[];
const date = (ahead: number) => dateOfDay(todayThere() + ahead);
const one = { tenant, customer: 'c1' };
const whatIf = (changes: Partial<WhatIfOptions>) => getWhatIf(house.model(), { ...one, without: [], moved: [], ...changes });
const event = (place: number) => ({ source: 'test', id: ids[place]! });

beforeAll(async () => {
  house = await openReadModel();
  ids = await tellPast(house, 'c1', [400, 'customer.registered', { name: 'Nord' }], [400, 'subscription.started', { subscription: 'S1', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', renewsOn: date(40) }],
    [30, 'usage.reported', { from: date(-36), to: date(-30), licensed: 100, active: 90 }], [20, 'ticket.opened', { ticket: 'T1' }], [19, 'ticket.escalated', { ticket: 'T1' }], [18, 'ticket.reopened', { ticket: 'T1' }],
    [10, 'competitor.evaluated', { competitor: 'Rival' }], [9, 'invoice.issued', { invoice: 'I1', amount: { amount: 1, currency: 'EUR' }, dueOn: date(-9) }], [8, 'invoice.overdue', { invoice: 'I1' }],
    [5, 'engagement.call-held', { twoWay: true }]);
});
afterAll(() => house.close());

describe('What the model says of a class of incidents', () => {
  it('is the what-if of each customer whom one touched, times what it pays a year', async () => {
    await tellPast(house, 'i1', [400, 'subscription.started', { subscription: 'I1', recurring: { amount: 50_000, currency: 'EUR' }, interval: 'month', renewsOn: date(60) }], [50, 'ticket.opened', { ticket: 'TI' }], [40, 'ticket.escalated', { ticket: 'TI' }]);
    await tellPast(house, 'i2', [400, 'ticket.opened', { ticket: 'TJ' }], [30, 'ticket.escalated', { ticket: 'TJ' }]);
    await tellPast(house, 'i3', [400, 'subscription.started', { subscription: 'I3', recurring: { amount: 50_000, currency: 'CHF' }, interval: 'month' }], [30, 'ticket.opened', { ticket: 'TK' }], [29, 'ticket.escalated', { ticket: 'TK' }]);
    const found = await getIncidents(house.model(), { tenant, incident: 'escalation' });
    // c1 pays 12,000.00 a year, i1 6,000.00; i2 never paid anything, i3 in francs.
    expect(found).toMatchObject({ touched: 4, withoutRisk: 1, unconverted: 1, currency: 'EUR', model: { id: 'prior' }, figures: { n: 2, tooFew: true, arr: 1_800_000 } });
    expect(found.customers.map(({ customer, events }) => [customer, events.map(({ type }) => type)]).sort()).toEqual([['c1', ['ticket.escalated']], ['i1', ['ticket.escalated']]]);
    for (const { customer, arr, probability, withoutProbability, amount, events } of found.customers) {
      const alone = await whatIf({ customer, without: events });
      expect([probability, withoutProbability]).toEqual([alone.before.probability, alone.after.probability]);
      expect(amount).toBe(alone.before.arrAtRisk[0]!.amount - alone.after.arrAtRisk[0]!.amount);
      expect(arr).toBe(customer === 'c1' ? 1_200_000 : 600_000);
    }
    expect(found.figures!.difference.value).toBe(found.customers.reduce((sum, { amount }) => sum + amount, 0));
    expect(found.figures!.difference.value!).toBeGreaterThan(0);
    expect(await getIncidents(house.model(), { tenant, incident: 'escalation', days: 35 })).toMatchObject({ touched: 3, figures: { n: 1 } });
    expect(await getIncidents(house.model(), { tenant, incident: 'outage' })).toMatchObject({ touched: 0, figures: null, missing: 'no customer was touched; needs outage.customer-affected' });
  });
});

describe('What would be without a fact', () => {
  it('is what would be, had it never been told: risk and score from the story without it', async () => {
    const found = await whatIf({ without: [event(4), event(5)] });
    const [risk, health] = [await getChurnRisk(house.model(), one), await getHealth(house.model(), { ...one, asOf: new Date().toISOString() })];
    expect(found).toMatchObject({ name: 'Nord', before: { probability: risk.probability, score: health.score, say: risk.say }, model: { id: 'prior' }, held: false });
    expect(found.after.probability! < found.before.probability!).toBe(true);
    expect(found.after.score! > found.before.score!).toBe(true);
    expect(found.drivers.slice(0, 2).map(({ id }) => id).sort()).toEqual(['escalated', 'reopened']);
    expect(found.measures.find(({ id }) => id === 'escalated')!.change).toBeGreaterThan(0);
    const sum = (moved: typeof found.measures) => moved.reduce((total, { change }) => total + Math.round(100 * change), 0);
    expect(sum(found.measures)).toBe(Math.round(100 * found.after.score!) - Math.round(100 * found.before.score!));
    for (const moved of [found.drivers, found.measures]) expect(moved.map(({ change }) => Math.abs(change))).toEqual(moved.map(({ change }) => Math.abs(change)).sort((a, b) => b - a));
    expect(found.say).toMatch(/^Risk within 90 days [\d.]+ %, and [\d.]+ % with the changes; score [\d.]+, and [\d.]+\.$/);
    expect(await getChurnRisk(house.model(), one)).toMatchObject({ probability: risk.probability, position: risk.position });
  });

  it('lets a fact have happened, and been known, at another time', async () => {
    const found = await whatIf({ moved: [{ event: event(9), to: date(-300) }] });
    expect(found.measures.map(({ id }) => id)).toContain('contact');
    expect(found.after.probability! > found.before.probability!).toBe(true);
    const later = await whatIf({ moved: [{ event: event(1), to: '2099-01-01' }] });
    expect(later).toMatchObject({ before: { standing: 'running' }, after: { standing: 'prospect', probability: null, arrAtRisk: [] }, drivers: [] });
  });

  it('is what counts where a score is set by hand, beside what is computed; without that fact the computed one counts', async () => {
    const [set] = await tellPast(house, 'c2', [3, 'customer.override-set', { score: 30, reason: 'A guess', until: date(10) }], [400, 'subscription.started', { subscription: 'S2', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', renewsOn: date(200) }],
      [30, 'usage.reported', { from: date(-36), to: date(-30), licensed: 100, active: 90 }], [5, 'engagement.call-held', { twoWay: true }], [4, 'survey.responded', { survey: 'V1', instrument: { kind: 'nps', min: 0, max: 10 }, score: 9 }], [3, 'invoice.paid', { invoice: 'I1' }]);
    const health = await getHealth(house.model(), { tenant, customer: 'c2' });
    const { computed } = health;
    expect(health).toMatchObject({ score: 30, override: { score: 30 } });
    const found = await whatIf({ customer: 'c2', without: [{ source: 'test', id: set! }] });
    expect(found.before).toMatchObject({ score: 30, band: 'at-risk', computed, override: { score: 30, until: date(10) } });
    expect(found.after).toMatchObject({ ...computed, computed, override: null });
    expect(found.measures).toEqual([]);
    expect(found.say).toMatch(/; score 30 set by hand \(computed ([\d.]+|unknown)\), and ([\d.]+|unknown)\.$/);
  });

  it('refuses events that are not of this customer, each with its place', async () => {
    await expect(whatIf({ without: [event(4), { source: 'test', id: 'nowhere' }], moved: [{ event: { source: 'other', id: ids[4]! }, to: date(-1) }] })).rejects.toMatchObject({
      code: 'event-unknown', flaws: [{ pointer: '/without/1', detail: 'There is no event test nowhere in the story of this customer.' }, { pointer: '/moved/0/event' }],
    });
  });
});
