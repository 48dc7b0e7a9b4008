import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import type { Append } from '#event-store';
import { firstScorecard, priorChurnModel } from '#insight';
import { findType } from '#journey';
import { connectKafka } from '#kafka';
import { mayDo } from '../access/roles.js';
import { storyOfThree } from './testing/story-of-three.js';
import { testBroker } from '../../../../test/support/kafka.js';
import { startApi, type TestApi } from '../testing/start-api.js';
import { openApiDocument, operations } from './document.js';

const document = openApiDocument() as any;
const ajv = new Ajv2020({ strict: false, allErrors: true });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);

/** The document's schemas, with every object closed: an answer may have no field that is not described. */
function closed(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => closed(each));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each, name)]));
  return 'properties' in inner && key !== 'properties' && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner;
}
ajv.addSchema({ $id: 'doc', components: { schemas: closed(document.components.schemas) } });

let api: TestApi;
let admin: string;
beforeAll(async () => {
  const broker = await testBroker();
  api = await startApi({ kafkaUrl: `kafka://${broker}` });
  admin = await api.key('operator');
  await storyOfThree(api, admin);
  await api.call(admin, 'PUT', '/v1/company/targets/retention/2025-Q1', { value: 0.9, reason: 'Plan' });
  await api.call(admin, 'PUT', '/v1/company/decisions/D-1', { what: 'More', state: 'asked', level: 'corporate', cost: { amount: 1, currency: 'EUR' }, evidence: [{ kind: 'figure', figure: 'retention' }] });
  await api.call(admin, 'POST', '/v1/reports/strategic/publish', { period: '2025-Q1' });
  await api.connections.store.append([ownFact('churnmodel.trained'), ownFact('churnmodel.drift-measured'), ownFact('churnmodel.promoted'), ownFact('experiment.started'), restated, recovery]);
  await lookBeside();
  await layAside(broker);
  await webhook();
}, 120_000);
afterAll(() => api.stop());

/** A card that rolls up, and scores as payers and users see it, too; a customer with a part and an override. Waits until they can be read. */
async function lookBeside(): Promise<void> {
  const ask = async (path: string, body: unknown) => (await api.call(admin, 'POST', path, body)).text();
  const { version: _, ...card } = { ...firstScorecard, id: 'beside', label: 'Beside', rollUp: { kind: 'mean-of-children' } };
  await ask('/v1/scorecards', { card, reason: 'a test' });
  await ask('/v1/scorecards/beside/publish', { reason: 'a test' });
  for (const perspective of ['whole', 'payer', 'user']) await ask(`/v1/scorecards/assignments/${perspective}`, { rules: [], otherwise: 'beside', reason: 'a test' });
  await ask('/v1/events', { id: 'part', source: 'test', type: 'customer.parent-changed', customer: { system: 'crm', id: 'nobody-registered' }, data: { parent: 'north' } });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await ask('/v1/customers/north/tasks', { what: 'Send the offer', dueOn: tomorrow });
  const plan = [['goal.set', { goal: 'G-1', whose: 'customer', what: 'Faster starts' }], ['goal.attained', { goal: 'G-1' }], ['goal.outcome-claimed', { outcome: 'W-1', goal: 'G-1', what: 'Two days' }], ['goal.outcome-rejected', { outcome: 'W-1', reason: 'Not yet' }]] as const;
  await ask('/v1/events', plan.map(([type, data]) => ({ id: type, source: 'plans', type, customer: 'north', data })));
  const wishes = [['feedback.themed', { feedback: 'F-1', themes: ['speed'] }], ['feedback.workaround-tool-seen', { tool: 'Sheet', seats: 3 }], ['promise.made', { promise: 'K-1', what: 'A call', dueOn: '2025-01-01' }], ['competitor.evaluated', { competitor: 'Brightfold' }], ['sale.lost', { opportunity: 'O-1', competitor: 'Brightfold' }], ['engagement.visit-made', { twoWay: true, with: ['kim'] }]] as const;
  await ask('/v1/events', wishes.map(([type, data]) => ({ id: type, source: 'wishes', type, customer: 'north', data })));
  await ask('/v1/initiatives', { initiative: 'I-1', title: 'Faster', requests: ['F-1'], dueOn: '2030-01-01' });
  await ask('/v1/initiatives/I-1/deliver', undefined);
  await api.call(admin, 'PUT', '/v1/staff/mara', { email: 'mara@us.example', roles: ['csm'] });
  const { position } = JSON.parse(await ask('/v1/customers/north/override', { score: 30, reason: 'a test', until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) })) as { position: string };
  const health = await (await api.call(admin, 'GET', `/v1/customers/north/health?minPosition=${position}`)).json();
  expect(health).toMatchObject({ override: { score: 30 }, perspectives: { payer: { card: { id: 'beside' } } }, rollUp: { children: [{ score: null }] } });
}

/** A record that was read from Kafka and could not be taken. */
async function layAside(broker: string): Promise<void> {
  await api.call(admin, 'PUT', '/v1/kafka/in', { on: true, reason: 'a test' });
  const kafka = await connectKafka({ brokers: [broker], tls: false, login: null }, 'test');
  const wrong = [{ code: 'data-invalid', pointer: '/data', detail: 'a test', source: 'desk', id: '1', type: 'ticket.opened' }];
  const said = { wrong: JSON.stringify(wrong), refused: '1', topic: 'touchline.acme.in', partition: '0', offset: '0', at: new Date().toISOString() };
  const headers = { 'content-type': 'application/cloudevents+json', ...Object.fromEntries(Object.entries(said).map(([name, text]) => [`touchline_${name}`, text])) };
  await (await kafka.writer()).write([{ topic: 'touchline.acme.dead-letters', partition: 0, key: 'k', value: '{}', headers }]);
  await kafka.close();
}
/** Who is told, has failed, and was sent something. */
async function webhook(): Promise<void> {
  await api.connections.worker.transaction(async (sql) => {
    await sql.query(`insert into webhook_endpoint (tenant, id, url, filter, ordered, signature, unseal, enabled, created_by, failures, failing_since, failure, retry_at, former_until, secret)
      values ('acme', $1, 'https://hooks.us.example/', '{"types": ["ticket.*"]}', true, 'v1', false, true, 'ann', 1, now(), 'no answer', now(), now() + interval '1 day', 2)`, [WEBHOOK]);
    await sql.query(`insert into webhook_delivery (tenant, endpoint, id, customer, source, event, type, position, since, next_at, attempts, code, answer, failure) values ('acme', $1, 'msg_1', 'north', 'crm', '1', 'ticket.opened', '1.1', now(), now(), 1, 500, 'No', 'the receiver answered 500')`, [WEBHOOK]);
    await sql.query(`insert into webhook_delivery (tenant, endpoint, id, customer, source, event, type, since, next_at) values ('acme', $1, 'msg_test_1', 'msg_test_1', 'touchline:webhooks', 'msg_test_1', 'touchline.webhook.test', now(), now())`, [WEBHOOK]);
  });
}
const WEBHOOK = 'wh_0123456789abcdef';

/** What was announced of a closed day of north, because of a fact of the story. */
const restated: Append = {
  stream: { tenant: 'acme', category: 'insight', id: 'north' }, expected: 'any',
  events: [{
    source: 'touchline:test', id: 'restated', type: 'insight.metric-restated', version: 1, occurredAt: '2026-01-01T00:00:00.000Z', actor: { kind: 'system', id: 'test' }, bodyHash: 'restated',
    data: { ...findType('insight.metric-restated')!.example, customer: 'north', because: [{ source: 'test', id: 's-7' }] },
  }],
};

/** A recovery of north that was opened and given a cause. */
const recovery: Append = {
  stream: { tenant: 'acme', category: 'customer', id: 'north' }, expected: 'any',
  events: ['opened', 'cause-identified', 'prevention-recorded', 'fix-confirmed'].map((name) => ({
    source: 'touchline:test', id: `recovery-${name}`, type: `recovery.${name}`, version: 1, occurredAt: '2026-01-01T00:00:00.000Z', actor: { kind: 'system', id: 'test' }, bodyHash: name,
    data: { ...Object.fromEntries(Object.entries(findType(`recovery.${name}`)!.example).filter(([field]) => field !== 'contact' && field !== 'what')), recovery: 'R-1' },
  })),
};

/** A fact that only we write, as the catalogue shows it. */
function ownFact(type: string): Append {
  const example = findType(type)!.example as Record<string, any>;
  const id = example['experiment'] ?? example['model'].id ?? example['model'];
  // The example has no whole model; this one answers.
  const data = type === 'churnmodel.trained' ? { ...example, model: { ...priorChurnModel, id } } : example;
  const fact = { source: 'touchline:test', id: `${type}/${id}`, type, version: 1, occurredAt: '2026-01-01T00:00:00.000Z', actor: { kind: 'system' as const, id: 'test' }, data, bodyHash: type };
  return { stream: { tenant: 'acme', category: type.split('.')[0]!, id }, expected: 'any', events: [fact] };
}

/** Paths of each GET route as a caller would write them, with what makes the answer full. */
const asked: Readonly<Record<string, readonly string[]>> = {
  '/v1/customers': ['/v1/customers', '/v1/customers?limit=1', '/v1/customers?sort=-arr&q=n'],
  '/v1/customers/{id}': ['/v1/customers/north', '/v1/customers/crm:nobody-registered'],
  '/v1/customers/{id}/timeline': ['/v1/customers/north/timeline', '/v1/customers/north/timeline?limit=1'],
  '/v1/customers/{id}/health': ['/v1/customers/north/health', '/v1/customers/north/health?asOf=2025-01-01', '/v1/customers/crm:nobody-registered/health'],
  '/v1/customers/{id}/health/history': ['/v1/customers/north/health/history?step=10'],
  '/v1/customers/{id}/health/difference': ['/v1/customers/north/health/difference?from=2025-01-01'],
  '/v1/customers/{id}/health/restatements': ['/v1/customers/north/health/restatements'],
  '/v1/customers/{id}/health/certificate': ['/v1/customers/north/health/certificate', '/v1/customers/north/health/certificate?list=true&asOf=2025-01-01', '/v1/customers/crm:nobody-registered/health/certificate'],
  '/v1/customers/{id}/health/certificate/events': ['/v1/customers/north/health/certificate/events'],
  '/v1/customers/{id}/churn-risk': ['/v1/customers/north/churn-risk', '/v1/customers/north/churn-risk?horizon=renewal&asOf=2025-01-01', '/v1/customers/south/churn-risk', '/v1/customers/crm:nobody-registered/churn-risk?model=prior'],
  '/v1/reports/strategic': ['/v1/reports/strategic', '/v1/reports/strategic?period=2025-Q1'], '/v1/reports/strategic/figures/{figure}': ['/v1/reports/strategic/figures/retention?period=2025-Q1', '/v1/reports/strategic/figures/value-to-us'],
  '/v1/reports/{report}': ['/v1/reports/2025-Q1-1?format=json'], '/v1/reports/{report}/verify': ['/v1/reports/2025-Q1-1/verify'],
  '/v1/economics': ['/v1/economics?by=segment', '/v1/economics?asOf=2025-01-01&income=invoices', '/v1/economics?knownAt=2025-01-01'],
  '/v1/customers/{id}/economics': ['/v1/customers/north/economics', '/v1/customers/crm:nobody-registered/economics?asOf=2025-06-01'],
  '/v1/revenue': ['/v1/revenue?by=segment', '/v1/revenue?period=2025-Q1&reactivation=net', '/v1/revenue?period=2020-Q1&asOf=2020-01-01'],
  '/v1/revenue/customers': ['/v1/revenue/customers?movement=end', '/v1/revenue/customers?movement=end&limit=1', '/v1/revenue/customers?movement=budget-cut'],
  '/v1/revenue/incidents': ['/v1/revenue/incidents?incident=bad-answer', '/v1/revenue/incidents?incident=outage'],
  '/v1/customers/{id}/revenue': ['/v1/customers/north/revenue', '/v1/customers/crm:nobody-registered/revenue?asOf=2025-06-01'],
  '/v1/answers': ['/v1/answers', '/v1/answers?state=all'],
  '/v1/answers/summary': ['/v1/answers/summary?from=2025-01-01'],
  '/v1/answers/{survey}': ['/v1/answers/V-1'],
  '/v1/feedback': ['/v1/feedback'],
  '/v1/feedback/{feedback}': ['/v1/feedback/F-1'],
  '/v1/contacts/{id}/erasure': ['/v1/contacts/gone/erasure'],
  '/v1/event-types/{type}': ['/v1/event-types/survey.responded', '/v1/event-types/ticket.opened'],
  '/v1/event-types/{type}/schemas/{version}': ['/v1/event-types/survey.responded/schemas/1', '/v1/event-types/ticket.opened/schemas/1'],
  '/problems/{code}': ['/problems/forbidden'],
  '/v1/churn/models/{id}': ['/v1/churn/models/prior', '/v1/churn/models/cm-0a1b2c3d4e5f'],
  '/v1/churn/models/{id}/explain': ['/v1/churn/models/prior/explain'],
  '/v1/tasks': ['/v1/tasks', '/v1/tasks?state=all&owner=all&customer=north'],
  '/v1/customers/{id}/success-plan': ['/v1/customers/north/success-plan'],
  '/v1/customers/{id}/journey': ['/v1/customers/north/journey', '/v1/customers/north/journey?asOf=2025-01-01', '/v1/customers/crm:nobody-registered/journey'],
  '/v1/journey': ['/v1/journey', '/v1/journey?explain=time-to-value&start=kickoff&limit=1', '/v1/journey?explain=moment', '/v1/journey?asOf=2020-01-01'],
  '/v1/recoveries': ['/v1/recoveries', '/v1/recoveries?state=all&owner=all&overdue=true&customer=north'],
  '/v1/recoveries/{id}': ['/v1/recoveries/R-1'],
  '/v1/scorecards/{id}': ['/v1/scorecards/first-scorecard', '/v1/scorecards/first-scorecard?version=1'],
  '/v1/scorecards/{id}/diff': ['/v1/scorecards/first-scorecard/diff'],
  '/v1/webhooks/{id}': [`/v1/webhooks/${WEBHOOK}`],
  '/v1/webhooks/{id}/secret': [`/v1/webhooks/${WEBHOOK}/secret`],
  '/v1/webhooks/{id}/deliveries': [`/v1/webhooks/${WEBHOOK}/deliveries`, `/v1/webhooks/${WEBHOOK}/deliveries?limit=1`],
  '/v1/churn/experiments/{id}': ['/v1/churn/experiments/calls-2026'],
};

const gets = operations.filter(({ method }) => method === 'get');

/** All but those that answer in lines. */
const inJson = gets.filter(({ answers }) => answers[200]?.content?.['application/json'] !== undefined);

const exported = inJson.filter(({ path }) => document.paths[path].get.responses[200].content['text/csv']?.schema['x-columns']);

/** Every value in an answer, as text. */
const leavesOf = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : value === null ? [] : [String(value)]);

describe('Every GET route answers as documented', () => {
  it.each(inJson.flatMap(({ path }) => (asked[path] ?? [path]).map((url) => [url, path])))('%s', async (url, path) => {
    const response = await api.call(admin, 'GET', url!);
    const schema = document.paths[path!].get.responses[response.status]?.content['application/json'].schema;
    const body = await response.json();
    const check = ajv.compile(closed(JSON.parse(JSON.stringify(schema).replaceAll('#/components', 'doc#/components'))) as object);
    expect({ status: response.status, errors: check(body) || check.errors }).toEqual({ status: 200, errors: true });
  });

  it.each(exported.flatMap(({ path }) => (asked[path] ?? [path]).map((url) => [url, path])))('%s as CSV and NDJSON, and nothing of it is lost', async (url, path) => {
    const answer = await (await api.call(admin, 'GET', url!)).json();
    const [csv, ndjson] = [await api.call(admin, 'GET', url!, undefined, { accept: 'text/csv' }), await api.call(admin, 'GET', `${url}${url!.includes('?') ? '&' : '?'}format=ndjson`)];
    expect([csv.status, csv.headers.get('content-type'), ndjson.status, ndjson.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8', 200, 'application/x-ndjson; charset=utf-8']);
    const [header, ...records] = parse(await csv.text(), { record_delimiter: '\r\n' }) as string[][];
    const rows = (await ndjson.text()).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
    expect([header, records.length]).toEqual([document.paths[path!].get.responses[200].content['text/csv'].schema['x-columns'], rows.length]);
    // Where there is no row, nothing can be said.
    if (rows.length === 0) return;
    const moves = (leaf: string) => /^\d{4}-\d\d-\d\dT/.test(leaf) || /^\d{1,2}$/.test(leaf) || leaf === answer.next;
    const cells = records.flat().join('\n');
    const lost = (text: string) => [...new Set(leavesOf(answer))].filter((leaf) => !moves(leaf) && !text.includes(leaf) && !text.includes(JSON.stringify(leaf).slice(1, -1)));
    expect([lost(decodeURIComponent(cells.replaceAll(/%(?![0-9A-F]{2})/g, '%25'))), lost(rows.map((row) => leavesOf(row).join('\n')).join('\n'))]).toEqual([[], []]);
  });

  it('and refuses a parameter that it does not have', async () => {
    const taking = gets.filter(({ path }) => !['/openapi.json', '/asyncapi.json'].includes(path)).map(({ path }) => asked[path]?.[0] ?? path);
    const statuses = await Promise.all(taking.map(async (url) => (await api.call(admin, 'GET', `${url}${url.includes('?') ? '&' : '?'}nothing=1`)).status));
    expect(statuses).toEqual(taking.map(() => 400));
  });
});

describe('Another tenant, of which nothing is known', () => {
  /** Ids, names and amounts of the first one, as they stand in its answers. */
  const OF_THE_FIRST = ['north', 'south', 'nobody-registered', 'Northwind', 'Southwind', 'Kim Lee', 'kim', 's-1', 's-13', 'S-1', 'T-1', 'V-1', 'F-1', 'W-1', 'K-1', 'O-1', 'I-1', 'R-1', 'D-1', 'Brightfold', 'Sheet', 'petra', 'mara@us.example', 'calls-2026', 'cm-0a1b2c3d4e5f', '2025-Q1-1', WEBHOOK, '1200000'];
  const told = (text: string) => OF_THE_FIRST.filter((word) => new RegExp(`(?<![\\w.:-])${word.replaceAll('.', '\\.')}(?![\\w-])`).test(text));
  // What is public is the same for all.
  const urls = gets.filter(({ scope }) => scope !== 'public').flatMap(({ path }) => asked[path] ?? [path]);
  /** Figures, each with where it stands. */
  const figuresIn = (value: any, at = ''): [string, any][] => (typeof value !== 'object' || value === null ? [] : [...('n' in value && 'value' in value ? [[at, value] as [string, any]] : []), ...Object.entries(value).flatMap(([name, inside]) => figuresIn(inside, `${at}/${name}`))]);

  it('sees no id, name or amount of the first, at no route, and finds nothing by its ids; and no figure is told of nothing', async () => {
    const other = await api.key('admin', 'globex');
    const seen = new Set<string>();
    const [leaks, found, failed, figures]: [string[], string[], string[], string[]] = [[], [], [], []];
    for (const url of urls) {
      for (const word of told(await (await api.call(admin, 'GET', url)).text())) seen.add(word);
      const theirs = await api.call(other, 'GET', url);
      const text = await theirs.text();
      // What was asked for by name is said again where it is not there.
      leaks.push(...told(text).filter((word) => !decodeURIComponent(url).includes(word)).map((word) => `${url}: ${word}`));
      if (theirs.status === 200 && told(url.split('?', 1)[0]!).length > 0) found.push(url);
      if (theirs.status >= 500) failed.push(`${theirs.status} ${url}`);
      if (theirs.status === 200 && theirs.headers.get('content-type')?.startsWith('application/json')) figures.push(...figuresIn(JSON.parse(text)).filter(([, { n, value }]) => n === 0 && value !== null).map(([at]) => `${url} ${at}`));
    }
    expect({ leaks, found, failed, figures }).toEqual({ leaks: [], found: [], failed: [], figures: [] });
    // Else the list of words says nothing.
    expect(OF_THE_FIRST.filter((word) => !seen.has(word))).toEqual([]);
  }, 120_000);

  it('reads what is not measured, and which facts that needs', async () => {
    const other = await api.key('admin', 'globex');
    const demand = ['', '/initiatives', '/traceability', '/outcomes', '/competition', '/promises', '/presence'].map((path) => `/v1/demand${path}`);
    for (const url of [...demand, '/v1/journey', '/v1/journey?by=segment', '/v1/reports/strategic', '/v1/revenue', '/v1/economics/fit']) {
      expect([url, await (await api.call(other, 'GET', url)).text()]).toEqual([url, expect.stringMatching(/needs [^"]*[a-z]+\.[a-z-]+|"missing":\["[a-z]+\.[a-z-]+"/)]);
    }
  });
});

describe('No route fails on our side', () => {
  const ODD = ['%00', '%ED%A0%80', '%FF', '0123456789abcdef%00', '------------------------------------~1', '2026-13-99T::Z~1', '2026-01-01T00:00:00Z~999999999999999', 'crm:%00', '%E2%80%AE', "'", '~', 'a%0Ab'];

  it('over what stands in a path', async () => {
    const operator = await api.key('operator');
    const failed: string[] = [];
    for (const { method, path } of operations.filter((each) => each.path.includes('{'))) {
      for (const odd of ODD) {
        const { status } = await api.call(operator, method.toUpperCase(), path.replace(/\{\w+\}/, odd), method === 'get' ? undefined : {});
        if (status >= 500) failed.push(`${status} ${method} ${path} ${odd}`);
      }
    }
    expect(failed).toEqual([]);
  }, 120_000);

  it('over what stands in a parameter, of the API or of a page', async () => {
    const failed: string[] = [];
    const ask = async (path: string, name: string) => {
      for (const odd of ODD) {
        const { status } = await api.call(admin, 'GET', `${path}?${name}=${odd}`);
        if (status >= 500) failed.push(`${status} ${path}?${name}=${odd}`);
      }
    };
    for (const { path } of gets) {
      const { parameters = [] } = document.paths[path].get as { parameters?: { in: string; name: string }[] };
      for (const { name } of parameters.filter((each) => each.in === 'query' && each.name !== 'minPosition' && (path === '/v1/customers' || !['format', 'all'].includes(each.name)))) await ask(asked[path]?.[0] ?? path, name);
    }
    const forms = { '/': ['owner', 'noted'], '/portfolio': ['owner'], '/customers': ['q', 'band', 'segment', 'owner', 'sort', 'cursor'], '/customers/north': ['asOf', 'family', 'from', 'to', 'cursor'] };
    for (const [path, names] of Object.entries(forms)) for (const name of names) await ask(path, name);
    expect(failed).toEqual([]);
  }, 120_000);
});

describe('The document and the routes', () => {
  it('are the same set, without pages', async () => {
    const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`).sort();
    expect((await api.routes()).filter((route) => / \/(v1|problems|health|openapi|asyncapi)/.test(route)).sort()).toEqual(documented);
  });

  it('ask for a key wherever the document says so', async () => {
    for (const { method, path, scope } of operations) {
      const { status } = await api.call(null, method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'));
      expect({ path, method, asks: status === 401 }).toEqual({ path, method, asks: scope !== 'public' });
    }
  });

  it('refuse a role that lacks the scope', async () => {
    const analyst = await api.key('analyst');
    for (const { method, path } of operations.filter(({ scope }) => scope !== 'public' && !mayDo('analyst', scope))) {
      expect({ path, status: (await api.call(analyst, method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'))).status }).toEqual({ path, status: 403 });
    }
  });
});

describe('The examples of the document', () => {
  it('are taken by the doors that they are of', async () => {
    const contents = document.paths['/v1/events'].post.requestBody.content;
    for (const type of Object.keys(contents)) {
      for (const [name, { value }] of Object.entries(contents[type].examples as Record<string, { value: unknown }>)) {
        if (name.startsWith('data of')) continue;
        const response = await api.call(admin, 'POST', '/v1/events', value, { 'content-type': type });
        const { results } = await response.json() as { results: { status: string }[] };
        expect(results.map(({ status }) => status).filter((status) => status !== 'appended' && status !== 'duplicate')).toEqual([]);
        expect(ajv.compile({ $ref: `doc#/components/schemas/Recorded` })({ results, position: null })).toBe(true);
      }
    }
    const { 'two lines': { value } } = document.paths['/v1/events/import'].post.requestBody.content['application/x-ndjson'].examples;
    const answer = await (await api.call(admin, 'POST', '/v1/events/import', value, { 'content-type': 'application/x-ndjson' })).text();
    const line = ajv.compile({ $ref: 'doc#/components/schemas/ImportLine' });
    for (const each of answer.trim().split('\n')) expect(line(JSON.parse(each)) || line.errors).toBe(true);
    expect(answer).toContain('"rejected":0');
  });
});
