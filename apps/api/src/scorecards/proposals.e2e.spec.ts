import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leavers } from '../../../../test/support/leavers.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let analyst: string;
beforeAll(async () => {
  api = await startApi();
  analyst = await api.key('analyst');
  const lines = leavers().map((fact) => JSON.stringify(fact)).join('\n');
  const answer = await (await api.call(await api.key('ingest'), 'POST', '/v1/events/import?import=leavers', lines, { 'content-type': 'application/x-ndjson' })).text();
  if (!answer.includes('"rejected":0')) throw new Error(answer.slice(0, 500));
}, 120_000);
afterAll(() => api.stop());

const window = { from: '2024-03-01', to: '2026-01-31', knownAt: '2026-01-31' };
const lines = async (path: string, body: object, key = analyst) => (await (await api.call(key, 'POST', `/v1/scorecards/${path}`, body)).text()).trim().split('\n').map((line) => JSON.parse(line) as any);
const propose = async (body: object, id = 'first-scorecard') => (await lines(`${id}/proposals`, body)).at(-1);
const read = async (path: string) => await (await api.call(analyst, 'GET', `/v1/scorecards/${path}`)).json() as any;
const cardFacts = async () => (await api.connections.store.readAll(null, 100, { tenant: 'acme', categories: ['scorecard'] })).events;

describe('Weights that outcomes propose for a scorecard', () => {
  it('are answered with what speaks for them, the same whenever they are asked for, and nothing is stored', async () => {
    const head = await api.connections.store.head();
    const told = await lines('first-scorecard/proposals', window);
    const { proposal, madeFrom, drafted } = told.at(-1);
    expect(told.slice(0, -1).every(({ progress }) => progress.all >= progress.done)).toBe(true);
    expect(proposal).toMatchObject({ of: { id: 'first-scorecard', version: 1 }, horizonDays: 90, seed: 1, verdict: expect.stringMatching(/^(better|no better)$/), say: expect.stringContaining('beside present weights that count as much as') });
    expect(madeFrom).toMatchObject({ customers: 90, held: 0, from: '2024-03-01', to: '2026-01-31' });
    expect(drafted).toBeNull();
    expect(proposal.weights).toHaveLength(23);
    expect(proposal.weights.reduce((sum: number, weight: any) => sum + weight.proposed, 0)).toBeCloseTo(100, 9);
    for (const { low, high, proposed } of proposal.weights) expect([low <= proposed, proposed <= high, proposed >= 0]).toEqual([true, true, true]);
    // The story tells of use, which falls before most departures, and of little else.
    expect(proposal.weights.find(({ measure }: any) => measure === 'licence-use').proposed).toBeGreaterThan(11);
    expect(proposal.weights.find(({ measure }: any) => measure === 'reopened')).toMatchObject({ was: 4, proposed: 4, say: expect.stringContaining('outcomes tell nothing of it') });
    expect(proposal.ranking.figures.map(({ name, ahead }: any) => [name, typeof ahead.low])).toEqual([['auc', 'number'], ['lift10', 'number']]);
    expect(await api.connections.store.head()).toBe(head);
    expect(await propose({ ...window, upTo: madeFrom.upTo })).toEqual(told.at(-1));
  }, 60_000);

  it('become a draft that says where they come from, which a publication approves', async () => {
    const { proposal, madeFrom, drafted } = await propose({ ...window, draft: true, reason: 'Weights of the yearly review' });
    expect(drafted).toMatchObject({ id: 'first-scorecard', version: 2, status: 'drafted' });
    const [fact] = await cardFacts();
    expect(fact).toMatchObject({ type: 'scorecard.drafted', data: { reason: 'Weights of the yearly review', basedOn: { id: 'first-scorecard', version: 1 }, card: { ...proposal.card, version: 2 } } });
    const { say: _, of: _of, card: _card, ranking, ...kept } = proposal;
    expect(fact!.data['proposal']).toEqual({
      ...kept, from: madeFrom.from, to: madeFrom.to, knownAt: madeFrom.knownAt, upTo: madeFrom.upTo, weights: proposal.weights.map(({ say: why, ...weight }: any) => weight),
      figures: ranking.figures.map(({ name, published, draft, ahead }: any) => ({ name, before: published.value, now: draft.value, ahead: ahead.value, low: ahead.low, high: ahead.high })),
    });
    const seen = await read('first-scorecard?version=2');
    expect(seen.card.measures.map(({ weight }: any) => weight)).toEqual(proposal.weights.map(({ proposed }: any) => proposed));
    expect(seen.summary).toMatchObject({ published: 1, newest: 2, decisions: [{ what: 'drafted', version: 2, proposal: { verdict: proposal.verdict, departures: proposal.departures } }] });
    const { published } = (await lines('first-scorecard/publish', { version: 2, reason: 'Approved' })).at(-1);
    expect(published).toMatchObject({ card: 'first-scorecard', version: 2, scores: true });
    expect((await read('first-scorecard')).summary.decisions.at(-1)).toMatchObject({ what: 'published', version: 2, proposal: null, by: { id: 'analyst-1' } });
  }, 60_000);

  it('for a version that is named; drafted twice they are stored once', async () => {
    const again = await propose({ ...window, version: 1, draft: true, reason: 'Once more' });
    expect(again).toMatchObject({ proposal: { of: { version: 1 } }, drafted: { version: 2, status: 'unchanged', position: null } });
    expect((await propose(window)).proposal.of).toEqual({ id: 'first-scorecard', version: 2 });
    expect(await cardFacts()).toHaveLength(2);
  }, 60_000);

  it('are refused with the reason where there is nothing to learn from, no card, no day, or no reason for a draft', async () => {
    expect(await propose({ from: '2023-01-01', to: '2023-06-30', knownAt: '2023-07-01' })).toMatchObject({ problem: { code: 'too-little-history', status: 409, detail: expect.stringContaining('at least 20 are needed') } });
    expect(await propose(window, 'nobody')).toMatchObject({ problem: { code: 'scorecard-unknown', status: 404 } });
    expect(await propose({ from: '2026-01-31', to: '2025-01-01' })).toMatchObject({ problem: { code: 'invalid-parameter', detail: expect.stringContaining('from must not be after to.') } });
    expect(await propose({ ...window, draft: true })).toMatchObject({ problem: { code: 'invalid-body', errors: [{ pointer: '/reason' }] } });
    expect(await (await api.call(analyst, 'POST', '/v1/scorecards/first-scorecard/proposals', { seed: -1, reason: 'ask ann@acme.example' })).json()).toMatchObject({ status: 422, errors: [{ pointer: '/seed' }, { pointer: '/reason' }] });
    expect((await api.call(await api.key('executive'), 'POST', '/v1/scorecards/first-scorecard/proposals', {})).status).toBe(403);
    expect(await cardFacts()).toHaveLength(2);
  }, 60_000);
});
