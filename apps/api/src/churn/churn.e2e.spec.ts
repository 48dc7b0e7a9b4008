import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leavers, type ToldFact } from '../../../../test/support/leavers.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let analyst: string;
let executive: string;
beforeAll(async () => {
  api = await startApi();
  [analyst, executive] = [await api.key('analyst'), await api.key('executive')];
  await told('acme', leavers());
  await told('globex', leavers({ certain: true }));
}, 120_000);
afterAll(() => api.stop());

async function told(tenant: string, facts: readonly ToldFact[]): Promise<void> {
  const lines = facts.map((fact) => JSON.stringify(fact)).join('\n');
  const answer = await (await api.call(await api.key('ingest', tenant), 'POST', '/v1/events/import?import=leavers', lines, { 'content-type': 'application/x-ndjson' })).text();
  if (!answer.includes('"rejected":0')) throw new Error(answer.slice(0, 500));
}

const json = async (key: string, method: string, path: string, body?: unknown) => {
  const response = await api.call(key, method, path, body);
  return { status: response.status, body: await response.json() as any };
};
const lines = async (path: string, body: unknown, key = analyst) => (await (await api.call(key, 'POST', path, body)).text()).trim().split('\n').map((line) => JSON.parse(line) as any);
const last = async (path: string, body: unknown) => (await lines(path, body)).at(-1);
const window = { from: '2024-03-01', to: '2026-01-31', knownAt: '2026-01-31' };
const head = async () => api.connections.store.head();
const inStreams = async () => (await api.connections.store.readAll(null, 100, { tenant: 'acme', categories: ['churnmodel'] })).events.map(({ type, stream, actor }) => [type, stream.id, actor.id]);

describe('A model of churn risk', () => {
  let id: string;

  it('is trained on what was known, says how far it is, and is stored once however often it is trained', async () => {
    const told = await lines('/v1/churn/models', window);
    const { trained } = told.at(-1);
    expect(told.slice(0, -1).every(({ progress }) => typeof progress.done === 'number' && progress.all >= progress.done)).toBe(true);
    expect(trained).toMatchObject({ status: 'trained', kind: 'logistic', seed: 1, window: { from: '2024-03-01', to: '2026-01-31', gapDays: 0 }, customers: 90, held: 0, suspicion: null });
    expect(trained.id).toMatch(/^cm-[0-9a-f]{12}$/);
    expect(trained.figures.find(({ horizon }: any) => horizon === '90').auc).toBeGreaterThan(0.7);
    id = trained.id;
    expect((await last('/v1/churn/models', window)).trained).toMatchObject({ status: 'already-trained', id, position: trained.position });
    expect(await inStreams()).toEqual([['churnmodel.trained', id, 'analyst-1']]);
    const listed = (await json(executive, 'GET', '/v1/churn/models')).body;
    expect(listed).toMatchObject({ inForce: 'prior', models: [{ id, state: 'trained', trainedBy: { id: 'analyst-1' }, upTo: trained.upTo, knownAt: trained.knownAt, promotedAt: null, drift: null, figures: trained.figures }] });
  }, 60_000);

  it('is another one for another kind or window, and none in a dry run', async () => {
    const ids = await Promise.all([{ ...window, kind: 'additive' }, { ...window, to: '2025-10-31' }].map(async (body) => (await last('/v1/churn/models', { ...body, dryRun: true })).trained));
    expect(new Set([id, ...ids.map((each) => each.id)]).size).toBe(3);
    expect(ids.map(({ status, position }) => [status, position])).toEqual(Array(2).fill(['dry-run', null]));
    expect(await inStreams()).toHaveLength(1);
  }, 120_000);

  it('is backtested with the same figures, beside simple rules, and nothing is stored', async () => {
    const before = await head();
    const { backtest, madeFrom } = await last('/v1/churn/backtests', window);
    const { model, summary } = (await json(executive, 'GET', `/v1/churn/models/${id}`)).body;
    const short = (horizons: any[]) => horizons.map(({ horizon, rows, leavers: left, figures }) => [horizon, rows, left, ...figures.map(({ name, value }: any) => `${name} ${value?.toFixed(6)}`)]);
    expect(short(backtest.horizons)).toEqual(short(model.proof.horizons));
    expect(backtest.horizons[0].baselines.map(({ name }: any) => name)).toEqual(['health score', 'contract ends soon', 'usage dropped']);
    expect(madeFrom).toMatchObject({ rows: summary.rows, customers: 90, knownAt: summary.knownAt });
    expect(await head()).toBe(before);
  }, 60_000);

  it('explains itself in words; so does the prior, which answers until one is promoted', async () => {
    const { body } = await json(executive, 'GET', `/v1/churn/models/${id}/explain`);
    expect(body.horizons.find(({ horizon }: any) => horizon === '90').columns.map(({ says }: any) => says).join(' ')).toMatch(/one standard deviation worse, the odds of leaving are multiplied by \d/);
    expect((await json(executive, 'GET', '/v1/churn/models/in-force/explain')).body).toMatchObject({ model: 'prior', kind: 'logistic' });
  });

  it('comes into force when it did better than the prior on time that it had not seen, and only once', async () => {
    const { status, body } = await json(analyst, 'POST', `/v1/churn/models/${id}/promote`, {});
    expect({ status, body }).toMatchObject({ status: 200, body: { model: id, comparison: { candidate: id, current: 'prior', better: true } } });
    expect((await json(executive, 'GET', '/v1/churn/models')).body).toMatchObject({ inForce: id, models: [{ id, state: 'in-force' }] });
    expect(await json(analyst, 'POST', `/v1/churn/models/${id}/promote`, { reason: 'again' })).toMatchObject({ status: 409, body: { code: 'model-in-force' } });
    const [fact] = (await api.connections.store.readStream({ tenant: 'acme', category: 'churnmodel', id })).slice(-1);
    expect(fact).toMatchObject({ type: 'churnmodel.promoted', data: { model: id, comparedWith: 'prior', better: expect.arrayContaining([expect.objectContaining({ horizon: '90' })]) } });
  }, 60_000);

  it('is refused with both figures where it is not surely better than the one in force, unless somebody says why', async () => {
    const other = (await last('/v1/churn/models', { ...window, seed: 2 })).trained.id;
    const refused = await json(analyst, 'POST', `/v1/churn/models/${other}/promote`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'model-not-better', detail: expect.stringMatching(/made the same way as cm-.*state a reason/), comparison: { current: id, better: false } } });
    expect(await json(analyst, 'POST', `/v1/churn/models/${other}/promote`, { reason: 'ask ann@acme.example' })).toMatchObject({ status: 422, body: { code: 'invalid-body' } });
    expect((await json(analyst, 'POST', `/v1/churn/models/${other}/promote`, { reason: 'Another seed' })).status).toBe(200);
    expect((await json(executive, 'GET', '/v1/churn/models')).body.models.map(({ id: one, state, reason }: any) => [one, state, reason])).toEqual([[other, 'in-force', 'Another seed'], [id, 'superseded', null]]);
    expect((await json(analyst, 'POST', `/v1/churn/models/${other}/retire`, { reason: 'Only tried' })).status).toBe(200);
    expect(await json(analyst, 'POST', `/v1/churn/models/${other}/retire`, { reason: 'Once more' })).toMatchObject({ status: 409, body: { code: 'model-retired' } });
    expect(await json(analyst, 'POST', `/v1/churn/models/${other}/promote`, {})).toMatchObject({ status: 409, body: { code: 'model-retired' } });
    expect((await json(executive, 'GET', '/v1/churn/models')).body.inForce).toBe(id);
  }, 120_000);

  it('is promoted once when two do it at the same moment', async () => {
    const other = (await last('/v1/churn/models', { ...window, seed: 3 })).trained.id;
    const statuses = await Promise.all([1, 2].map(async () => (await json(analyst, 'POST', `/v1/churn/models/${other}/promote`, { reason: 'Both' })).status));
    expect(statuses.sort()).toEqual([200, 409]);
    expect((await inStreams()).filter(([type, of]) => type === 'churnmodel.promoted' && of === other)).toHaveLength(1);
  }, 120_000);

  it('hands out its rows, with what was foretold of them, from which its figures can be had again', async () => {
    const told = await lines('/v1/churn/rows', { ...window, upTo: (await json(executive, 'GET', `/v1/churn/models/${id}`)).body.summary.upTo });
    const rows = told.flatMap((line) => line.rows ?? []);
    const { summary, model } = (await json(executive, 'GET', `/v1/churn/models/${id}`)).body;
    expect([rows.length, told.at(-1)]).toMatchObject([summary.rows, { madeFrom: { rows: summary.rows, upTo: summary.upTo, customers: 90 } }]);
    const ninety = model.proof.horizons.find(({ horizon }: any) => horizon === 90);
    const judged = rows.filter(({ foretold }: any) => foretold['90'] !== null);
    expect([judged.length, judged.filter(({ labels }: any) => labels['90'] === 1).length]).toEqual([ninety.rows, ninety.leavers]);
    const brier = judged.reduce((sum: number, { foretold, labels }: any) => sum + (foretold['90'].chance - labels['90']) ** 2, 0) / judged.length;
    expect(brier).toBeCloseTo(ninety.figures.find(({ name }: any) => name === 'brier').value, 6);
    expect(judged.every(({ foretold, on }: any) => foretold['90'].origin <= on)).toBe(true);
  }, 60_000);

  it('looks at no other features and counts no other causes than it is told to', async () => {
    const few = (await last('/v1/churn/models', { ...window, features: ['due', 'trend'], causes: ['payment', 'voluntary'] })).trained;
    const { model } = (await json(executive, 'GET', `/v1/churn/models/${few.id}`)).body;
    expect(model).toMatchObject({ features: ['due', 'trend'], window: { causes: ['payment', 'voluntary'] } });
    expect(new Set(model.horizons.flatMap(({ columns }: any) => columns.map(({ feature }: any) => feature.replace(/-\d+$/, ''))))).toEqual(new Set(['due', 'trend']));
    const compared = await json(analyst, 'POST', `/v1/churn/models/${few.id}/promote`, {});
    expect(compared).toMatchObject({ status: 409, body: { code: 'model-not-better' } });
    expect(await json(analyst, 'POST', '/v1/churn/models', { features: ['trend', 'astrology'] })).toMatchObject({ status: 422, body: { errors: [{ pointer: expect.stringMatching(/^\/features/) }] } });
    expect(await json(analyst, 'POST', '/v1/churn/models', { causes: 'voluntary' })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/causes' }] } });
    expect((await json(analyst, 'POST', `/v1/churn/models/${few.id}/retire`, { reason: 'Only tried' })).status).toBe(200);
  }, 120_000);

  it('is refused where it looks too good to be true, unless a reason names each column', async () => {
    const other = await api.key('analyst', 'globex');
    const { trained } = (await lines('/v1/churn/models', window, other)).at(-1);
    const { columns, says } = trained.suspicion;
    expect([columns.includes('licence-use'), says]).toEqual([true, expect.stringMatching(/An AUC of 0\.9\d+ is above 0\.95/)]);
    expect(await json(other, 'POST', `/v1/churn/models/${trained.id}/promote`, { reason: 'It looks good' })).toMatchObject({ status: 409, body: { code: 'model-suspicious', columns } });
    expect(await json(other, 'POST', `/v1/churn/models/${trained.id}/promote`, { reason: `Known on the day: ${columns.slice(1).join(', ')}` })).toMatchObject({ status: 409, body: { code: 'model-suspicious', columns: columns.slice(0, 1) } });
    expect((await json(other, 'POST', `/v1/churn/models/${trained.id}/promote`, { reason: `Known on the day: ${columns.join(', ')}` })).status).toBe(200);
    expect((await lines('/v1/churn/models', { ...window, accept: columns, dryRun: true }, other)).at(-1).trained.suspicion).toBeNull();
    expect((await json(executive, 'GET', '/v1/churn/models')).body.models.some(({ id: one }: any) => one === trained.id)).toBe(false);
  }, 120_000);

  it('is not made where there is too little history, and what is wrong with a request is said', async () => {
    expect(await last('/v1/churn/models', { from: '2023-01-01', to: '2023-03-31', knownAt: '2023-04-01' })).toMatchObject({ problem: { code: 'too-little-history', status: 409, detail: expect.stringMatching(/customers/) } });
    expect(await last('/v1/churn/backtests', { from: '2026-01-31', to: '2025-01-31' })).toMatchObject({ problem: { code: 'invalid-parameter', detail: expect.stringContaining('from must not be after to') } });
    expect(await json(analyst, 'POST', '/v1/churn/models', { kind: 'forest' })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/kind' }] } });
    for (const path of ['cm-000000000000', 'cm-000000000000/explain']) expect(await json(executive, 'GET', `/v1/churn/models/${path}`)).toMatchObject({ status: 404, body: { code: 'model-unknown' } });
    for (const name of ['cm-000000000000', 'prior', 'in-force']) expect(await json(analyst, 'POST', `/v1/churn/models/${name}/promote`, {})).toMatchObject({ status: 404, body: { code: 'model-unknown' } });
    const other = await api.key('analyst', 'globex');
    expect(await json(other, 'GET', `/v1/churn/models/${id}`)).toMatchObject({ status: 404 });
    expect((await json(executive, 'POST', '/v1/churn/models', {})).status).toBe(403);
  });

  it('stands in streams of its own, over which nobody else trips', async () => {
    const operator = await api.key('operator');
    const position = (await json(executive, 'GET', '/v1/churn/models')).body.models[0].position;
    expect((await json(executive, 'GET', `/v1/customers?limit=1&minPosition=${position}`)).status).toBe(200);
    const report = (await lines('/v1/admin/verify', undefined, operator)).at(-1).report;
    expect(report).toMatchObject({ equal: true, flaws: [], differences: [] });
    expect((await json(operator, 'GET', '/v1/admin/doctor')).body.findings.filter(({ status }: any) => status === 'fails')).toEqual([]);
    const timeline = (await json(executive, 'GET', '/v1/customers/l-001/timeline')).body.touches.map(({ type }: any) => type);
    expect(timeline.filter((type: string) => !/^(usage|subscription|customer)\./.test(type))).toEqual([]);
    expect(await json(operator, 'POST', '/v1/contacts/nobody/erase', { reason: 'asked-by-person' })).toMatchObject({ status: 404, body: { code: 'contact-unknown' } });
  }, 60_000);
});
