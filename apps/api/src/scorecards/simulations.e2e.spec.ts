import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstScorecard } from '#insight';
import { connectionsTo } from '../../../../test/support/database.js';
import { leavers } from '../../../../test/support/leavers.js';
import { eventually } from '../../../../test/support/read-models.js';
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

const PATH = '/v1/scorecards/simulations';
/** The story tells of use and contracts only. */
const card = { ...firstScorecard, bands: { ...firstScorecard.bands, leastCoverage: 10 } };
const window = { from: '2025-02-01', to: '2026-01-31', knownAt: '2026-01-31' };
const simulate = async (body: object, key = analyst) => {
  const response = await api.call(key, 'POST', PATH, body);
  return { status: response.status, type: response.headers.get('content-type'), lines: (await response.text()).trim().split('\n').map((line) => JSON.parse(line) as any) };
};

describe('A scorecard is tried on the whole history', () => {
  it('and it is said as it goes how far that is, and what was found; nothing is stored', async () => {
    const head = await api.connections.store.head();
    const { status, type, lines } = await simulate({ card, ...window, page: true });
    const { simulation, madeFrom, page } = lines.at(-1);
    expect([status, type]).toEqual([200, 'application/x-ndjson']);
    expect(lines.slice(0, -1).every(({ progress }) => progress.all >= progress.done)).toBe(true);
    expect(simulation).toMatchObject({ customers: 90, from: '2025-02-01', to: '2026-01-31', cards: { published: ['first-scorecard@1'], draft: ['draft made from first-scorecard@1'] } });
    expect(page).toContain('<dd>draft made from first-scorecard@1</dd>');
    // As published too little is known of anybody to have a band.
    expect(simulation.turns.every(({ from, to }: any) => from === 'unknown' && to !== 'unknown')).toBe(true);
    expect(simulation.leads.published.atRisk.warned).toBe(0);
    expect(simulation.leads.draft.watch.warned).toBeGreaterThan(0);
    expect(page).toContain(`<h1>${simulation.say.replaceAll("'", '&#39;')}</h1>`);
    expect(await api.connections.store.head()).toBe(head);
    const again = await simulate({ card, ...window, upTo: madeFrom.upTo });
    expect(again.lines.at(-1)).toEqual({ simulation, madeFrom });
  }, 60_000);

  it('by its id: the newest version that was drafted, or the one named', async () => {
    const drafted = await api.call(analyst, 'POST', '/v1/scorecards', { card, reason: 'Little is known of them' });
    expect(drafted.status).toBe(201);
    const { version } = await drafted.json() as { version: number };
    const cardsOf = async (more: object) => (await simulate({ id: 'first-scorecard', ...window, ...more })).lines.at(-1).simulation.cards;
    expect(await cardsOf({})).toEqual({ published: ['first-scorecard@1'], draft: [`first-scorecard@${version}`] });
    expect(await cardsOf({ version: 1 })).toEqual({ published: ['first-scorecard@1'], draft: ['first-scorecard@1'] });
  }, 60_000);

  it.each([
    ['both', { card, id: 'first-scorecard' }, 422, 'invalid-body', '/id'], ['neither', {}, 422, 'invalid-body', '/card'],
    ['a card that is none', { card: { ...card, measures: 'many' } }, 422, 'invalid-body', '/card/measures'], ['a card with a signal that there is not', { card: { ...card, measures: [{ ...card.measures[0], signal: 'luck' }] } }, 422, undefined, undefined],
    ['no such card', { id: 'nobody' }, 404, 'scorecard-unknown', undefined], ['no day', { id: 'first-scorecard', from: '2026-02-30' }, 422, 'invalid-body', '/from'],
  ])('is refused for %s', async (_, body, status, code, pointer) => {
    const response = await api.call(analyst, 'POST', PATH, body);
    const problem = await response.json() as any;
    expect([response.status, response.headers.get('content-type')]).toEqual([status === 422 && code === undefined ? problem.status : status, expect.stringContaining('application/problem+json')]);
    if (code) expect(problem.code).toBe(code);
    if (pointer) expect(problem.errors[0].pointer).toBe(pointer);
  });

  it('is refused for a draft with errors by its id, as for the card itself; so is a proposal for it', async () => {
    const flawed = { ...card, id: 'flawed', measures: [{ ...card.measures[0], signal: 'luck' }] };
    expect((await api.call(analyst, 'POST', '/v1/scorecards', { card: flawed, reason: 'Not done yet' })).status).toBe(201);
    const problems = await Promise.all([[PATH, { card: flawed, ...window }], [PATH, { id: 'flawed', ...window }], ['/v1/scorecards/flawed/proposals', { version: 1, ...window }]].map(async ([path, body]) => {
      const answer = (await (await api.call(analyst, 'POST', path as string, body)).text()).trim().split('\n').map((line) => JSON.parse(line)).at(-1);
      const { status, code, errors } = answer.problem ?? answer;
      return { status, code, errors };
    }));
    expect(problems[0]).toMatchObject({ status: 422, code: 'scorecard-flawed', errors: [{ pointer: '/card/measures/0/signal' }] });
    expect(problems.slice(1)).toEqual([problems[0], problems[0]]);
  });

  it('is refused under way for days that cannot be, and from the start for who may not', async () => {
    expect((await simulate({ card, from: '2026-01-31', to: '2025-01-01' })).lines.at(-1).problem).toMatchObject({ code: 'invalid-parameter', detail: expect.stringContaining('from must not be after to.') });
    expect((await api.call(await api.key('executive'), 'POST', PATH, { card })).status).toBe(403);
  });

  it('ends with who hangs up', async () => {
    const before = await connectionsTo(api.database);
    const asked = request(`${api.url}${PATH}`, { method: 'POST', agent: false, headers: { 'authorization': `Bearer ${analyst}`, 'content-type': 'application/json' } });
    asked.on('error', () => undefined);
    asked.end(JSON.stringify({ card, ...window, from: '2016-02-01' }));
    const [response] = await once(asked, 'response') as [IncomingMessage];
    await once(response, 'data');
    asked.destroy();
    // What it held open is gone, as is what the API itself keeps for ten idle seconds; so nothing is left that could keep it from stopping.
    await eventually(async () => (await connectionsTo(api.database)) <= before);
  }, 60_000);

  it.each([10, 40])('has not failed when somebody hangs up before it begins to answer, after %i ms', async (ms) => {
    const asked = request(`${api.url}${PATH}`, { method: 'POST', agent: false, headers: { 'authorization': `Bearer ${analyst}`, 'content-type': 'application/json' } });
    asked.on('error', () => undefined);
    asked.end(JSON.stringify({ card, ...window, from: '2016-02-01' }));
    await once(asked, 'finish');
    await setTimeout(ms);
    asked.destroy();
    await setTimeout(500);
    expect(api.failures).toEqual([]);
  }, 60_000);
});
