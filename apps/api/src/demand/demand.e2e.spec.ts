import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Reactor } from '#event-store';
import { linkInitiatives } from '#intake';
import { eventually } from '../../../../test/support/read-models.js';
import { startApi, type TestApi } from '../testing/start-api.js';
import { reacting, telling } from '../testing/telling.js';

let api: TestApi;
let reactor: Reactor;
let [anna, admin, other, ingest]: string[] = [];
let { ask, latest, tell } = {} as ReturnType<typeof telling>;
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const pays = (cents: number) => ({ subscription: 'S-1', recurring: { amount: cents, currency: 'EUR' }, interval: 'year' });

beforeAll(async () => {
  api = await startApi();
  [anna, admin, other, ingest] = [await api.key('csm', 'acme', 'anna'), await api.key('admin'), await api.key('admin', 'globex'), await api.key('ingest')];
  reactor = await reacting(api, linkInitiatives);
  ({ ask, latest, tell } = telling(api, { reader: anna!, writer: admin!, unit: DAY }));
  await tell(['north', 'customer.registered', 300, { name: 'Nord & <Licht>', segment: 'small', owner: 'anna' }], ['south', 'customer.registered', 300, { name: 'Südwind', segment: 'large' }],
    ['north', 'subscription.started', 300, pays(100_000)], ['south', 'subscription.started', 300, pays(300_000)],
    ['north', 'feedback.request-raised', 60, { feedback: 'F-1', what: 'Print from a tablet' }], ['north', 'feedback.themed', 60, { feedback: 'F-1', themes: ['printing', 'mobile'] }],
    ['south', 'feedback.request-raised', 30, { feedback: 'F-2', what: 'Tablets, please' }], ['south', 'feedback.themed', 30, { feedback: 'F-2', themes: ['mobile'] }],
    ['south', 'feedback.workaround-tool-seen', 20, { tool: 'Shared spreadsheet', seats: 14 }], ['north', 'competitor.evaluated', 10, { competitor: 'Brightfold', product: 'Desk' }],
    ['south', 'sale.lost', 40, { opportunity: 'O-1', competitor: 'Brightfold', reason: 'price' }], ['north', 'promise.made', 50, { promise: 'K-1', what: 'A printer', dueOn: ago(20).slice(0, 10), kind: 'delivery' }],
    ['south', 'promise.made', 50, { promise: 'K-2', what: 'A call' }], ['south', 'promise.kept', 45, { promise: 'K-2' }],
    ['north', 'goal.outcome-claimed', 15, { outcome: 'W-1', what: 'Two days less', value: { amount: 50_000, currency: 'EUR' }, initiative: 'I-7' }], ['north', 'goal.outcome-confirmed', 5, { outcome: 'W-1' }],
    ['north', 'contact.added', 200, { contact: 'p-1', name: 'Ines', role: 'payer', sponsor: true }], ['north', 'engagement.visit-made', 8, { twoWay: true, with: ['p-1'] }]);
}, 60_000);
afterAll(async () => {
  await reactor.stop();
  await api.stop();
});

const post = (path: string, body?: unknown, key = admin) => ask(path, { key, method: 'POST', body });

describe('Demand', () => {
  it('is told by theme, weighed, and opens into customers and facts', async () => {
    const answer = await latest('/v1/demand?sort=accounts');
    expect(answer).toMatchObject({ sort: 'accounts', currency: 'EUR', notMeasured: null, coverage: { customers: 2, withArr: 2 }, total: { requests: 2, accounts: 2, arr: [{ amount: 400_000, currency: 'EUR' }], open: 2 } });
    expect(answer.themes.items.map(({ theme, requests, arr }: any) => [theme, requests, arr[0].amount])).toEqual([['mobile', 2, 400_000], ['printing', 1, 100_000]]);
    expect(answer.themes.items[1].list.items[0]).toMatchObject({ feedback: 'F-1', customer: { id: 'north', owner: 'anna' }, events: [{ source: 'crm', id: 'e-5', type: 'feedback.request-raised' }, { id: 'e-6' }] });
    expect(answer.tools.items).toMatchObject([{ tool: 'Shared spreadsheet', seats: 14, accounts: 1 }]);
    expect((await latest('/v1/demand?segment=large&theme=mobile')).total).toMatchObject({ requests: 1 });
    expect((await latest('/v1/demand?owner=me')).total).toMatchObject({ requests: 1 });
    expect(await latest(`/v1/demand?asOf=${ago(45).slice(0, 10)}`)).toMatchObject({ total: { requests: 1, oldestDays: 15, arr: [{ amount: 100_000 }], arrAtRisk: null }, noRisk: expect.stringContaining('churn-risk?asOf=') });
    expect(await ask('/v1/demand?theme=zzz')).toMatchObject({ status: 404, body: { code: 'part-unknown', detail: expect.stringMatching(/^There is no theme "zzz"; there are: mobile, printing\. Ask/), errors: [{ pointer: '/theme' }] } });
    expect(await ask('/v1/demand/promises?segment=zzz')).toMatchObject({ status: 404, body: { code: 'part-unknown', detail: expect.stringMatching(/^There is no segment "zzz"; there are: large, small\. Ask/), errors: [{ pointer: '/segment' }] } });
    expect(await ask(`/v1/demand?sort=risk&asOf=${ago(45).slice(0, 10)}`)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/sort' }] } });
    // Of some customers, what others ask for is nothing, and no mistake.
    expect((await ask('/v1/demand?segment=large&theme=printing')).body.total.requests).toBe(0);
    expect(await latest('/v1/demand', other)).toMatchObject({ total: { requests: 0, oldestDays: null }, notMeasured: 'Not measured: nothing is known of what customers ask for. It needs facts of the type feedback.request-raised.' });
  });

  it('follows an initiative from the request to the customer who was told, and those who never heard', async () => {
    const told = { initiative: 'I-7', title: 'Printing from tablets', themes: ['mobile'], requests: ['F-1'], strategy: 'mobile-first' };
    expect((await post('/v1/initiatives', told, anna)).status).toBe(403);
    expect(await post('/v1/initiatives', { ...told, requests: ['F-99'] })).toMatchObject({ status: 404, body: { code: 'feedback-unknown' } });
    expect(await post('/v1/initiatives', { ...told, title: '' })).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: [{ pointer: '/title' }] } });
    expect(await post('/v1/initiatives', told)).toMatchObject({ status: 201, body: { initiative: 'I-7', position: expect.any(String) } });
    expect(await post('/v1/initiatives', told)).toMatchObject({ status: 409, body: { code: 'initiative-known' } });
    expect(await post('/v1/initiatives/I-7/tell')).toMatchObject({ status: 409, body: { code: 'initiative-not-delivered' } });
    expect(await post('/v1/initiatives/I-8/deliver')).toMatchObject({ status: 404, body: { code: 'initiative-unknown' } });
    const [seven] = (await latest('/v1/demand/initiatives')).initiatives.items;
    expect(seven).toMatchObject({ state: 'running', asked: 2, have: 0, told: 0, outcomes: { claimed: 1, confirmed: 1, value: { confirmed: [{ amount: 50_000, currency: 'EUR' }] } } });
    await post('/v1/initiatives/I-7/deliver');
    await eventually(async () => (await latest('/v1/demand/initiatives')).initiatives.items[0].linked === 1);
    expect((await latest('/v1/demand/initiatives'))).toMatchObject({ neverHeard: 2, initiatives: { items: [{ state: 'delivered', have: 2, leftOut: ['south', 'north'] }] } });
    await post('/v1/initiatives/I-7/tell');
    await eventually(async () => (await latest('/v1/demand/initiatives')).neverHeard === 1);
    const touches = (await latest('/v1/customers/north/timeline?family=initiative')).touches;
    expect(touches.map(({ type, words, actor }: any) => [type, words, actor.id]).sort()).toEqual([
      ['initiative.customer-linked', 'an initiative answers requests of the customer', 'touchline:link-initiatives'], ['initiative.customer-told', 'the customer was told what came of an initiative', 'touchline:link-initiatives'],
      ['initiative.delivered', 'an initiative was delivered', 'touchline:link-initiatives'],
    ]);
    await post('/v1/initiatives/I-7/requests', { requests: ['F-2'] });
    await eventually(async () => (await latest('/v1/demand/initiatives')).initiatives.items[0].linked === 2);
    expect((await latest('/v1/demand/initiatives'))).toMatchObject({ neverHeard: 1, initiatives: { items: [{ state: 'told', leftOut: ['south'] }] } });
    await post('/v1/initiatives', { initiative: 'I-8', title: 'A new logo' });
    await post('/v1/initiatives/I-8/drop', { reason: 'nobody-asked' });
    const trace = await latest('/v1/demand/traceability');
    expect(trace).toMatchObject({ share: { n: 2, value: 0.5 }, without: ['I-8'], demand: { answered: { n: 2, value: 1 }, arr: [{ amount: 400_000 }] } });
    expect(trace.initiatives.items.map(({ initiative, lacks }: any) => [initiative, lacks])).toEqual([['I-7', null], ['I-8', 'nothing-named']]);
    expect(await ask('/v1/demand/traceability?from=2026-02-31')).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
  });

  it('tells outcomes, competitors, promises and who is not heard of', async () => {
    expect(await latest('/v1/demand/outcomes')).toMatchObject({ figures: { claimed: 1, confirmed: 1, confirmedShare: { n: 1, value: 1 } }, withoutGoal: { items: [{ id: 'south' }, { id: 'north' }], more: 0 } });
    expect(await latest('/v1/demand/competition')).toMatchObject({ days: 180, longYears: 3, pressed: 1, withGap: 0, longAndWell: { accounts: 0, unknown: 0, customers: [] }, accounts: { items: [{ pays: { median: null, ratio: null } }] }, products: [{ name: 'Desk', customers: ['north'] }], losses: 1, lostTo: { items: [{ competitor: 'Brightfold', losses: 1 }] }, winBack: { items: [{ customer: { id: 'south' }, delivered: ['I-7'] }] } });
    expect(await latest('/v1/demand/promises')).toMatchObject({ figures: { promises: 2, kept: 1, overdue: 1, keptRate: { n: 1, value: 1 }, keptOfDue: { n: 2, value: 0.5 } }, overdue: { items: [{ promise: 'K-1', kind: 'delivery', customer: { id: 'north' } }] } });
    const presence = await latest('/v1/demand/presence');
    expect(presence).toMatchObject({ days: 90, sponsors: { live: 1, never: { accounts: 1, arr: [{ amount: 300_000 }], items: [{ customer: { id: 'south' } }] } }, neverVisited: { accounts: 1 }, quiet: { accounts: 0 } });
    expect(presence.notMeasured).toEqual(['Not measured: nothing is known of use. It needs facts of the type usage.reported or usage.feature-adopted.']);
    expect(await latest('/v1/demand/presence?days=5&limit=1')).toMatchObject({ quiet: { accounts: 2, items: [{ customer: { id: 'south' } }], more: 1 } });
    expect((await ask('/v1/demand/promises', { key: ingest })).status).toBe(403);
  });

  it('is drawn on a page, with what is missing said in the place of a figure', async () => {
    const page = await (await api.call(anna!, 'GET', '/demand')).text();
    for (const words of ['Nord &amp; &lt;Licht&gt;', 'Printing from tablets', 'A new logo', 'names no request', 'Brightfold (evaluated)', 'Never visited: 1', 'nothing is known of use']) expect(page).toContain(words);
    expect(page).not.toContain('<Licht>');
    expect(await (await api.call(other!, 'GET', '/demand')).text()).toContain('It needs facts of the type initiative.started.');
    expect((await api.call(anna!, 'GET', '/demand?sort=size')).status).toBe(400);
  });
});
