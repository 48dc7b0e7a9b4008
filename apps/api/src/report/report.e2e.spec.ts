import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let [admin, executive, csm, empty]: string[] = [];
let n = 0;
const nps = { kind: 'nps', min: 0, max: 10, name: 'relation' };

/** Facts of 2025, all told today: what was known then is nothing, so no forecast of then can be had. */
beforeAll(async () => {
  api = await startApi();
  [admin, executive, csm, empty] = [await api.key('admin'), await api.key('executive', 'acme', 'mara'), await api.key('csm', 'acme', 'anna'), await api.key('admin', 'globex')];
  await tell(
    ['north', 'customer.registered', '2024-01-10', { name: 'Nordlicht <&> Söhne', segment: 'large' }], ['north', 'subscription.started', '2024-01-10', { subscription: 'S-1', recurring: { amount: 1_200_000, currency: 'EUR' }, interval: 'year', termMonths: 24, renewsOn: '2026-01-10' }],
    ['south', 'customer.registered', '2024-02-01', { name: 'Südwind', segment: 'small' }], ['south', 'subscription.started', '2024-02-01', { subscription: 'S-2', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month' }],
    ['south', 'subscription.changed', '2025-08-15', { subscription: 'S-2', recurring: { amount: 50_000, currency: 'EUR' } }],
    ['east', 'customer.registered', '2025-07-20', { name: 'Ostufer', segment: 'small' }], ['east', 'subscription.started', '2025-07-20', { subscription: 'S-3', recurring: { amount: 300_000, currency: 'EUR' }, interval: 'year' }],
    ['north', 'survey.responded', '2025-08-01', { survey: 'V-1', instrument: nps, score: 10, contact: 'p-1' }], ['south', 'survey.responded', '2025-08-02', { survey: 'V-2', instrument: nps, score: 3, contact: 'p-2' }], ['south', 'survey.responded', '2025-05-02', { survey: 'V-0', instrument: nps, score: 9, contact: 'p-2' }],
    ['south', 'ticket.opened', '2025-09-01', { ticket: 'T-1', category: 'printing', priority: 'urgent' }], ['north', 'cost.service-cost-recorded', '2025-08-10', { amount: { amount: 90_000, currency: 'EUR' } }],
    ['north', 'goal.outcome-claimed', '2025-07-05', { outcome: 'W-1', what: 'Faster' }], ['north', 'goal.outcome-confirmed', '2025-09-05', { outcome: 'W-1' }],
    ['south', 'promise.made', '2025-07-05', { promise: 'P-1', what: 'A printer', dueOn: '2025-08-01' }], ['south', 'promise.broken', '2025-08-02', { promise: 'P-1' }],
  );
}, 90_000);
afterAll(() => api.stop());

const tell = async (...facts: [customer: string, type: string, day: string, data: object][]) => {
  const { body } = await ask('/v1/events', { method: 'POST', body: facts.map(([customer, type, day, data]) => ({ id: `e-${++n}`, source: 'crm', type, customer, time: `${day}T12:00:00Z`, data })) });
  expect(body.results.filter(({ status }: { status: string }) => status !== 'appended')).toEqual([]);
};
const raw = (path: string, { key = admin, method = 'GET', body }: { key?: string | undefined; method?: string; body?: unknown } = {}, headers?: Record<string, string>) => api.call(key!, method, path, body, headers);
/** Lines of progress, and the one that came of it. */
const lines = async (path: string, options: Parameters<typeof raw>[1] = {}) => {
  const response = await raw(path, options, { accept: 'application/x-ndjson' });
  const all = (await response.text()).trim().split('\n').map((line) => JSON.parse(line));
  return { status: response.status, type: response.headers.get('content-type'), progress: all.slice(0, -1).map((line) => line.progress), last: all.at(-1) };
};
const ask = async (path: string, options: Parameters<typeof raw>[1] = {}) => {
  const response = await raw(path, options);
  return { status: response.status, body: await response.json() as any };
};
const Q3 = '/v1/reports/strategic?period=2025-Q3';
const figuresOf = (report: any) => Object.fromEntries(report.pages.flatMap(({ blocks }: any) => blocks.flatMap((block: any) => (block.kind === 'outcome' ? [...block.figures, ...block.beside] : block.kind === 'figure' ? [block.figure] : []))).map((figure: any) => [figure.id, figure]));

describe('The strategic report', () => {
  it('tells the six outcomes of a quarter beside the last one, as worked out by hand', async () => {
    const figures = figuresOf((await ask(Q3)).body);
    // At the start: 12,000 + 12 x 1,000 = 24,000. South halves to 6,000; east is new with 3,000; at the end 12,000 + 6,000 + 3,000.
    expect(figures.revenue).toMatchObject({ value: 2_100_000, last: 2_400_000, currency: 'EUR', n: 3 });
    expect(figures.acquisition).toMatchObject({ value: 300_000, last: 0, n: 1 });
    expect(figures.retention).toMatchObject({ value: 0.75, last: 1, n: 2 });
    expect(figures.nrr).toMatchObject({ value: 0.75 });
    expect(figures.satisfaction).toMatchObject({ value: 0, last: 100, n: 2 });
    expect(figures['value-to-them']).toMatchObject({ value: 1, last: 0, n: 1 });
    // Income by day: north 12,000 x 92 / 365; south 12,000 x 45 / 365 and 6,000 x 47 / 365; east 3,000 x 73 / 365. Cost 900.
    const income = (12_000 * 92 + 12_000 * 45 + 6_000 * 47 + 3_000 * 73) / 365;
    expect(figures.profitability.value).toBeCloseTo((income - 900) / income, 3);
    expect(figures['promises-kept']).toMatchObject({ value: 0, n: 1 });
    expect(figures['cac-payback']).toMatchObject({ value: null, missing: expect.stringContaining('company.period-spend-recorded') });
  });

  it('says what moved in three sentences, naming who moved it', async () => {
    const { body: { pages: [first] } } = await ask(Q3);
    const sentences = first.blocks.filter(({ kind, quiet }: any) => kind === 'sentence' && !quiet).map(({ text }: any) => text);
    expect(sentences).toHaveLength(3);
    expect(sentences.join(' ')).toMatch(/Gross revenue retention fell from 100\.0 % to 75\.0 % \(2 customers who paid as the quarter began\); most through Südwind\./);
  });

  it('opens a figure into customers and facts that sum to it', async () => {
    const { body } = await ask('/v1/reports/strategic/figures/retention?period=2025-Q3');
    expect(body.parts.map(({ customer, part, of }: any) => [customer, part, of])).toEqual([['north', 1_200_000, 1_200_000], ['south', 600_000, 1_200_000]]);
    expect(body.parts[1].events.map(({ source, id }: any) => `${source}/${id}`)).toContain('crm/e-5');
    expect((await ask('/v1/reports/strategic/figures/none')).status).toBe(404);
    expect((await ask('/v1/reports/strategic?period=2025-Q9')).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: expect.stringContaining('period') }] });
    expect((await ask('/v1/reports/strategic?period=2099-Q1')).body).toMatchObject({ status: 400, errors: [{ pointer: '/period' }] });
    const unknown = 'No customer has the segment nope; there are large, small.';
    expect((await ask(`${Q3}&segment=nope`)).body).toMatchObject({ status: 400, code: 'invalid-parameter', errors: [{ pointer: '/segment', detail: unknown }] });
    expect((await ask('/v1/reports/strategic/publish', { method: 'POST', body: { segment: 'nope' } })).body).toMatchObject({ status: 422, code: 'invalid-body', errors: [{ pointer: '/segment', detail: unknown }] });
    expect((await ask('/v1/reports/strategic?segment=nope', { key: empty })).body).toMatchObject({ errors: [{ detail: 'No customer has a segment.' }] });
  });

  it('opens every figure that is measured, and each sum comes to it', async () => {
    const measured = (Object.values(figuresOf((await ask(Q3)).body)) as any[]).filter(({ value }) => value !== null);
    expect(measured.length).toBeGreaterThan(10);
    for (const { id, unit, value, opens } of measured) {
      const { status, body: { parts, inputs } } = await ask(`/v1/reports/strategic/figures/${id}?period=2025-Q3`);
      expect([id, status, opens, parts === null]).toEqual([id, 200, true, inputs.length > 0]);
      const told = [...parts ?? [], ...inputs.flatMap((input: any) => input.parts)];
      expect([id, told.filter(({ part, of, events }: any) => (part !== 0 || of !== 0) && events.length === 0)]).toEqual([id, []]);
      const [part, of] = [told.reduce((sum, each) => sum + each.part, 0), told.reduce((sum, each) => sum + each.of, 0)];
      if (parts) expect([id, unit === 'share' || unit === 'net' ? part / of : part]).toEqual([id, expect.closeTo(value, 4)]);
    }
  });

  it('has the same figures as HTML, PDF and CSV', async () => {
    const [json, html, csv] = [(await ask(Q3)).body, await (await raw(`${Q3}&format=html`)).text(), await (await raw(`${Q3}&format=csv`)).text()];
    const pdf = await raw(`${Q3}&format=pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    for (const words of ['75.0 %', '21,000 EUR', 'Nordlicht &lt;&amp;&gt; Söhne', 'not measured; needs company.period-spend-recorded']) expect(html).toContain(words);
    expect(html).not.toContain('Nordlicht <&>');
    expect(html.match(/<svg /g)!.length).toBe(json.pages.flatMap(({ blocks }: any) => blocks).filter(({ kind }: any) => kind === 'chart').length);
    const rows = csv.trim().split('\r\n').map((line) => line.split(','));
    for (const [id, figure] of Object.entries(figuresOf(json)) as [string, any][]) expect(rows.find((cells) => cells[1] === 'figure' && cells[3] === id)?.[5]).toBe(figure.value === null ? '' : String(figure.value));
  }, 90_000);

  it('says how far it is to who accepts lines, the last of which is the report or its file', async () => {
    const made = await lines(Q3);
    expect([made.status, made.type, made.last]).toEqual([200, 'application/x-ndjson', (await ask(Q3)).body]);
    // It is made by now: how far it was when it was.
    expect((await lines(Q3)).progress).toEqual([{ of: expect.stringMatching(/^(figures|pages)$/), done: expect.any(Number), all: expect.any(Number) }]);
    const { last: { format, base64 } } = await lines(`${Q3}&format=csv`);
    expect([format, Buffer.from(base64, 'base64').toString()]).toEqual(['csv', await (await raw(`${Q3}&format=csv`)).text()]);
    expect(await lines('/v1/reports/strategic?period=2099-Q1')).toMatchObject({ status: 400, last: { code: 'invalid-parameter' } });
  });

  it('reads "not measured" throughout where nothing was told, and never 0', async () => {
    const { body } = await ask(Q3, { key: empty });
    for (const figure of Object.values(figuresOf(body)) as any[]) expect([figure.id, figure.value, figure.missing]).toEqual([figure.id, null, expect.stringMatching(/^not measured; needs [a-z]+\.[a-z-]+/)]);
    expect(body.pages[1].blocks[0].text).toMatch(/not measured; needs subscription\.started/);
    expect(body.pages.flatMap(({ blocks }: any) => blocks).filter(({ kind }: any) => kind === 'chart')).toEqual([]);
    const html = await (await raw(`${Q3}&format=html`, { key: empty })).text();
    expect(html).toContain('not measured; needs survey.responded');
    expect((await raw(`${Q3}&format=pdf`, { key: empty })).status).toBe(200);
  });

  it('has targets and decisions, told by who may', async () => {
    expect((await ask('/v1/company/targets/retention/2025-Q3', { key: csm, method: 'PUT', body: { value: 0.9, reason: 'Plan' } })).status).toBe(403);
    expect((await ask('/v1/company/targets/retention/2025-Q3', { key: executive, method: 'PUT', body: { value: 0.9, reason: 'Plan' } })).status).toBe(200);
    const { body: refused } = await ask('/v1/company/targets/retention/2025-Q3', { key: executive, method: 'PUT', body: { value: 92, reason: 'Plan' } });
    expect(refused).toMatchObject({ status: 422, code: 'invalid-body', errors: [{ pointer: '/value', detail: 'From 0 to 1: 0.92 is 92 %.' }] });
    expect((await ask('/v1/company/targets/nothing/2025-Q3', { method: 'PUT', body: { value: 0.9, reason: 'Plan' } })).status).toBe(404);
    const decision = { what: 'A second printer', state: 'asked', level: 'operational', cost: { amount: 20_000, currency: 'EUR' }, evidence: [{ kind: 'event', event: { source: 'crm', id: 'e-11' } }] };
    expect(await ask('/v1/company/decisions/D-1', { key: executive, method: 'PUT', body: decision })).toMatchObject({ status: 200, body: { replaced: false } });
    expect((await ask('/v1/company/decisions/D-2', { key: executive, method: 'PUT', body: { ...decision, evidence: [{ kind: 'figure' }] } })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: expect.stringContaining('/evidence/0') }] });
    const nothing = { ...decision, evidence: [{ kind: 'figure', figure: 'nonsense' }, { kind: 'report', report: '2026-Q9-7' }, { kind: 'event', event: { source: 'nope', id: 'none' } }, { kind: 'figure', figure: 'retention' }] };
    expect((await ask('/v1/company/decisions/D-2', { key: executive, method: 'PUT', body: nothing })).body).toMatchObject({ status: 422, code: 'invalid-body', errors: [
      { pointer: '/evidence/0/figure', detail: expect.stringContaining('it has acquisition, cac-payback, ') }, { pointer: '/evidence/1/report', detail: 'No report 2026-Q9-7 was published.' }, { pointer: '/evidence/2/event', detail: 'No fact nope/none was told.' },
    ] });
    const again = await Promise.all([1, 2].map(async (turn) => { const { body } = await ask('/v1/company/decisions/D-1', { key: executive, method: 'PUT', body: decision }); return [turn, body.replaced]; }));
    expect(again).toEqual([[1, true], [2, true]]);
    const { body } = await ask(Q3);
    expect(figuresOf(body).retention).toMatchObject({ target: 0.9 });
    expect(body.pages[0].blocks.find(({ id }: any) => id === 'decisions asked for').rows[0].map(({ text }: any) => text)).toEqual(['A second printer', 'asked for by mara', '200 EUR', 'not measured', 'crm/e-11; 1 fact, touchline:company/decision:D-1:2']);
  });

  it('has the time of the board on customers, told by who may, by quarter and as of a moment', async () => {
    const attention = async (query = '', key = csm) => (await ask(`/v1/company/attention?from=2025-Q2&to=2025-Q3${query}`, { key })).body;
    expect(await attention()).toMatchObject({ position: null, total: { n: 0, share: null }, missing: 'not measured; needs company.meeting-held', coverage: { measured: 0, of: 2 } });
    const meeting = { body: 'board', heldOn: '2025-08-20', agenda: [{ topic: 'Why customers leave', minutes: 30, aboutCustomers: true, decision: 'D-1' }, { topic: 'Budget', minutes: 90, aboutCustomers: false }] };
    const put = (body: object, key = executive) => ask('/v1/company/meetings/B-1', { key, method: 'PUT', body });
    expect((await put(meeting, csm)).status).toBe(403);
    expect((await put({ ...meeting, agenda: [{ ...meeting.agenda[0], minutes: -5 }] })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/agenda/0/minutes' }] });
    const [first, again] = [await put(meeting), await put(meeting)];
    expect([first.status, first.body.position === null, again.body.position]).toEqual([200, false, null]);
    const answer = await attention(`&minPosition=${first.body.position}`);
    // 30 of 120 minutes.
    expect(answer).toMatchObject({ position: first.body.position, total: { n: 1, minutes: 120, onCustomers: 30, share: 0.25 }, coverage: { measured: 1, of: 2 }, quarters: [{ quarter: '2025-Q2', share: null, missing: 'not measured; needs company.meeting-held' }, { quarter: '2025-Q3', share: 0.25, bodies: [{ body: 'board' }], meetings: [{ meeting: 'B-1', event: { source: 'touchline:company', id: 'meeting:B-1:0' } }] }] });
    expect((await attention('&asOf=2025-08-19')).total.n).toBe(0);
    expect((await ask('/v1/company/attention?from=2025-Q4&to=2025-Q3', { key: csm })).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/from' }] });
    expect(figuresOf((await ask(Q3)).body)['attention-share']).toMatchObject({ value: 0.25, n: 1 });
    expect(await attention('', empty)).toMatchObject({ total: { n: 0 } });
  });

  it('is kept as it was published; late facts are told as restatements, and looks are counted', async () => {
    expect((await ask('/v1/reports/strategic/publish', { key: csm, method: 'POST', body: {} })).status).toBe(403);
    const { status, body: published } = await ask('/v1/reports/strategic/publish', { key: executive, method: 'POST', body: { period: '2025-Q3' } });
    expect([status, published.report, published.by]).toEqual([201, '2025-Q3-1', 'mara']);
    const file = await raw('/v1/reports/2025-Q3-1?format=pdf', { key: executive });
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(published.files.find(({ format }: any) => format === 'pdf').sha256);
    const before = (await ask('/v1/reports/2025-Q3-1/verify')).body;
    expect(before).toMatchObject({ same: true, differences: [], restated: [], late: [] });
    expect(before.files.every(({ kept }: any) => kept)).toBe(true);
    await tell(['north', 'ticket.opened', '2025-09-09', { ticket: 'T-9', category: 'scanning', priority: 'low' }], ['north', 'subscription.changed', '2025-09-10', { subscription: 'S-1', recurring: { amount: 600_000, currency: 'EUR' } }]);
    const changed = { source: 'crm', id: `e-${n}` };
    const after = (await ask('/v1/reports/2025-Q3-1/verify')).body;
    expect(after).toMatchObject({ same: true, differences: [], late: [{ ...changed, type: 'subscription.changed', customer: 'north', changed: expect.arrayContaining(['revenue', 'retention']) }, { type: 'ticket.opened', changed: [] }] });
    expect(after.late[0].changed).not.toContain('acquisition');
    expect((await ask('/v1/company/spend/fair', { method: 'PUT', body: { purpose: 'acquire', amount: { amount: 100_000, currency: 'EUR' }, from: '2025-08-01', to: '2025-08-02' } })).status).toBe(200);
    expect((await ask(`/v1/reports/2025-Q3-1/verify`)).body.late).toMatchObject([{ type: 'subscription.changed' }, { type: 'company.period-spend-recorded', customer: null, changed: ['cac-payback'] }, { type: 'ticket.opened', changed: [] }]);
    expect(after.restated.map(({ say }: any) => say)).toEqual(expect.arrayContaining(['ARR was 21,000 EUR, is 15,000 EUR', 'Gross revenue retention was 75.0 %, is 50.0 %']));
    expect(figuresOf(JSON.parse(await (await raw('/v1/reports/2025-Q3-1', { key: executive })).text())).revenue.value).toBe(2_100_000);
    const { status: sent, progress, last: next } = await lines('/v1/reports/strategic/publish', { method: 'POST', body: { period: '2025-Q3' } });
    expect([sent, progress.length > 0]).toEqual([200, true]);
    const { report, figures, at } = published;
    expect(next).toMatchObject({ report: '2025-Q3-2', supersedes: { report, figures, at } });
    expect(published.supersedes).toBeUndefined();
    const second = JSON.parse(await (await raw('/v1/reports/2025-Q3-2')).text());
    expect(second.supersedes).toMatchObject({ report, figures, at, why: null, restated: expect.arrayContaining([expect.objectContaining({ figure: 'revenue', was: 2_100_000, is: 1_500_000, facts: [changed] })]) });
    expect(await (await raw('/v1/reports/2025-Q3-2?format=html')).text()).toContain(`Takes the place of 2025-Q3-1, published ${at.slice(0, 10)}, with the figures ${figures}.`);
    expect((await ask('/v1/reports/2025-Q3-2/verify')).body).toMatchObject({ same: true, restated: [], late: [] });
    expect((await ask('/v1/reports')).body.reports.map((each: any) => [each.report, each.supersedes?.report])).toEqual([['2025-Q3-2', '2025-Q3-1'], ['2025-Q3-1', undefined]]);
    expect((await ask('/v1/reports/2025-Q3-9/verify')).body.code).toBe('report-unknown');
    expect((await ask('/v1/reports', { key: empty })).body).toEqual({ reports: [] });
    expect((await raw('/v1/reports/2025-Q3-1', { key: empty })).status).toBe(404);
    // Mara looked twice at the first on one day, which counts once, and an administrator twice at the second; who only asks for the head of the answer has not looked.
    expect((await raw('/v1/reports/2025-Q3-2?format=pdf', { key: executive, method: 'HEAD' })).status).toBe(200);
    const now = (await ask(`/v1/reports/strategic?period=${quarterOfToday()}`)).body;
    expect(figuresOf(now)['report-views']).toMatchObject({ value: 2, n: 2 });
  }, 90_000);

  it('stays what it was published as, whatever policy, rates and decisions come later: its links, and the proof that it is the same', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const put = async (path: string, body: object) => expect([path, (await ask(path, { method: 'PUT', body })).status]).toEqual([path, 200]);
    const decided = { what: 'A fair', state: 'taken', level: 'corporate' };
    await put('/v1/tenant/today', { day: today });
    await put('/v1/company/decisions/D-9', { ...decided, evidence: [{ kind: 'figure', figure: 'retention' }] });
    await tell(['south', 'subscription.changed', '2025-09-15', { subscription: 'S-2', recurring: { amount: 150_000, currency: 'EUR' }, because: 'escalator' }]);
    const publish = async (period: string) => (await ask('/v1/reports/strategic/publish', { method: 'POST', body: { period } })).body;
    const [over, running] = [await publish('2025-Q3'), await publish(quarterOfToday())];
    const shown = await (await raw(`/v1/reports/${over.report}?format=html`)).text();
    const link = /\/v1\/reports\/strategic\/figures\/nrr\?[^"]*/.exec(shown)![0].replaceAll('&amp;', '&');
    const bare = `/v1/reports/strategic/figures/nrr?period=2025-Q3&position=${over.upTo}`;
    const opened = () => Promise.all([link, bare].map(async (path) => (await ask(path)).body.figure.value));
    const before = await opened();
    await put('/v1/revenue/settings/policy', { name: 'board', escalators: 'apart', reason: 'As the board counts' });
    await put('/v1/revenue/settings/rates', { currency: 'USD', on: '2025-01-01', rates: [{ currency: 'EUR', rate: 1.1 }] });
    await put('/v1/company/decisions/D-9', decided);
    // So many others are asked for that none of these is remembered.
    for (const period of ['2024-Q4', '2024-Q3']) await ask(`/v1/reports/strategic?period=${period}`);
    expect(await opened()).toEqual(before);
    // North halved to 6,000; south stands at 18,000 by an agreed rise, of which what is above the 12,000 of its start is left out.
    expect([before, (await ask('/v1/reports/strategic/figures/nrr?period=2025-Q3')).body.figure.value]).toEqual([[1, 1], 0.75]);
    expect((await ask(`/v1/reports/${over.report}/verify`)).body).toMatchObject({ same: true, differences: [] });
    const { restated, late, same } = (await ask(`/v1/reports/${running.report}/verify`)).body;
    expect([same, restated.find(({ figure }: any) => figure === 'decisions-with-evidence')]).toEqual([true, expect.objectContaining({ was: 1, is: 0, facts: [{ source: 'touchline:company', id: 'decision:D-9:1' }] })]);
    expect(late.find(({ type }: any) => type === 'company.decision-recorded')).toMatchObject({ id: 'decision:D-9:1', changed: expect.arrayContaining(['decisions-with-evidence']) });
    expect((await ask(`${Q3}&asOf=2025-10-01`)).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/asOf' }] });
    expect((await ask(`${Q3}&asOf=2025-07-31`)).body).toMatchObject({ asOf: '2025-07-31T23:59:59.999Z', isOver: false });
    await put('/v1/tenant/today', { day: null });
  }, 90_000);

  it('is published by itself where that is set, which administrators do; to people who are known', async () => {
    const path = '/v1/tenant/report-schedule';
    const off = { on: false, daysAfter: 5, segments: [], to: null, next: null, period: null, readers: [], say: 'No report is published by itself: it is switched off.' };
    expect((await ask(path)).body).toEqual(off);
    expect((await ask(path, { key: executive, method: 'PUT', body: { on: true } })).status).toBe(403);
    expect((await ask(path, { method: 'PUT', body: { on: true, to: ['mara'] } })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/to/0', detail: 'Nobody of the staff is called mara.' }] });
    for (const [body, pointer] of [[{}, '/on'], [{ on: true, daysAfter: 0 }, '/daysAfter'], [{ on: true, segments: ['a', 'a'] }, '/segments']] as const) expect((await ask(path, { method: 'PUT', body })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer }] });
    await ask('/v1/staff/mara', { method: 'PUT', body: { email: 'mara@us.example', roles: ['board'] } });
    const { body } = await ask(path, { method: 'PUT', body: { on: true, daysAfter: 10, segments: ['small'], to: ['mara'] } });
    expect(body).toMatchObject({ on: true, daysAfter: 10, segments: ['small'], to: ['mara'], readers: ['mara'], period: expect.stringMatching(/^\d{4}-Q[1-4]$/), next: expect.stringMatching(/Z$/) });
    expect((await ask(path)).body).toEqual(body);
    expect((await ask(path, { key: empty })).body).toEqual(off);
  });

  it('is a fact that webhooks may name, and the feed may not', async () => {
    const hook = { url: 'https://hooks.us.example/x', filter: { types: ['company.report-published'] }, enabled: false };
    expect((await ask('/v1/webhooks', { method: 'POST', body: hook })).status).toBe(201);
    expect((await ask('/v1/webhooks', { method: 'POST', body: { ...hook, filter: { types: ['company.target-set'] } } })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/filter/types/0' }] });
    expect((await ask('/v1/events?type=company.report-published')).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/type' }] });
  });
});

const quarterOfToday = () => `${new Date().getUTCFullYear()}-Q${Math.floor(new Date().getUTCMonth() / 3) + 1}`;
