import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startApi();
  admin = await api.key('admin');
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const tell = (id: string, type: string, data: object, days: number, customer = 'otter') => ({ id, source: 'helpdesk', type, customer, data, time: at(days) });
  const facts = [
    tell('r', 'customer.registered', { name: 'Otter', segment: 'small' }, 200), tell('a', 'contact.added', { contact: 'ann', name: 'Ann', role: 'user', email: 'ann@otter.example' }, 200), tell('b', 'contact.added', { contact: 'bob', name: 'Bob', role: 'payer' }, 200),
    ...[80, 70, 40, 5].flatMap((days) => [tell(`o${days}`, 'ticket.opened', { ticket: `T-${days}`, contact: 'ann' }, days + 1), tell(`s${days}`, 'ticket.resolved', { ticket: `T-${days}` }, days)]),
    tell('p', 'ticket.reopened', { ticket: 'T-5' }, 4.5), tell('ob', 'ticket.opened', { ticket: 'T-b', contact: 'bob' }, 30), tell('sb', 'ticket.resolved', { ticket: 'T-b' }, 29), tell('on', 'ticket.opened', { ticket: 'T-n' }, 20), tell('sn', 'ticket.resolved', { ticket: 'T-n' }, 19),
  ];
  expect((await ask('POST', '/v1/events', facts)).status).toBe(200);
}, 60_000);
afterAll(() => api.stop());

const ask = async (method: string, path: string, body?: unknown, key = admin) => {
  const response = await api.call(key, method, path, body);
  return { status: response.status, body: await response.json() as any };
};
const program = { program: 'after', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail', delayMinutes: 1_440 };

describe('Questions', () => {
  const mine = { id: 'mine', name: 'Mine', kind: 'custom', min: 1, max: 4, question: 'Well?', worst: 'No', best: 'Yes', bar: 3, excellentFrom: 4, asksLostTime: false, commentPrompt: 'Why?', subject: 'product' };

  it('are there to begin with; new ones get versions, and an earlier version keeps its scale', async () => {
    expect((await ask('GET', '/v1/instruments')).body.instruments.map(({ id, current }: any) => [id, current.version, current.excellentFrom])).toEqual([['nps', 1, 9], ['csat', 1, 5], ['ces', 1, 6], ['xla', 1, 9]]);
    expect((await ask('POST', '/v1/instruments', mine))).toMatchObject({ status: 201, body: { id: 'mine', version: 1 } });
    expect((await ask('POST', '/v1/instruments', { ...mine, max: 6, excellentFrom: 6 })).body.version).toBe(2);
    expect((await ask('POST', '/v1/instruments', { ...mine, id: 'csat' })).body.version).toBe(2);
    const found = (await ask('GET', '/v1/instruments')).body.instruments;
    expect(found.find(({ id }: any) => id === 'mine')).toMatchObject({ retired: false, current: { version: 2, max: 6 }, versions: [{ max: 4 }, { max: 6 }] });
    expect(found.find(({ id }: any) => id === 'csat').versions.map(({ max }: any) => max)).toEqual([5, 4]);
  });

  it.each<[object, string]>([
    [{ max: 1 }, '/max'], [{ bar: 5 }, '/bar'], [{ bar: 4, excellentFrom: 3 }, '/bar'], [{ max: 12, excellentFrom: 12 }, '/max'], [{ min: 0.5 }, '/min'], [{ kind: 'smile' }, '/kind'], [{ question: 'Write to a@b.example' }, '/question'], [{ colour: 'red' }, '/colour'], [{ id: undefined }, ''],
  ])('that cannot be asked are refused, with what is wrong: %j', async (change, pointer) => {
    expect(await ask('POST', '/v1/instruments', { ...mine, ...change })).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: expect.arrayContaining([expect.objectContaining({ pointer: expect.stringContaining(pointer) })]) } });
  });

  it('are retired unless a program asks them', async () => {
    await ask('POST', '/v1/survey-programs', { ...program, program: 'uses', instrument: 'mine' });
    expect(await ask('POST', '/v1/instruments/mine/retire', {})).toMatchObject({ status: 409, body: { code: 'instrument-in-use' } });
    await ask('POST', '/v1/survey-programs/uses/stop', {});
    expect((await ask('POST', '/v1/instruments/mine/retire', { reason: 'Nobody answers' })).status).toBe(200);
    expect(await ask('POST', '/v1/instruments/mine/retire', {})).toMatchObject({ status: 404, body: { code: 'instrument-unknown' } });
    expect((await ask('GET', '/v1/instruments')).body.instruments.find(({ id }: any) => id === 'mine')).toMatchObject({ retired: true, current: null });
  });

  it('are never retired while somebody sets a program that asks them: one of both is refused', async () => {
    const outcomes: number[][] = [];
    for (let n = 0; n < 6; n++) {
      const id = `race${n}`;
      await ask('POST', '/v1/instruments', { ...mine, id });
      const set = () => ask('POST', '/v1/survey-programs', { ...program, program: id, instrument: id });
      const retire = () => ask('POST', `/v1/instruments/${id}/retire`, {});
      outcomes.push((await Promise.all([set(), retire()])).map(({ status }) => status));
      await ask('POST', `/v1/survey-programs/${id}/stop`, {});
    }
    for (const outcome of outcomes) expect([[201, 409], [404, 200]]).toContainEqual(outcome);
  }, 60_000);

  it('are decided about by more at once than there are connections', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => ask('POST', '/v1/instruments', { ...mine, id: 'crowd' })));
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
  });
});

describe('Programs', () => {
  it('are set by administrators, told of, and stopped once', async () => {
    expect((await ask('POST', '/v1/survey-programs', program, await api.key('csm'))).status).toBe(403);
    expect(await ask('POST', '/v1/survey-programs', program)).toMatchObject({ status: 201, body: { program: 'after', position: expect.any(String) } });
    expect((await ask('POST', '/v1/survey-programs', { ...program, delayMinutes: 60 })).status).toBe(201);
    expect((await ask('GET', '/v1/survey-programs')).body.programs.find(({ id }: any) => id === 'after')).toMatchObject({ state: 'running', program: { delayMinutes: 60 }, changedBy: { id: 'admin-1' } });
    expect((await ask('POST', '/v1/survey-programs/after/stop', {})).status).toBe(200);
    expect(await ask('POST', '/v1/survey-programs/after/stop', {})).toMatchObject({ status: 409, body: { code: 'survey-program-stopped' } });
    expect(await ask('POST', '/v1/survey-programs/none/stop', {})).toMatchObject({ status: 404, body: { code: 'survey-program-unknown' } });
    expect((await ask('GET', '/v1/survey-programs', undefined, await api.key('admin', 'globex'))).body).toEqual({ programs: [] });
  });

  it.each<[object, string]>([
    [{ trigger: 'cadence', delayMinutes: undefined, whom: 'payers' }, '/days'], [{ trigger: 'cadence', delayMinutes: undefined, whom: 'payers', days: 30 }, '/days'], [{ days: 40 }, '/days'], [{ trigger: 'went-live' }, '/whom'],
    [{ channel: 'webhook' }, '/webhook'], [{ webhook: 'https://x.example/' }, '/webhook'], [{ channel: 'webhook', webhook: 'ftp://x.example/' }, '/webhook'], [{ channel: 'webhook', webhook: 'https://me:pw@x.example/' }, '/webhook'], [{ expiresAfterDays: 0 }, '/expiresAfterDays'],
  ])('that cannot work are refused, with what is wrong: %j', async (change, pointer) => {
    expect(await ask('POST', '/v1/survey-programs', { ...program, ...change })).toMatchObject({ status: 422, body: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) } });
  });

  it('that ask what there is not are refused', async () => {
    expect(await ask('POST', '/v1/survey-programs', { ...program, instrument: 'mine' })).toMatchObject({ status: 404, body: { code: 'instrument-unknown' } });
  });

  it('can be rehearsed on what has been, and nothing comes of it', async () => {
    const head = await api.connections.store.head();
    const { body } = await ask('POST', '/v1/survey-programs/dry-run?days=90', program);
    expect(body).toMatchObject({ customers: 1, held: 0, asked: 2, people: 1, suppressed: { 'asked-lately': 1, 'ticket-reopened': 1, 'no-address': 1, 'no-contact': 1 } });
    expect(body.lines.map(({ ticket, reason, contact }: any) => [ticket, contact, reason])).toEqual([['T-5', 'ann', 'ticket-reopened'], ['T-n', null, 'no-contact'], ['T-b', 'bob', 'no-address'], ['T-40', 'ann', null], ['T-70', 'ann', 'asked-lately'], ['T-80', 'ann', null]]);
    expect((await ask('POST', '/v1/survey-programs/dry-run', { ...program, segments: ['large'] })).body).toMatchObject({ asked: 0, suppressed: {} });
    expect((await ask('POST', '/v1/survey-programs/dry-run?days=20', { ...program, channel: 'webhook', webhook: 'https://x.example/', trigger: 'cadence', days: 31, delayMinutes: undefined, whom: 'everybody' })).body)
      .toMatchObject({ asked: 2, people: 2, suppressed: {} });
    expect(await api.connections.store.head()).toBe(head);
  });

  it('tell administrators what their webhooks are signed with, each tenant another secret', async () => {
    const secretOf = async (key: string) => (await ask('GET', '/v1/survey-programs/webhook-secret', undefined, key)).body.secret as string;
    const [here, there] = [await secretOf(admin), await secretOf(await api.key('admin', 'globex'))];
    expect([here, there]).toEqual([expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/), expect.stringMatching(/^whsec_/)]);
    expect(here).not.toBe(there);
  });
});

describe('What programs asked', () => {
  it('is listed with its state and reason, page by page, with figures of each program', async () => {
    const at = Date.now() - 3_600_000;
    const instrument = { kind: 'csat', min: 1, max: 5, id: 'csat', version: 1 };
    const facts: [string, Record<string, unknown>][] = [
      ...['V1', 'V2', 'V3'].flatMap((survey): [string, Record<string, unknown>][] => [['survey.requested', { survey, instrument, contact: 'ann', program: 'after', channel: 'mail' }], ['survey.sent', { survey, instrument, contact: 'ann', program: 'after', channel: 'mail' }]]),
      ['survey.responded', { survey: 'V1', instrument, score: 4 }], ['survey.expired', { survey: 'V2' }], ['survey.suppressed', { survey: 'V4', instrument, contact: 'bob', program: 'after', reason: 'open-ticket' }],
      ['survey.requested', { survey: 'V5', instrument, contact: 'bob', program: 'other', channel: 'mail' }], ['survey.sent', { survey: 'of-others', instrument, contact: 'bob' }],
    ];
    await api.connections.store.append([{ stream: { tenant: 'acme', category: 'customer', id: 'otter' }, expected: 'any', events: facts.map(([type, data], n) => ({
      source: 'touchline:asking', id: `x${n}`, type, version: type === 'survey.responded' ? 2 : 1, occurredAt: new Date(at + n * 1_000).toISOString(), actor: { kind: 'system', id: 'x' }, data, bodyHash: String(n) })) }]);
    let found = await ask('GET', '/v1/surveys');
    for (let tries = 0; tries < 100 && found.body.surveys.length < 5; tries++, found = await ask('GET', '/v1/surveys')) await new Promise((wake) => setTimeout(wake, 50));
    expect(found.body.programs).toEqual([
      { program: 'after', requested: 0, sent: 3, answered: 1, expired: 1, suppressed: { 'open-ticket': 1 }, responseRate: 1 / 3 }, { program: 'other', requested: 1, sent: 0, answered: 0, expired: 0, suppressed: {}, responseRate: null },
    ]);
    expect(found.body.waiting).toEqual({ surveys: 1, since: expect.any(String) });
    expect(found.body.surveys.map(({ survey, state, reason }: any) => [survey, state, reason])).toEqual([['V5', 'requested', null], ['V4', 'suppressed', 'open-ticket'], ['V3', 'sent', null], ['V2', 'expired', null], ['V1', 'answered', null]]);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = (await ask('GET', `/v1/surveys?limit=2${cursor && `&cursor=${cursor}`}`)).body;
      pages.push(...page.surveys.map(({ survey }: any) => survey));
      cursor = page.next;
    }
    expect(pages).toEqual(['V5', 'V4', 'V3', 'V2', 'V1']);
    expect((await ask('GET', '/v1/surveys?state=suppressed&program=after')).body.surveys.map(({ survey }: any) => survey)).toEqual(['V4']);
    expect(await ask('GET', '/v1/surveys?cursor=nonsense')).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
    expect((await ask('GET', '/v1/surveys', undefined, await api.key('csm', 'globex'))).body).toMatchObject({ surveys: [], programs: [], waiting: { surveys: 0, since: null } });
  });
});
