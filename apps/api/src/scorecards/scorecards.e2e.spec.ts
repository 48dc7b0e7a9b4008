import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Card } from '#insight';
import { pulseCard } from '../../../../libs/read-model/src/testing/cards.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let analyst: string;
let csm: string;
beforeAll(async () => {
  api = await startApi();
  [analyst, csm] = [await api.key('analyst'), await api.key('csm')];
  for (const tenant of ['acme', 'globex']) await pulses(tenant, { good: 90, fair: 60, bad: 20 });
}, 60_000);
afterAll(() => api.stop());

async function pulses(tenant: string, values: Record<string, number>): Promise<void> {
  const events = Object.entries(values).flatMap(([customer, value], n) => [
    { source: 'crm', id: `reg-${customer}`, type: 'customer.registered', customer, data: { name: customer } },
    { source: 'crm', id: `pulse-${customer}-${n}-${value}`, type: 'customer.measurement-recorded', customer, data: { measure: 'pulse', value } }]);
  const { results, position } = await (await api.call(await api.key('ingest', tenant), 'POST', '/v1/events', events)).json() as any;
  if (results.some(({ status }: any) => status !== 'appended')) throw new Error(JSON.stringify(results).slice(0, 500));
  await api.call(await api.key('csm', tenant), 'GET', `/v1/customers?minPosition=${position}`);
}

const json = async (method: string, path: string, body?: unknown, key = analyst) => {
  const response = await api.call(key, method, path, body);
  return { status: response.status, body: await response.json() as any };
};
const last = async (path: string, body: unknown, key = analyst) => JSON.parse((await (await api.call(key, 'POST', path, body)).text()).trim().split('\n').at(-1)!) as any;
const draft = (card: Omit<Card, 'version'> & { version?: number }, reason = 'try it') => json('POST', '/v1/scorecards', { card, reason });
const health = async (customer: string, minPosition: string) => (await json('GET', `/v1/customers/${customer}/health?minPosition=${minPosition}`)).body;
const inStreams = async () => (await api.connections.store.readAll(null, 100, { tenant: 'acme', categories: ['scorecard'] })).events.map(({ type, stream, actor }) => `${type} ${stream.id} ${actor.id}`);
const { version: _, ...mine } = pulseCard('mine');

describe('A scorecard', () => {
  it('is checked, drafted, assigned and published, counts whose band changes, and is reverted', async () => {
    expect((await json('POST', '/v1/scorecards/checks', { card: mine }, csm)).body).toMatchObject({ publishable: true, coverage: { customers: 3, measures: [{ id: 'pulse', known: 3 }] } });
    expect(await draft(mine)).toMatchObject({ status: 201, body: { id: 'mine', version: 1, status: 'drafted' } });
    expect(await draft(mine)).toMatchObject({ body: { version: 1, status: 'unchanged', position: null } });

    const { published } = await last('/v1/scorecards/mine/publish', { reason: 'good enough' });
    expect(published).toMatchObject({ card: 'mine', version: 1, scores: false, effect: null });
    const assigned = (await last('/v1/scorecards/assignments/whole', { rules: [], otherwise: 'mine', reason: 'for all' })).published;
    expect(assigned.effect).toEqual({ customers: 3, held: 0, changed: 3, better: 0, worse: 0, bands: [{ from: 'unknown', to: 'at-risk', customers: 1 }, { from: 'unknown', to: 'healthy', customers: 1 }, { from: 'unknown', to: 'watch', customers: 1 }] });
    expect(await health('fair', assigned.position)).toMatchObject({ score: 60, band: 'watch', card: { id: 'mine', version: 1 } });

    const strict = { ...mine, version: 1, bands: { ...mine.bands, watch: 65 } };
    expect(await draft(strict, 'stricter')).toMatchObject({ body: { version: 2 } });
    expect((await json('GET', '/v1/scorecards/mine/diff', undefined, csm)).body).toMatchObject({ from: 1, to: 2, changes: [{ path: 'card', field: 'bands.watch', before: 45, after: 65 }] });
    const second = (await last('/v1/scorecards/mine/publish', { reason: 'stricter' })).published;
    expect(second).toMatchObject({ version: 2, scores: true, effect: { changed: 1, better: 0, worse: 1, bands: [{ from: 'watch', to: 'at-risk', customers: 1 }] } });
    expect(await health('fair', second.position)).toMatchObject({ score: 60, band: 'at-risk', card: { version: 2 } });

    const back = (await last('/v1/scorecards/mine/revert', { reason: 'too strict' })).published;
    expect(back).toMatchObject({ version: 1, revertedFrom: 2, effect: { better: 1, worse: 0 } });
    expect(await health('fair', back.position)).toMatchObject({ band: 'watch', card: { version: 1 } });
    expect(await inStreams()).toEqual(['scorecard.drafted mine', 'scorecard.published mine', 'scorecard.assigned assignment', 'scorecard.drafted mine', 'scorecard.published mine', 'scorecard.published mine'].map((text) => `${text} analyst-1`));
    // Not one announcement for each customer.
    expect((await api.connections.store.readAll(null, 100, { tenant: 'acme', categories: ['insight'] })).events.filter(({ type }) => type === 'insight.health-band-changed')).toEqual([]);
  }, 60_000);

  it('is listed with who is scored by it and every decision, and shown in any version', async () => {
    const { body } = await json('GET', '/v1/scorecards', undefined, csm);
    expect(body).toMatchObject({ scorecards: [{ id: 'first-scorecard', state: 'in-force', published: 1, assigned: [] }, { id: 'mine', state: 'in-force', published: 1, newest: 2, assigned: ['whole'] }], assignments: { whole: { rules: [], otherwise: 'mine' }, payer: null, user: null } });
    expect(body.scorecards[1].decisions.map(({ what, version, reason, by }: any) => `${what} ${version} ${reason} ${by.id}`)).toEqual(['drafted 1 try it analyst-1', 'published 1 good enough analyst-1', 'drafted 2 stricter analyst-1', 'published 2 stricter analyst-1', 'reverted 1 too strict analyst-1']);
    expect((await json('GET', '/v1/scorecards/mine?version=2', undefined, csm)).body.card).toMatchObject({ version: 2, bands: { watch: 65 } });
    expect((await json('GET', '/v1/scorecards/mine', undefined, csm)).body.card).toEqual(pulseCard('mine'));
  });

  it('of one tenant is nothing to another', async () => {
    const key = await api.key('admin', 'globex');
    expect((await json('GET', '/v1/scorecards/mine', undefined, key))).toMatchObject({ status: 404, body: { code: 'scorecard-unknown' } });
    expect((await json('GET', '/v1/customers/fair/health', undefined, key)).body).toMatchObject({ card: { id: 'first-scorecard' } });
  });

  it('that is wrong is refused with a pointer to each field, and nothing is stored', async () => {
    const before = await inStreams();
    const wrong = { ...mine, id: 'wrong', bands: { ...mine.bands, healthy: 'high' }, measures: [{ ...mine.measures[0]!, weight: -1, colour: 'red' }] };
    const { status, body } = await draft(wrong as never);
    expect([status, body.code, body.errors.map(({ pointer }: any) => pointer).sort()]).toEqual([422, 'invalid-body', ['/card/bands/healthy', '/card/measures/0/colour', '/card/measures/0/weight']]);
    const unreachable = { ...mine, id: 'unreachable', measures: mine.measures.map((measure) => ({ ...measure, curve: { kind: 'line' as const, points: [[0, 0], [100, 0.5]] as const } })) };
    expect((await json('POST', '/v1/scorecards/checks', { card: { ...mine, id: 'nogroup', measures: [{ ...mine.measures[0]!, group: 'none' }] } })).body).toMatchObject({ publishable: false, coverage: null, findings: [{ level: 'warning', pointer: '/groups/0' }, { level: 'error', pointer: '/measures/0/group' }] });
    expect((await json('POST', '/v1/scorecards/checks', { card: unreachable })).body).toMatchObject({ publishable: false, findings: [{ level: 'warning', pointer: '/measures/0/curve' }, { level: 'error', pointer: '/bands/healthy' }] });
    expect(await inStreams()).toEqual(before);
  });

  it('with errors can be drafted, and is not published', async () => {
    expect(await draft({ ...mine, id: 'half', measures: [{ ...mine.measures[0]!, group: 'none' }] })).toMatchObject({ status: 201, body: { findings: [{ level: 'warning' }, { level: 'error' }] } });
    const problem = await last('/v1/scorecards/half/publish', { reason: 'now' });
    expect(problem).toMatchObject({ status: 422, code: 'scorecard-flawed', errors: [{ pointer: '/card/measures/0/group' }] });
  });

  it('is not written over, assigned unpublished, retired in use, or touched by who may not', async () => {
    expect(await draft({ ...mine, version: 1, label: 'Late' })).toMatchObject({ status: 409, body: { code: 'scorecard-outdated', newest: 2, basedOn: 1 } });
    expect((await last('/v1/scorecards/assignments/payer', { rules: [{ segments: ['x'], card: 'half' }], otherwise: null, reason: 'x' }))).toMatchObject({ status: 409, code: 'scorecard-not-published', errors: [{ pointer: '/rules/0/card' }] });
    expect((await json('POST', '/v1/scorecards/mine/retire', { reason: 'x' }))).toMatchObject({ status: 409, body: { code: 'scorecard-in-use' } });
    expect((await json('POST', '/v1/scorecards', { card: mine, reason: 'x' }, csm))).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await json('POST', '/v1/scorecards/assignments/everybody', { rules: [], otherwise: 'mine', reason: 'x' }))).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
  });

  it('decides one after the other: who retires a card while it is assigned is refused, or the assignment is', async () => {
    for (const n of [1, 2, 3]) {
      const id = `race${n}`;
      await draft({ ...mine, id });
      await last(`/v1/scorecards/${id}/publish`, { reason: 'x' });
      const [assigned, retired] = await Promise.all([last('/v1/scorecards/assignments/whole', { rules: [], otherwise: id, reason: 'x' }), json('POST', `/v1/scorecards/${id}/retire`, { reason: 'x' })]);
      expect([assigned.published !== undefined, retired.status === 200].filter(Boolean)).toHaveLength(1);
      await last('/v1/scorecards/assignments/whole', { rules: [], otherwise: 'mine', reason: 'x' });
    }
  }, 60_000);

  it('is assigned by rules that fit somebody only, and no more than a fact holds', async () => {
    const assign = async (rules: object[]) => (await json('POST', '/v1/scorecards/assignments/whole', { rules, otherwise: 'mine', reason: 'x' })).body;
    expect(await assign([{ segments: [], card: 'mine' }])).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/rules/0/segments' }] });
    expect(await assign(Array.from({ length: 51 }, () => ({ segments: ['x'], card: 'mine' })))).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/rules' }] });
  });
});
