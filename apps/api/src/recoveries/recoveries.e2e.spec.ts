import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Reactor } from '#event-store';
import { recoveryReaction } from '#intake';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let reactor: Reactor;
let [anna, admin]: string[] = [];
const csat = { kind: 'csat', min: 1, max: 5 };
let n = 0;

beforeAll(async () => {
  api = await startApi();
  [anna, admin] = [await api.key('csm', 'acme', 'anna'), await api.key('admin')];
  reactor = new Reactor({ worker: api.connections.worker, store: api.connections.store, reactions: [recoveryReaction], check: () => undefined, warn: (message, error) => { throw new Error(message, { cause: error }); } });
  await reactor.start();
  await tell('north', 'customer.registered', { name: 'Nordlicht', owner: 'anna' });
}, 60_000);
afterAll(async () => {
  await reactor.stop();
  await api.stop();
});

const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const ask = async (method: string, path: string, body?: unknown, { key = anna, headers = {} }: { key?: string; headers?: Record<string, string> } = {}) => json(await api.call(key!, method, path, body, headers));
const tell = async (customer: string, type: string, data: object) => {
  const { body } = await ask('POST', '/v1/events', [{ id: `e-${++n}`, source: 'crm', type, customer, data }], { key: admin });
  expect(body.results[0].status).toBe('appended');
  await reactor.look();
  return ask('GET', `/v1/recoveries?owner=all&minPosition=${body.position as string}`);
};
const answer = (survey: string, score: number, more: object = {}) => tell('north', 'survey.responded', { survey, instrument: csat, score, contact: { system: 'crm', id: 'P-1' }, verbatim: 'Three days!', ...more });
const newest = async () => {
  const position = await api.connections.store.head();
  return (await ask('GET', `/v1/recoveries?owner=all&state=all&minPosition=${position}`)).body.recoveries.at(-1);
};
const step = (id: string, name: string, body: object = {}, headers: Record<string, string> = {}) => ask('POST', `/v1/recoveries/${id}/${name}`, body, { headers });

describe('A recovery', () => {
  it('goes from a bad answer to a proven fix, and every step is told', async () => {
    await answer('V-1', 2);
    const opened = await newest();
    expect(opened).toMatchObject({ state: 'open', owner: 'anna', customer: { id: 'north', name: 'Nordlicht' }, reasons: ['low-answer'], answer: { survey: 'V-1', score: 2, bar: 4 }, overdue: false, proof: null });
    const { id } = opened;
    expect((await step(id, 'close')).body).toMatchObject({ status: 409, code: 'recovery-not-contacted' });
    const looked = await step(id, 'acknowledge', {}, { 'if-match': `"${opened.version as string}"` });
    expect(looked).toMatchObject({ status: 201, body: { recovery: id, customer: 'north' } });
    expect(await step(id, 'contact', { how: 'call', contact: 'crm:P-1', note: 'She is <sorry> & calm' }, { 'if-match': looked.body.position })).toMatchObject({ status: 201 });
    expect((await ask('GET', '/v1/answers/V-1?customer=north')).body).toMatchObject({ state: 'acted-on', viewers: [{ viewer: 'anna', role: 'csm' }] });
    expect((await step(id, 'close')).body.code).toBe('recovery-without-cause');
    expect((await step(id, 'cause', { cause: 'overload', what: 'All print at shift change' })).status).toBe(201);
    expect((await step(id, 'close')).body.code).toBe('recovery-without-prevention');
    expect((await step(id, 'prevention', { what: 'A second server' })).status).toBe(201);
    expect((await step(id, 'link', { ticket: 'T-1' })).status).toBe(201);
    expect((await step(id, 'assign', { owner: 'jonas' })).status).toBe(201);
    const closed = await step(id, 'close', { note: 'Prints' });
    expect(closed.status).toBe(201);
    await new Promise((wake) => setTimeout(wake, 5));
    await answer('V-2', 5);
    const { body: { recovery, story } } = await ask('GET', `/v1/recoveries/${id}?minPosition=${await api.connections.store.head()}`);
    expect(recovery).toMatchObject({ state: 'closed', owner: 'jonas', cause: 'overload', tickets: ['T-1'], proof: { fix: 'confirmed', survey: 'V-2' }, clocks: [{ state: 'done' }, { state: 'done' }, { state: 'done' }] });
    expect(story.map(({ type }: { type: string }) => type)).toEqual(['survey.responded', 'recovery.opened', 'recovery.acknowledged', 'recovery.contacted', 'survey.response-viewed', ...['cause-identified', 'prevention-recorded', 'linked', 'owner-assigned', 'closed', 'fix-confirmed'].map((name) => `recovery.${name}`)]);
    expect(story.map(({ data }: any) => data.note ?? data.what ?? data.verbatim).filter(Boolean)).toEqual(['Three days!', 'She is <sorry> & calm', 'All print at shift change', 'A second server', 'Prints']);
    expect(story[3]).toMatchObject({ actor: { kind: 'person', id: 'anna' }, data: { how: 'call', contact: recovery.contact } });
    const log = await api.connections.store.readStream({ tenant: 'acme', category: 'customer', id: 'north' });
    expect(JSON.stringify(log)).not.toMatch(/sorry|shift change|second server/);
    expect((await ask('GET', '/v1/recoveries/summary')).body).toMatchObject({ recoveries: 1, open: 0, actedOn: 100, fixes: { confirmed: 1 }, causes: [{ cause: 'overload' }] });
  });

  it('is not changed by two people at once: who comes second is told', async () => {
    await answer('V-3', 1);
    const { id, version } = await newest();
    expect((await api.call(anna!, 'GET', `/v1/recoveries/${id as string}`)).headers.get('etag')).toBe(`"${version as string}"`);
    const both = await Promise.all(['anna', 'jonas'].map((owner) => step(id, 'assign', { owner: `${owner}-2` }, { 'if-match': `"${version as string}"` })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(both.find(({ status }) => status === 412)!.body).toMatchObject({ code: 'recovery-changed' });
    // Without a version each is decided on what the other did.
    const many = await Promise.all([1, 2, 3].map(() => step(id, 'acknowledge')));
    expect(many.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('takes what many do at once, one after the other, and refuses nobody', async () => {
    await answer('V-4', 1);
    const { id } = await newest();
    const many = await Promise.all(Array.from({ length: 8 }, (_, n) => step(id, 'assign', { owner: `p${n}` })));
    expect(many.map(({ status }) => status)).toEqual(Array(8).fill(201));
  });

  it('is not opened for what is told more than a week late: it stands with the answers that came with history', async () => {
    const time = new Date(Date.now() - 9 * 86_400_000).toISOString();
    const { body: { results: [{ position }] } } = await ask('POST', '/v1/events', [{ id: 'late', source: 'crm', type: 'survey.responded', customer: 'north', time, data: { survey: 'V-5', instrument: csat, score: 1, verbatim: 'A card by post' } }], { key: admin });
    await reactor.look();
    const surveys = async (state: string) => (await ask('GET', `/v1/answers?owner=all&state=${state}&minPosition=${position as string}`)).body.answers.map(({ survey }: { survey: string }) => survey);
    expect([await surveys('history'), await surveys('unread')]).toEqual([['V-5'], expect.not.arrayContaining(['V-5'])]);
    expect((await newest()).answer.survey).not.toBe('V-5');
  });

  it('has the version that the log gives it today, where the log has begun a new epoch', async () => {
    await answer('V-E', 1);
    const before = await newest();
    const end = await api.connections.store.beginEpoch('promoted');
    const { id, version } = (await ask('GET', `/v1/recoveries/${before.id as string}`)).body.recovery;
    expect(version).toBe(`${end.split('.')[0]!}.${(before.version as string).split('.')[1]!}`);
    expect((await step(id, 'acknowledge', {}, { 'if-match': `"${before.version as string}"` })).body).toMatchObject({ code: 'recovery-changed' });
    expect((await step(id, 'acknowledge', {}, { 'if-match': `"${version as string}"` })).status).toBe(201);
  });

  it('is opened by hand, with words that are sealed, and its number names it', async () => {
    const opened = await ask('POST', '/v1/recoveries', { customer: 'north', what: 'Their director rang', ticket: 'T-9', contact: 'crm:P-7' });
    expect(opened.status).toBe(201);
    const { body } = await ask('GET', `/v1/recoveries/${opened.body.recovery as string}?minPosition=${opened.body.position as string}`);
    expect(body).toMatchObject({ recovery: { reasons: ['by-hand'], owner: 'anna', tickets: ['T-9'], answer: null }, story: [{ type: 'recovery.opened', data: { what: 'Their director rang' } }] });
    expect((await ask('GET', '/v1/recoveries/R-nobody')).body.code).toBe('recovery-unknown');
    expect((await step('R-nobody', 'acknowledge')).body.code).toBe('recovery-unknown');
    expect((await step(opened.body.recovery, 'link', { other: 'R-nobody' })).body.code).toBe('recovery-unknown');
  });

  it.each([
    ['contact', {}, '/how'], ['contact', { how: 'shout' }, '/how'], ['cause', { cause: 'a cause' }, '/cause'], ['prevention', {}, '/what'], ['prevention', { what: 'x', noneBecause: 'y' }, '/what'], ['link', {}, '/ticket'],
    ['assign', { owner: 'a b' }, '/owner'], ['close', { note: '' }, '/note'], ['acknowledge', { note: 'x' }, '/note'],
  ])('refuses a wrong body of %s and points at it: %j', async (name, body, pointer) => {
    const { id } = await newest();
    const refused = await step(id, name, body);
    expect({ status: refused.status, code: refused.body.code, pointer: refused.body.errors?.[0].pointer }).toEqual({ status: 422, code: 'invalid-body', pointer });
  });

  it('is for those who may', async () => {
    const { id } = await newest();
    const analyst = await api.key('analyst');
    expect((await ask('POST', `/v1/recoveries/${id as string}/acknowledge`, {}, { key: analyst })).body.code).toBe('forbidden');
    expect((await ask('GET', `/v1/recoveries/${id as string}`, undefined, { key: await api.key('ingest') })).body.code).toBe('forbidden');
    expect((await ask('GET', `/v1/recoveries/${id as string}`, undefined, { key: await api.key('admin', 'globex') })).body.code).toBe('recovery-unknown');
    expect((await ask('POST', '/v1/events', [{ id: 'forged', source: 'crm', type: 'recovery.closed', customer: 'north', data: { recovery: id, worked: 0 } }], { key: admin })).body.results[0].problem.code).toBe('type-internal');
  });
});

describe('The settings', () => {
  it('are the usual ones and say so, until an administrator decides', async () => {
    const read = (path: string) => ask('GET', path, undefined, { key: admin });
    expect((await read('/v1/recovery-policy')).body).toMatchObject({ clocks: { look: 240, contact: 480, close: 2400 }, rules: [], decided: null, say: expect.stringMatching(/^The usual policy counts/) });
    expect((await read('/v1/working-hours')).body).toMatchObject({ timeZone: 'UTC', holidays: [], decided: null, say: expect.stringMatching(/^The usual hours count/) });
    const policy = { clocks: { look: 60, contact: 120, close: 600 }, rules: [{ owner: 'nina' }], escalateTo: 'boss', reason: 'Agreed' };
    const put = (path: string, body: object, key = admin) => ask('PUT', path, body, { key });
    expect((await put('/v1/recovery-policy', policy)).status).toBe(200);
    expect((await read('/v1/recovery-policy')).body).toMatchObject({ ...{ clocks: policy.clocks, rules: policy.rules, escalateTo: 'boss' }, decided: { by: { id: 'admin-1' }, reason: 'Agreed' }, say: null });
    const week = Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, [['00:00', '24:00']]]));
    expect((await put('/v1/working-hours', { week, holidays: [], timeZone: 'Asia/Kathmandu', reason: 'Day and night' })).status).toBe(200);
    expect((await read('/v1/working-hours')).body).toMatchObject({ timeZone: 'Asia/Kathmandu', say: null });
    await answer('V-9', 1, { contact: { system: 'crm', id: 'P-9' } });
    const opened = await newest();
    expect(opened).toMatchObject({ owner: 'nina', escalateTo: 'boss', clocks: [{ minutes: 60, by: new Date(Date.parse(opened.since) + 3_600_000).toISOString() }, { minutes: 120 }, { minutes: 600 }] });
    expect((await put('/v1/recovery-policy', policy, anna)).body.code).toBe('forbidden');
  });

  it.each([
    ['/v1/recovery-policy', { clocks: { look: 0, contact: 1, close: 1 }, rules: [], reason: 'x' }, '/clocks/look'],
    ['/v1/recovery-policy', { clocks: { look: 9, contact: 1, close: 1 }, rules: [], reason: 'x' }, '/clocks/contact'],
    ['/v1/recovery-policy', { clocks: { look: 1, contact: 1, close: 1 }, rules: [{ queues: [] }], reason: 'x' }, '/rules/0/queues'],
    ['/v1/working-hours', { week: {}, holidays: [], reason: 'x' }, '/week'],
    ['/v1/working-hours', { week: { monday: [['09:00', '08:00']] }, holidays: [], reason: 'x' }, '/week/monday/0/1'],
    ['/v1/working-hours', { week: { monday: [['09:00', '17:00']] }, holidays: ['2026-02-30'], reason: 'x' }, '/holidays/0'],
    ['/v1/working-hours', { week: { monday: [['09:00', '17:00']] }, holidays: [], timeZone: 'Europe/Berlon', reason: 'x' }, '/timeZone'],
    ['/v1/working-hours', { week: { monday: [['09:00', '17:00']] }, holidays: [] }, '/reason'],
  ])('are refused where they are wrong, which is pointed at: %s %j', async (path, body, pointer) => {
    const refused = await ask('PUT', path, body, { key: admin });
    expect({ status: refused.status, code: refused.body.code, pointer: refused.body.errors?.[0].pointer }).toEqual({ status: 422, code: 'invalid-body', pointer });
  });
});
