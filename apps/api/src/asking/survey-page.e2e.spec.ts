import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyRing, parseMasterKey } from '#event-store';
import { surveyLink } from '../../../../libs/outbound/src/links/survey-links.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
let told = 0;
beforeAll(async () => {
  api = await startApi();
  admin = await api.key('admin');
  for (const customer of ['north', 'south']) await tell(customer, 'customer.registered', { name: customer });
}, 60_000);
afterAll(() => api.stop());

const tell = async (customer: string, type: string, data: object) => {
  const response = await api.call(admin, 'POST', '/v1/events', [{ id: `t-${told += 1}`, source: 'crm', type, customer, data }]);
  expect((await response.json() as any).results[0].status).toBe('appended');
};
/** Somebody at a customer was asked; with the link that they have. */
const asked = async (survey: string, contact: string, customer: string): Promise<string> => {
  await tell(customer, 'contact.added', { contact, name: 'Some One', role: 'user', email: `${contact}@otter.example` });
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const data = { survey, instrument: { id: 'csat', version: 1, kind: 'csat', min: 1, max: 5, bar: 4, excellentFrom: 5, name: 'After a ticket' }, contact, program: 'after', channel: 'mail', subject: 'support', until };
  await api.connections.store.append([{ stream: { tenant: 'acme', category: 'customer', id: customer }, expected: 'any', events: ['survey.requested', 'survey.sent'].map((type) => ({
    source: 'touchline:asking', id: `${type}:${survey}`, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'touchline:asking' }, data, bodyHash: survey })) }]);
  return surveyLink(new KeyRing(api.connections.worker, parseMasterKey(api.masterKey)), api.url, { tenant: 'acme', customer, survey, until });
};
const send = async (path: string, form: Record<string, string>) => (await fetch(path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })).status;
const title = async (path: string) => /<title>(.*?)<\/title>/.exec(await (await fetch(path)).text())![1];
const answers = async (survey: string) => (await api.connections.store.readStream({ tenant: 'acme', category: 'customer', id: 'north' }))
  .filter(({ type, data }) => type.startsWith('survey.respon') && data['survey'] === survey);

describe('A link to a question', () => {
  it('takes another answer, and words to it, once the first was taken back', async () => {
    const link = await asked('S-1', 'ann', 'north');
    const question = await title(link);
    for (let twice = 0; twice < 2; twice++) await send(link, { score: '3' });
    for (let twice = 0; twice < 2; twice++) await send(`${link}/comment`, { comment: 'No' });
    const first = await answers('S-1');
    expect(first.map(({ type }) => type)).toEqual(['survey.responded', 'survey.response-revised']);
    await tell('north', 'record.retracted', { events: first.map(({ source, id }) => ({ source, id })), reason: 'Somebody else held the telephone' });
    expect(await title(link)).toBe(question);
    for (let twice = 0; twice < 2; twice++) expect(await send(link, { score: '5' })).toBe(303);
    expect(await title(link)).toBe('Thank you');
    for (let twice = 0; twice < 2; twice++) await send(`${link}/comment`, { comment: 'Yes' });
    expect((await answers('S-1')).slice(2).map(({ type, data }) => [type, data['score']])).toEqual([['survey.responded', 5], ['survey.response-revised', 5]]);
  });

  it('asks for words again where the answer alone was taken back, not the words to it', async () => {
    const link = await asked('S-2', 'bob', 'north');
    await send(link, { score: '3' });
    await send(`${link}/comment`, { comment: 'No' });
    const { source, id } = (await answers('S-2'))[0]!;
    await tell('north', 'record.retracted', { events: [{ source, id }], reason: 'A slip' });
    await send(link, { score: '5' });
    expect(await (await fetch(link)).text()).toContain('has been recorded: 5');
    await send(`${link}/comment`, { comment: 'Yes' });
    expect((await answers('S-2')).map(({ data }) => data['score'])).toEqual([3, 3, 5, 5]);
  });

  it('works while its customer is merged into another, and when they are parted', async () => {
    const [link, other] = [await asked('S-3', 'cem', 'south'), await asked('S-4', 'dora', 'south')];
    const question = await title(link);
    await tell('south', 'customer.merged', { into: 'north' });
    expect([await title(link), await send(link, { score: '2' }), await title(link)]).toEqual([question, 303, 'Thank you']);
    await tell('south', 'customer.unmerged', {});
    expect([await title(link), await title(other), await send(other, { score: '4' }), await title(other)]).toEqual(['Thank you', question, 303, 'Thank you']);
  });

  it('takes nothing of who was erased: no answer, and no words', async () => {
    const [link, answered] = [await asked('S-5', 'eve', 'north'), await asked('S-6', 'eve', 'north')];
    await send(answered, { score: '2' });
    expect((await api.call(await api.key('operator'), 'POST', '/v1/contacts/eve/erase', { reason: 'asked-by-person' })).status).toBe(200);
    expect([await title(link), await send(link, { score: '2' }), await send(`${link}/comment`, { comment: 'I am Eve' }), await send(`${answered}/comment`, { comment: 'I am Eve' })]).toEqual(['Too late', 303, 303, 303]);
    expect((await answers('S-5')).concat(await answers('S-6')).map(({ type }) => type)).toEqual(['survey.responded']);
  });
});
