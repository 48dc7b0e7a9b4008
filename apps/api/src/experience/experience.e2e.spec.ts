import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Reactor } from '#event-store';
import { linkOutages } from '#intake';
import { startApi, type TestApi } from '../testing/start-api.js';
import { reacting, telling } from '../testing/telling.js';

let api: TestApi;
let reactor: Reactor;
let [anna, admin, other]: string[] = [];
let { ask, latest, tell } = {} as ReturnType<typeof telling>;
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const csat = { kind: 'csat', min: 1, max: 5 };
const nps = { kind: 'nps', min: 0, max: 10, name: 'relation' };

beforeAll(async () => {
  api = await startApi();
  [anna, admin, other] = [await api.key('csm', 'acme', 'anna'), await api.key('admin'), await api.key('admin', 'globex')];
  reactor = await reacting(api, linkOutages);
  ({ ask, latest, tell } = telling(api, { reader: anna!, writer: admin!, unit: HOUR }));
  await tell(['north', 'customer.registered', 300, { name: 'Nordlicht', segment: 'small' }], ['south', 'customer.registered', 300, { name: 'Südwind', segment: 'large' }],
    ['north', 'subscription.started', 300, { subscription: 'S-1', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'year' }],
    ['north', 'ticket.opened', 100, { ticket: 'T-1', queue: 'Desk', category: 'printing', priority: 'normal' }], ['north', 'ticket.assigned', 99, { ticket: 'T-1', agent: 'a-1' }], ['north', 'ticket.replied', 98, { ticket: 'T-1', by: 'agent' }],
    ['north', 'ticket.paused', 96, { ticket: 'T-1' }], ['north', 'ticket.resumed', 90, { ticket: 'T-1' }], ['north', 'ticket.resolved', 80, { ticket: 'T-1' }],
    ['south', 'ticket.opened', 60, { ticket: 'T-2', queue: 'Desk' }], ['south', 'ticket.sla-missed', 50, { ticket: 'T-2' }],
    ['north', 'survey.sent', 70, { survey: 'V-1', instrument: csat, ticket: 'T-1' }], ['north', 'survey.responded', 60, { survey: 'V-1', instrument: csat, score: 2, ticket: 'T-1', role: 'user', verbatim: 'We waited <far> too long for <b>nothing</b>.' }],
    ['south', 'survey.responded', 40, { survey: 'V-2', instrument: nps, score: 9, role: 'payer', verbatim: 'Never had to wait.' }], ['south', 'survey.responded', 30, { survey: 'V-3', instrument: nps, score: 3, role: 'user', verbatim: 'The invoice was wrong.' }]);
}, 60_000);
afterAll(async () => {
  await reactor.stop();
  await api.stop();
});

describe('Service experience', () => {
  it('is told in figures with n and interval, of all and by queue, and names the facts', async () => {
    const answer = await latest('/v1/experience?by=queue&explain=resolve&key=Desk');
    expect(answer.overall).toMatchObject({ answers: { n: 3, accounts: 2 }, nps: { respondent: { n: 2, value: 0 }, account: { n: 1 } }, csat: { n: 1, value: 0 }, tickets: { tickets: 2, open: 1, slaKept: { n: 2, value: 0.5 }, resolve: { wall: { mean: { n: 1, value: 840, low: null }, waiting: 1 } }, firstResponse: { wall: { mean: { n: 1, value: 120 } } } } });
    expect(answer.groups.map(({ key, answers, tickets }: any) => [key, answers.n, tickets.tickets])).toEqual([['Desk', 1, 2]]);
    expect(answer.explained).toMatchObject({ figure: 'resolve', of: 2, more: 0 });
    expect(answer.explained.events.map(({ type }: any) => type)).toEqual(['ticket.opened', 'ticket.paused', 'ticket.resumed', 'ticket.resolved', 'ticket.opened']);
    expect(answer.explained.events[0]).toEqual({ source: 'crm', id: 'e-4', type: 'ticket.opened', customer: 'north', about: 'T-1' });
  });

  it('names the facts that made a figure, and no others', async () => {
    await tell(...[20, 19].flatMap((hours): [string, string, number, object][] => [['third', 'survey.sent', hours + 480, { survey: `V-third-${hours}`, instrument: nps, contact: 'p-1' }], ['third', 'survey.responded', hours, { survey: `V-third-${hours}`, instrument: nps, contact: 'p-1', score: 9 }]]),
      ['third', 'survey.responded', 10, { survey: 'V-odd', instrument: { kind: 'csat', min: 0, max: 100 }, score: 50 }], ['third', 'survey.sent', 10, { survey: 'V-new', instrument: csat }]);
    for (const [figure, of] of [['nps', 'nps.respondent'], ['csat', 'csat'], ['response', 'response.rate'], ['reopened', 'tickets.reopened'], ['top-box', 'topBox'], ['sla', 'tickets.slaKept']] as const) {
      const { overall, explained } = await latest(`/v1/experience?explain=${figure}`);
      expect([figure, explained.of]).toEqual([figure, of.split('.').reduce((part, name) => part[name], overall).n]);
    }
    expect((await latest('/v1/experience?explain=nps')).explained.events.map(({ about }: any) => about)).toEqual(['V-2', 'V-3', 'V-third-19']);
  });

  it('shows no agent of few tickets, and no other tenant anything', async () => {
    expect(await latest('/v1/experience?by=agent')).toMatchObject({ groups: [], hidden: { agents: 2, under: 30 } });
    expect(await latest('/v1/experience', other)).toMatchObject({ overall: { answers: { n: 0 }, tickets: { tickets: 0 } }, missing: { nps: expect.stringContaining('needs survey.responded'), sla: expect.stringContaining('needs ticket.opened'), response: expect.stringContaining('survey.sent') } });
  });

  it('tells no agent\'s single figure below 30, names no facts of it, and none that would tell who is hidden', async () => {
    const score = (agent: string, count: number, kinds: number) => Array.from({ length: count }, (_, place): [string, string, number, object][] => {
      const at = 40_000 - place;
      const about = { ticket: `T-${agent}-${place}` };
      return [['north', 'ticket.opened', at, about], ['north', 'ticket.assigned', at, { ...about, agent }], ['north', 'survey.responded', at - 1, { survey: `V-${agent}-${place}`, instrument: place < kinds ? nps : csat, score: 5, ...about }]];
    }).flat();
    await tell(...score('big', 31, 1), ...score('next', 40, 0), ...score('few', 2, 0));
    const window = `from=${ago(41_000).slice(0, 10)}&to=${ago(39_000).slice(0, 10)}&by=agent`;
    const { groups, hidden, overall } = await latest(`/v1/experience?${window}`);
    // One is hidden, so the next smallest is too; its NPS would stand on one answer besides.
    expect([hidden.agents, groups.map(({ key, csat: { n, value } }: any) => [key, n, value]), overall.csat.n]).toEqual([2, [['next', 40, 1]], 72]);
    const explained = (agent: string) => ask(`/v1/experience?${window}&explain=csat&key=${agent}`);
    expect((await explained('next')).body.explained.of).toBe(40);
    // Who is hidden is refused in the same words as who is not there.
    for (const agent of ['big', 'few', 'nobody']) {
      expect(await explained(agent)).toMatchObject({ status: 404, body: { code: 'part-unknown', detail: expect.stringContaining(`There is no agent "${agent}"; there are: next.`), errors: [{ pointer: '/key' }] } });
    }
    expect((await ask('/v1/experience?explain=csat&key=next')).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/key' }] });
  });

  it('can be had as it was', async () => {
    const then = await latest(`/v1/experience?asOf=${ago(85)}`);
    expect(then.overall).toMatchObject({ answers: { n: 0 }, tickets: { tickets: 1, open: 1, resolve: { wall: { waiting: 1 } } } });
  });

  it('draws equal stretches, none a rest', async () => {
    const { trend } = await latest('/v1/experience?from=2022-01-01&to=2022-03-31');
    const lengths = trend.map(({ from, to }: any) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
    expect([trend.length, Math.min(...lengths), Math.max(...lengths), trend[0].from, trend.at(-1).to]).toEqual([12, 7, 8, '2022-01-01', '2022-03-31']);
    expect(trend.slice(1).map(({ from }: any) => Date.parse(from))).toEqual(trend.slice(0, -1).map(({ to }: any) => Date.parse(to) + 86_400_000));
    expect((await latest('/v1/experience?from=2022-01-01&to=2022-01-03')).trend.map(({ from, to }: any) => [from, to])).toEqual(['01', '02', '03'].map((day) => [`2022-01-${day}`, `2022-01-${day}`]));
  });

  it('names whose users have fallen, not who has left', async () => {
    await tell(...['left', 'stays'].flatMap((customer): [string, string, number, object][] => [
      [customer, 'subscription.started', 3_000, { subscription: `S-${customer}`, recurring: { amount: 1_000, currency: 'EUR' }, interval: 'year' }], ...(customer === 'left' ? [[customer, 'subscription.ended', 300, { subscription: `S-${customer}`, reason: 'voluntary' }] as [string, string, number, object]] : []),
      ...[10, 10, 1, 1, 1].map((score, place): [string, string, number, object] => [customer, 'survey.responded', 500 - place, { survey: `V-${customer}-${place}`, instrument: nps, score, role: 'user' }]), [customer, 'survey.responded', 490, { survey: `V-${customer}-payer`, instrument: nps, score: 9, role: 'payer' }],
    ]));
    const { spread, methods } = await latest('/v1/experience');
    expect([spread.warned.map(({ customer }: any) => customer), spread.lag.n]).toEqual([['stays'], 1]);
    expect([methods.nps, methods.spread, (await latest('/v1/experience/pain')).method].every((method) => method.includes('are those of today'))).toBe(true);
  });

  it('finds green tickets that are red inside', async () => {
    const { overall, accounts } = await latest('/v1/experience/watermelon');
    expect(overall).toMatchObject({ tickets: 1, redInside: { n: 1, value: 1 } });
    expect(accounts).toEqual([expect.objectContaining({ key: 'north', name: 'Nordlicht', red: ['T-1'] })]);
  });

  it('finds what hurts, by themes of our own or the tenant\'s, and holds no words', async () => {
    await tell(['quiet', 'subscription.started', 9_000, { subscription: 'S-quiet', recurring: { amount: 1_000, currency: 'EUR' }, interval: 'year' }], ['before', 'subscription.started', 20_000, { subscription: 'S-before', recurring: { amount: 1_000, currency: 'EUR' }, interval: 'year' }], ['before', 'subscription.ended', 10_000, { subscription: 'S-before', reason: 'voluntary' }]);
    const first = await latest('/v1/experience/pain');
    // North and south, who have complained, and who could have: stays and quiet, and left, who was there for a while; not who was gone before.
    expect(first.pains[0].customers).toMatchObject({ n: 5, value: 0.2 });
    expect(first.pains[0]).toMatchObject({ theme: 'speed', mentions: 1, severity: { value: 0.75 }, pain: { amount: 75_000, currency: 'EUR' }, of: [{ kind: 'survey', id: 'V-1' }] });
    expect(first.pains.map(({ label }: any) => label).sort()).toEqual(['Price and invoices', 'Waiting and speed', 'printing']);
    expect(JSON.stringify(first)).not.toMatch(/waited|invoice was/);
    expect((await ask('/v1/experience/themes/print', { key: admin, method: 'PUT', body: { label: 'Printing', words: ['nothing'], categories: ['Printing'] } })).status).toBe(200);
    const own = await latest('/v1/experience/pain');
    expect([own.told.own, own.pains.map(({ theme, mentions }: any) => [theme, mentions])]).toEqual([true, [['print', 2]]]);
    await tell(['south', 'survey.themed', 1, { survey: 'V-3', themes: ['print'] }]);
    expect(await latest('/v1/experience/pain')).toMatchObject({ pains: [{ theme: 'print', mentions: 3 }], told: { coded: 1 } });
    expect((await ask('/v1/experience/themes/print/retire', { key: admin, method: 'POST' })).status).toBe(200);
    expect((await ask('/v1/experience/themes/print/retire', { key: admin, method: 'POST' })).body.code).toBe('theme-unknown');
    expect((await ask('/v1/experience/themes/print', { method: 'PUT', body: { label: 'x', words: ['x'] } })).status).toBe(403);
  });

  it('tells answers apart by what the question was about, with their trend, and response by none', async () => {
    const day = 700;
    const said = (name: string, subject: string | null, score: number, days: number): [string, string, number, object] => ['asked', 'survey.responded', 24 * days, { survey: `V-about-${name}`, instrument: csat, score, ...(subject && { subject }) }];
    // Support: one excellent of three, the one in the second half; products: one of one; one says nothing.
    await tell(said('1', 'support', 2, day), said('2', 'support', 3, day - 1), said('3', 'support', 5, day - 8), said('4', 'product', 5, day), said('5', null, 1, day), ['asked', 'survey.sent', 24 * day, { survey: 'V-about-6', instrument: csat, subject: 'support' }]);
    const { subjects, groups } = await latest(`/v1/experience?by=subject&from=${ago(24 * (day + 1)).slice(0, 10)}&to=${ago(24 * (day - 10)).slice(0, 10)}`);
    expect(subjects.map(({ key, topBox: { n: count, value } }: any) => [key, count, value])).toEqual([['product', 1, 1], ['support', 3, 0.3333], [null, 1, 0]]);
    const [, support] = subjects;
    expect([support.trend.length, support.trend.filter(({ topBox }: any) => topBox.n > 0).map(({ topBox: { n: count, value } }: any) => [count, value])]).toEqual([12, [[1, 0], [1, 0], [1, 1]]]);
    expect(groups.map(({ key, answers, response, tickets }: any) => [key, answers.n, response.rate.n, tickets])).toEqual([['support', 3, 0, null], [null, 1, 0, null], ['product', 1, 0, null]]);
  });

  it('tells what customers said before and after a coaching, beside the others, and of no agent what nobody may know', async () => {
    const day = 200;
    const on = (days: number) => ago(24 * days).slice(0, 10);
    expect(await latest(`/v1/experience/coaching?from=${on(260)}`, other)).toMatchObject({ coachings: [], missing: 'not measured; needs company.coaching-given', coverage: { measured: 0, of: 0 } });
    /** Tickets opened and answered about so many days ago, of which some are answered as excellent. */
    const answered = (name: string, days: number, { queue, agent = 'many', n: count, excellent }: { queue: string; agent?: string; n: number; excellent: number }) => Array.from({ length: count }, (_, place): [string, string, number, object][] => {
      const about = { ticket: `T-${name}-${place}` };
      return [['served', 'ticket.opened', 24 * days, { ...about, queue }], ['served', 'ticket.assigned', 24 * days, { ...about, agent }], ['served', 'survey.responded', 24 * days - 1, { survey: `V-${name}-${place}`, instrument: csat, score: place < excellent ? 5 : 1, ...about }]];
    }).flat();
    await tell(...answered('before', day + 5, { queue: 'Coached', n: 40, excellent: 10 }), ...answered('after', day - 5, { queue: 'Coached', n: 32, excellent: 24 }), ...answered('else', day - 6, { queue: 'Else', agent: 'few', n: 3, excellent: 0 }), ...answered('long-before', day + 40, { queue: 'Coached', n: 9, excellent: 9 }),
      // On the day itself, and opened before but answered after: in neither.
      ...answered('same-day', day, { queue: 'Coached', n: 2, excellent: 2 }), ['served', 'ticket.opened', 24 * (day + 3), { ticket: 'T-across', queue: 'Coached' }], ['served', 'survey.responded', 24 * (day - 3), { survey: 'V-across', instrument: csat, score: 5, ticket: 'T-across' }]);
    const put = (number: string, body: object, key = admin) => ask(`/v1/company/coachings/${number}`, { key: key!, method: 'PUT', body });
    const coaching = { of: 'queue', who: 'Coached', topic: 'Listening', givenOn: on(day) };
    expect((await put('K-1', coaching, anna)).status).toBe(403);
    expect((await put('K-1', { ...coaching, of: 'team' })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/of' }] });
    expect([(await put('K-1', coaching)).body.position === null, (await put('K-1', coaching)).body.position]).toEqual([false, null]);
    await put('K-2', { ...coaching, of: 'agent', who: 'few' });
    await put('K-3', { ...coaching, givenOn: on(2) });
    await put('K-4', { ...coaching, void: true });
    const answer = await latest(`/v1/experience/coaching?from=${on(260)}&days=30&explain=K-1`);
    expect(answer.coachings.map(({ coaching: number }: any) => number)).toEqual(['K-3', 'K-1', 'K-2']);
    const [running, queue, agent] = answer.coachings;
    // 10 of 40, then 24 of 32; others: nobody before, three after.
    expect(queue).toMatchObject({ before: { from: on(day + 30), to: on(day + 1), tickets: 41 }, after: { from: on(day - 1), to: on(day - 30), tickets: 32 }, event: { source: 'touchline:company', id: 'coaching:K-1:0' } });
    expect(queue.figures.topBox).toMatchObject({ before: { n: 40, value: 0.25 }, after: { n: 32, value: 0.75 }, difference: { value: 0.5 }, missing: null });
    expect(queue.figures.topBox.difference.low).toBeGreaterThan(0);
    expect(queue.others.topBox).toMatchObject({ before: { n: 0, value: null }, after: { n: 3, value: null }, missing: 'too few: 0 before and 3 after, where 30 of each are needed' });
    expect(agent.figures.topBox).toMatchObject({ before: { value: null }, missing: expect.stringMatching(/^not told: of an agent/) });
    expect(running.figures.topBox).toMatchObject({ difference: { value: null }, missing: expect.stringMatching(/^not measured yet: the time after ends on/) });
    expect([answer.explained.before.of, answer.explained.after.of, answer.explained.after.events[0].type]).toEqual([40, 32, 'survey.responded']);
    expect(await ask(`/v1/experience/coaching?from=${on(260)}&days=30&explain=zzz`)).toMatchObject({ status: 404, body: { code: 'part-unknown', errors: [{ pointer: '/explain', detail: expect.stringContaining('K-1') }] } });
    expect((await latest(`/v1/experience/coaching?from=${on(260)}&days=30&explain=K-2`)).explained).toMatchObject({ before: { of: 0, events: [] }, after: { of: 0 } });
    // As of a day within the time after it is not over.
    expect((await latest(`/v1/experience/coaching?from=${on(260)}&days=30&asOf=${on(day - 10)}`)).coachings.find(({ coaching: number }: any) => number === 'K-1').figures.topBox.missing).toMatch(/^not measured yet/);
    const page = await (await api.call(anna!, 'GET', `/experience?from=${on(260)}`)).text();
    expect(page).toMatch(/Before and after coaching[^]*queue Coached[^]*Listening/);
  });

  it('tells an outage once for all whom it hits, also those who are added later', async () => {
    const declare = { outage: 'X-1', service: 'mail', startedAt: ago(5), detectedAt: ago(4), customers: ['north'] };
    expect((await ask('/v1/outages', { method: 'POST', body: declare })).body.code).toBe('type-forbidden');
    for (const [name, time] of [['startedAt', '2090-01-01T00:00:00Z'], ['startedAt', '1950-01-01'], ['detectedAt', '2090-01-01T00:00:00Z']] as const) {
      expect(await ask('/v1/outages', { key: admin, method: 'POST', body: { ...declare, [name]: time } })).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: [{ pointer: `/${name}` }] } });
    }
    expect((await ask('/v1/outages', { key: admin, method: 'POST', body: declare })).status).toBe(201);
    expect((await ask('/v1/outages', { key: admin, method: 'POST', body: declare })).body.code).toBe('outage-known');
    const say = (body: object) => ask('/v1/outages/X-1/messages', { key: admin, method: 'POST', body });
    expect((await say({ what: 'eta' })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/eta' }] });
    expect(await say({ what: 'update', at: '2090-01-01' })).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: [{ pointer: '/at', detail: expect.stringContaining('in the future') }] } });
    await say({ what: 'eta', eta: ago(1) });
    expect((await ask('/v1/outages/X-1/customers', { key: admin, method: 'POST', body: { customers: ['south', 'north'] } })).status).toBe(201);
    await say({ what: 'update' });
    await say({ what: 'resolved' });
    expect((await say({ what: 'update' })).body.code).toBe('outage-resolved');
    await reactor.look();
    await reactor.look();
    const { figures, outages: [outage] } = await latest('/v1/experience/outages');
    expect(figures).toMatchObject({ cases: 2, running: 0, withoutEta: 1, toldFirst: { n: 2, value: 1 } });
    expect(outage.customers.map(({ customer, messages, etas }: any) => [customer, messages.length, etas.length]).sort()).toEqual([['north', 2, 1], ['south', 1, 0]]);
    const { touches } = await latest('/v1/customers/south/timeline?family=outage');
    expect(touches.map(({ type, actor }: any) => [type, actor.id]).sort()).toEqual([['outage.customer-affected', 'touchline:link-outages'], ['outage.resolved', 'touchline:link-outages'], ['outage.updated', 'touchline:link-outages']]);
  });

  it('brings what was told before an outage was declared, not before it began, and keeps apart an outage of the same number', async () => {
    const declare = (said: object) => ask('/v1/outages', { key: admin, method: 'POST', body: { customers: ['north'], ...said } });
    const say = (body: object) => ask('/v1/outages/X-2/messages', { key: admin, method: 'POST', body });
    expect((await declare({ outage: 'X-2', startedAt: ago(3), detectedAt: ago(4) })).body).toMatchObject({ status: 422, code: 'invalid-body', errors: [{ pointer: '/detectedAt' }] });
    expect((await declare({ outage: 'X-2', startedAt: ago(4) })).status).toBe(201);
    expect((await say({ what: 'notice', at: ago(5) })).body).toMatchObject({ status: 422, code: 'invalid-body', errors: [{ pointer: '/at' }] });
    expect((await say({ what: 'notice', at: ago(3) })).status).toBe(201);
    expect((await say({ what: 'eta', eta: ago(-30), at: ago(2) })).status).toBe(201);
    await reactor.look();
    await reactor.look();
    const own = (await latest('/v1/experience/outages')).outages.find(({ outage }: any) => outage === 'X-2');
    expect(own.customers).toMatchObject([{ customer: 'north', toldFirst: true, notice: { over: true }, updatesPerHour: expect.closeTo(0.5, 1) }]);
    expect([own.customers[0].messages.length, own.customers[0].etas.length, Math.round(own.customers[0].notice.minutes)]).toEqual([2, 1, 60]);

    expect(JSON.stringify(await latest('/v1/customers/north/health'))).toContain('No outages without an end time');
    await tell(['south', 'outage.customer-affected', 30, { outage: 'W-1', service: 'mail' }]);
    await latest('/v1/experience/outages');
    expect((await declare({ outage: 'W-1', startedAt: ago(1) })).body).toMatchObject({ status: 409, code: 'outage-number-taken' });
  });
});
