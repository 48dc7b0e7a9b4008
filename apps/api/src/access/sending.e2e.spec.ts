import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let anna: string;
let ingest: string;
beforeAll(async () => {
  api = await startApi();
  [anna, ingest] = [await api.key('csm', 'acme', 'anna'), await api.key('ingest', 'acme', 'crm')];
  const imported = { id: 'i-1', source: 'crm', type: 'customer.registered', customer: 'north', data: { name: 'Northwind' } };
  await (await api.call(ingest, 'POST', '/v1/events/import?import=demo', `${JSON.stringify(imported)}\n`, { 'content-type': 'application/x-ndjson' })).text();
}, 60_000);
afterAll(() => api.stop());

const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const post = async (key: string, body: unknown, headers?: Record<string, string>) => json(await api.call(key, 'POST', '/v1/events', body, headers));
const fact = (id: string, type: string, data: object, extra: object = {}) => ({ id, source: 'notes', type, customer: 'north', data, ...extra });
const promise = (id: string) => fact(id, 'promise.made', { promise: id, what: 'A new manual', by: 'anna' });
const ended = fact('sub', 'subscription.ended', { subscription: 'S-1', reason: 'voluntary' }, { source: 'billing' });
const retract = (id: string, ...ids: string[]) => fact(id, 'record.retracted', { events: ids.map((each) => ({ source: 'notes', id: each })), reason: 'a mistake' });
const amend = (id: string, event: string, data: object) => fact(id, 'record.amended', { event: { source: 'notes', id: event }, data, reason: 'a mistake' });

describe('A customer-success person', () => {
  it('tells what they hear and agree, and nothing that another system knows', async () => {
    expect((await post(anna, promise('p-1'))).status).toBe(201);
    expect(await post(anna, ended)).toMatchObject({ status: 403, body: { code: 'type-forbidden', detail: expect.stringMatching(/subscription\.ended.*key of role ingest/) } });
    const cloud = { specversion: '1.0', id: 'ce', source: 'billing', type: 'invoice.paid', subject: 'north', data: { invoice: 'I-1' } };
    expect(await post(anna, cloud)).toMatchObject({ status: 403, body: { code: 'type-forbidden' } });
    expect((await post(anna, fact('x', 'x-own.thing', {}))).body.code).toBe('type-forbidden');
    expect((await post(ingest, ended)).status).toBe(201);
  });

  it('tells what they did to keep a customer and how they think it is, and nothing else of who the customer is', async () => {
    expect((await post(anna, fact('i-1', 'customer.intervention-recorded', { intervention: 'I-1', kind: 'call', note: 'Offered a training' }))).status).toBe(201);
    expect((await post(anna, fact('o-1', 'customer.override-set', { score: 30, reason: 'A new owner', until: '2026-12-31' }))).status).toBe(201);
    expect((await post(anna, fact('o-2', 'customer.override-cleared', { reason: 'All is well' }))).status).toBe(201);
    expect((await post(anna, fact('m-1', 'customer.measurement-recorded', { measure: 'pulse', value: 4, note: 'Relaxed' }))).status).toBe(201);
    expect((await post(anna, fact('i-2', 'customer.closed', {}))).body.code).toBe('type-forbidden');
  });

  it('gets a verdict for each fact of a list, and the allowed ones are recorded', async () => {
    const { status, body } = await post(anna, [{ ...ended, id: 'sub-2' }, promise('p-2'), { id: 'half' }, { ...ended, id: 'sub-3' }, promise('p-3')]);
    expect({ status, verdicts: body.results.map((each: any) => [each.index, each.id, each.status, each.problem?.code]) }).toEqual({ status: 200, verdicts: [
      [0, 'sub-2', 'rejected', 'type-forbidden'], [1, 'p-2', 'appended', undefined], [2, 'half', 'rejected', 'field-missing'], [3, 'sub-3', 'rejected', 'type-forbidden'], [4, 'p-3', 'appended', undefined]] });
  });

  it('has a group recorded whole or not at all, also where the role does not let one of it pass', async () => {
    const { body } = await post(anna, [{ ...promise('g-1'), group: 'g' }, { ...ended, id: 'sub-4', group: 'g' }, promise('g-2')]);
    expect(body.results.map((each: any) => each.problem?.code ?? each.status)).toEqual(['group-refused', 'type-forbidden', 'appended']);
  });

  it('cannot take back an import', async () => {
    expect(await post(anna, fact('r-0', 'record.retracted', { import: 'demo', reason: 'gone' }))).toMatchObject({ status: 403, body: { code: 'import-forbidden' } });
    expect((await post(ingest, fact('r-0', 'record.retracted', { import: 'demo', reason: 'gone' }))).status).toBe(201);
  });

  it('corrects and takes back what they told themselves, and not what others told', async () => {
    await post(anna, promise('mine'));
    await post(await api.key('csm', 'acme', 'ben'), promise('his'));
    const data = { promise: 'mine', what: 'A better manual' };
    expect(await post(anna, amend('a-1', 'his', data))).toMatchObject({ status: 403, body: { code: 'not-own-fact' } });
    expect(await post(anna, retract('r-1', 'mine', 'his'))).toMatchObject({ status: 403, body: { code: 'not-own-fact', detail: expect.stringMatching(/`his`.*administrator/) } });
    expect([(await post(anna, amend('a-2', 'mine', data))).status, (await post(anna, retract('r-2', 'mine'))).status]).toEqual([201, 201]);
    expect((await post(ingest, retract('r-3', 'his'))).status).toBe(201);
    expect((await post(anna, retract('r-4', 'nobody'))).body.code).toBe('event-unknown');
  });

  it('takes back in the same request what they tell in it', async () => {
    const { body } = await post(anna, [promise('short'), retract('r-5', 'short')]);
    expect(body.results.map(({ status }: any) => status)).toEqual(['appended', 'appended']);
  });
});
