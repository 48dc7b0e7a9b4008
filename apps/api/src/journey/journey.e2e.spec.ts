import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findType } from '#journey';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let [anna, admin, other]: string[] = [];
let n = 0;
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const S = { recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month' };
type Told = [type: string, days: number, data: object];

beforeAll(async () => {
  api = await startApi();
  [anna, admin, other] = [await api.key('csm', 'acme', 'anna'), await api.key('admin'), await api.key('admin', 'globex')];
  const sold = (customer: string, days: number): Told[] => [['customer.registered', days, { name: `${customer} & <Sons>`, ...(customer !== 'auk' && { segment: 'large' }) }], ['sale.won', days, { opportunity: 'O-1' }], ['subscription.started', days - 10, { subscription: `S-${customer}`, ...S }]];
  await tell('tern', ...sold('tern', 400), ['deployment.went-live', 350, { deployment: 'D-1' }], ['goal.outcome-claimed', 210, { outcome: 'W-1', what: 'Two days less' }], ['goal.outcome-confirmed', 200, { outcome: 'W-1' }]);
  await tell('gull', ...sold('gull', 300), ['deployment.started', 290, { deployment: 'D-1', plannedGoLive: ago(200).slice(0, 10) }]);
  await tell('auk', ...sold('auk', 500), ['deployment.went-live', 450, { deployment: 'D-1' }], ['subscription.ended', 100, { subscription: 'S-auk', reason: 'voluntary' }]);
  await tell('wren', ['customer.registered', 5, { name: 'Wren' }]);
}, 60_000);
afterAll(() => api.stop());

const tell = async (customer: string, ...facts: Told[]) => {
  const { body } = await ask('/v1/events', admin, 'POST', facts.map(([type, days, data]) => ({ id: `e-${++n}`, source: 'crm', type, customer, time: ago(days), data })));
  expect(body.results.filter(({ status }: { status: string }) => status !== 'appended')).toEqual([]);
};
const ask = async (path: string, key = anna, method = 'GET', sent?: unknown) => {
  const response = await api.call(key!, method, path, sent);
  return { status: response.status, body: await response.json() as any };
};
const latest = async (path: string, key = anna) => (await ask(`${path}${path.includes('?') ? '&' : '?'}minPosition=${await api.connections.store.head()}`, key)).body;
const page = async (path: string) => (await api.call(anna!, 'GET', path, undefined, { accept: 'text/html', 'sec-fetch-site': 'same-origin' })).text();

describe('The journey of customers', () => {
  it('tells where they are, what they pay, who is stuck, and how long value takes', async () => {
    const { customers, stages, stuck, stalled, timeToValue, paths, map } = await latest('/v1/journey');
    expect([customers, map]).toEqual([{ n: 4, seen: 3, inStage: 3, held: 0 }, { version: 0, decided: null }]);
    expect(stages.map(({ stage, customers: now, visits }: any) => [stage, now, visits])).toEqual([['sale', null, 0], ['onboarding', 1, 3], ['adoption', 0, 2], ['value', 1, 1], ['renewal', null, 0], ['expansion', null, 0], ['left', 1, 1], ['lost', null, 0]]);
    expect([stages[1].arr, stages[1].dwell.median, stages[1].missing, stages[0].missing]).toEqual([[{ amount: 1_200_000, currency: 'EUR' }], expect.objectContaining({ value: 50 }), null, 'Not measured: needs sale.opportunity-opened.']);
    expect(stuck.items).toEqual([expect.objectContaining({ customer: 'gull', stage: 'onboarding', days: 300, limit: { days: 90, by: 'declared' }, events: [expect.objectContaining({ source: 'crm', id: 'e-8', type: 'sale.won' })] })]);
    expect(stalled.items).toEqual([expect.objectContaining({ customer: 'gull', said: false, since: ago(186).slice(0, 10) })]);
    expect(timeToValue).toMatchObject({ start: 'signature', n: 3, reached: 1, leftWithout: 1, waiting: 1, missing: null, median: { value: null } });
    expect(paths.churned).toEqual({ n: 1, items: [{ stages: ['onboarding', 'adoption'], n: 1, share: 1 }] });
  });

  it('tells customers apart, and time to value by the quarter of the start', async () => {
    const { groups, trend } = await latest('/v1/journey?by=segment');
    expect(groups).toMatchObject({ by: 'segment', n: 2, missing: null });
    expect(groups.items.map(({ group, customers, going, gone, timeToValue, verdict }: any) => [group, customers, going, gone, timeToValue.n, timeToValue.reached, verdict])).toEqual([['large', 2, 2, 0, 2, 1, 'too-few'], [null, 1, 0, 1, 1, 0, 'too-few']]);
    // Of the two in the group one churned nowhere: nobody of it has decided; of the others the one that left did.
    expect([groups.items[0].renewed.n, groups.items[0].others]).toEqual([0, expect.objectContaining({ n: 1, value: 0 })]);
    const quarter = (days: number) => `${ago(days).slice(0, 4)}-Q${Math.ceil(Number(ago(days).slice(5, 7)) / 3)}`;
    const started = [400, 300, 500].map(quarter);
    expect(trend.items.map(({ quarter: name, n }: any) => [name, n])).toEqual([...new Set(started)].sort().map((name) => [name, started.filter((each) => each === name).length]));
    expect(trend.items.every(({ few }: any) => few)).toBe(true);
    expect((await latest('/v1/journey?by=product')).groups).toMatchObject({ n: 0, items: [], missing: 'Not measured: needs subscription.started that name the product.' });
    expect((await latest('/v1/journey?by=cohort')).groups.items.map(({ group }: any) => group).sort()).toEqual([...new Set(started)].sort());
    expect((await latest('/v1/journey?explain=group&by=segment&key=large')).explained.items.map(({ customer }: any) => customer)).toEqual(['gull', 'tern']);
    expect((await latest(`/v1/journey?explain=time-to-value&key=${started[2]!}`)).explained.items.map(({ customer }: any) => customer)).toContain('auk');
    const csv = await (await api.call(anna!, 'GET', '/v1/journey?by=segment&format=csv')).text();
    expect(csv).toMatch(/groups\.items\.timeToValue\.reached,group=large,1,/);
    expect(csv).toMatch(/trend\.items\.n,quarter=20\d\d-Q\d,/);
    const text = await page('/journey?by=segment');
    for (const words of ['<h2 id="by-segment">By segment</h2>', '<a href="#by-segment">', '<h3>large</h3>', 'Time to value by quarter of the start', '(of few)', 'Not said']) expect(text).toContain(words);
  });

  it('opens each figure into customers and facts, and can be had as it was', async () => {
    const explained = async (figure: string, key: string) => (await latest(`/v1/journey?explain=${figure}&key=${encodeURIComponent(key)}`)).explained;
    expect(await explained('transition', 'onboarding>adoption')).toMatchObject({ n: 2, more: 0, items: [{ customer: 'auk', days: 50, events: [{ type: 'sale.won' }, { type: 'deployment.went-live' }] }, { customer: 'tern' }] });
    expect((await explained('moment', 'goes-live')).items.map(({ customer, state }: any) => [customer, state])).toEqual([['auk', 'met'], ['gull', 'missed'], ['tern', 'met']]);
    expect((await explained('path', 'churned:onboarding>adoption')).n).toBe(1);
    expect((await latest(`/v1/journey?asOf=${ago(340).slice(0, 10)}`)).stages.map(({ customers }: any) => customers)).toEqual([null, 0, 2, null, null, null, null, null]);
    expect((await latest(`/v1/journey?knownAt=${ago(2).slice(0, 10)}`)).customers.seen).toBe(0);
  });

  it('of one customer names every stage, moment and fact', async () => {
    expect(await latest('/v1/customers/tern/journey')).toMatchObject({
      now: { stage: 'value', days: 200 }, visits: [{ stage: 'onboarding', days: 50, events: [{ id: 'e-2' }, { id: 'e-4' }] }, { stage: 'adoption' }, { stage: 'value', left: null }], missing: null,
      expectations: expect.arrayContaining([expect.objectContaining({ id: 'first-value', state: 'met', by: expect.objectContaining({ type: 'goal.outcome-confirmed' }) }), expect.objectContaining({ id: 'first-review', state: 'missed', by: null })]),
    });
    expect((await latest('/v1/customers/wren/journey')).missing).toMatch(/^Not measured: needs sale\.opportunity-opened, /);
    expect((await ask('/v1/customers/nobody/journey')).body.code).toBe('customer-unknown');
  });

  it('says of an empty tenant what would be needed, and no figure', async () => {
    const { stages, timeToValue, renewals, expectations, stalled } = await latest('/v1/journey', other);
    expect([...stages, timeToValue, renewals, stalled, ...expectations].map(({ missing }: any) => missing)).toEqual(Array(stages.length + 3 + expectations.length).fill(expect.stringMatching(/^Not measured: needs [a-z]+\./)));
    expect([stages[0].customers, stages[0].dwell, timeToValue.median.value, timeToValue.curve, renewals.renewed.value, expectations[0].rate.value]).toEqual([null, null, null, [], null, null]);
  });

  it('never says that one thing makes another', async () => {
    const everything = [JSON.stringify(await latest('/v1/journey')), await page('/journey')].join();
    expect(everything).toMatch(/association/i);
    expect(everything).not.toMatch(/\beffects?\b|because|leads? to|caus(e|es|ed|ing)\b/i);
  });

  it('refuses what is not there, and points at it', async () => {
    expect((await ask('/v1/journey?start=birth')).body).toMatchObject({ code: 'invalid-parameter', detail: expect.stringContaining('start must be one of signature, kickoff, first-login') });
    expect((await ask('/v1/journey?explain=luck')).body.code).toBe('invalid-parameter');
    for (const query of ['stage&key=zzz', 'dwell&key=zzz', 'touch&key=onboarding/zzz', 'moment&key=zzz', 'renewal&key=zzz', 'time-to-value&key=zzz', 'group&by=segment&key=zzz', 'transition&key=onboarding>zzz', 'path&key=churned:sale>zzz']) expect([query, await ask(`/v1/journey?explain=${query}`)]).toEqual([query, { status: 404, body: expect.objectContaining({ code: 'part-unknown', errors: [{ pointer: '/key', detail: expect.stringMatching(/there are: .*(onboarding|goes-live|20\d\d-Q\d|large)/) }] }) }]);
    for (const query of ['explain=stage', 'explain=path', 'key=sale', 'explain=path&key=zzz', 'explain=transition&key=zzz']) expect([query, (await ask(`/v1/journey?${query}`)).body]).toEqual([query, expect.objectContaining({ code: 'invalid-parameter', errors: [{ pointer: '/key', detail: expect.any(String) }] })]);
    expect((await ask('/v1/journey?explain=group')).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/by' }] });
    expect((await ask('/v1/journey?by=weather')).body.code).toBe('invalid-parameter');
    for (const query of ['transition&key=onboarding>', 'path&key=renewed:sale', 'touch', 'time-to-value']) expect([query, (await ask(`/v1/journey?explain=${query}`)).status]).toEqual([query, 200]);
    expect((await ask('/v1/journey?asOf=2999-01-01')).body.code).toBe('invalid-parameter');
    expect((await ask('/v1/journey/map?version=7')).body.code).toBe('invalid-parameter');
  });

  it('is drawn, also in words, and marked in the timeline', async () => {
    const text = await page('/journey');
    for (const words of ['<title id="stages-title">', '<title id="value-title">', 'gull &amp; &lt;Sons&gt;', 'Too few to compare', 'Onboarding → Adoption', '1 customer of 3 had value', 'Not measured: needs']) expect(text).toContain(words);
    const customer = await page('/customers/tern');
    for (const words of ['<strong>Value</strong> since', 'Moment of truth met: First outcome that the customer confirms', 'Stage: Adoption', 'Expected touch missed after this: First business review']) expect(customer).toContain(words);
    expect(await page('/customers/wren')).toContain('Not measured: needs');
  });
});

describe('The map', () => {
  const example = findType('journeymap.set')!.example as any;
  const set = (body: unknown, key = admin) => ask('/v1/journey/map', key, 'PUT', body);

  it.each([
    ['a type that there is not', (map: any) => { map.stages[0].enter[0].type = 'sale.celebrated'; }, '/stages/0/enter/0/type'],
    ['a type of ours', (map: any) => { map.timeToValue.value = [{ type: 'theme.set' }]; }, '/timeToValue/value/0/type'],
    ['a field that is sealed', (map: any) => { map.moments[0].met[0].where.field = 'verbatim'; }, '/moments/0/met/0/where/field'],
    ['a stage that there is not', (map: any) => { map.stages[1].after = ['nowhere']; }, '/stages/1/after/0'],
    ['a stage twice', (map: any) => { map.stages[1].stage = 'onboarding'; }, '/stages/1/stage'],
    ['a moment that never begins', (map: any) => { delete map.moments[0].stage; }, '/moments/0'],
    ['a touch after the end', (map: any) => { map.stages[2].touches = map.stages[0].touches; }, '/stages/2/touches'],
    ['no days', (map: any) => { map.stages[0].maxDays = 0; }, '/stages/0/maxDays'],
    ['no reason', (map: any) => { delete map.reason; }, '/reason'],
  ])('is refused with %s', async (_, spoil, pointer) => {
    const map = structuredClone(example);
    spoil(map);
    const { status, body } = await set(map);
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid-body', pointer]);
  });

  it('is decided on by administrators, keeps its versions, and is laid over all of the past', async () => {
    expect((await ask('/v1/journey/map')).body).toMatchObject({ version: 0, inForce: true, say: expect.stringMatching(/^The first map counts/) });
    expect((await set(example, anna)).body.code).toBe('forbidden');
    expect((await set(example)).body).toMatchObject({ version: 1, position: expect.any(String) });
    expect((await set({ ...example, reason: 'Again' })).body.version).toBe(2);
    expect((await ask('/v1/journey/map')).body).toMatchObject({ version: 2, inForce: true, say: null, decided: { reason: 'Again', by: { id: 'admin-1' } }, map: { stages: example.stages }, versions: [{ version: 0 }, { version: 1 }, { version: 2 }] });
    expect((await ask('/v1/journey/map?version=0')).body).toMatchObject({ inForce: false, map: { stages: expect.arrayContaining([expect.objectContaining({ stage: 'renewal' })]) } });
    const { stages, map } = await latest('/v1/journey');
    expect([map.version, stages.map(({ stage, customers }: any) => [stage, customers])]).toEqual([2, [['onboarding', 1], ['in-use', 1], ['left', 1]]]);
    expect((await latest('/v1/journey', other)).map.version).toBe(0);
  });
});
