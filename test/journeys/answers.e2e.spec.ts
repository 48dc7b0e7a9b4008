import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../apps/api/src/testing/start-api.js';
import { touchline } from '../../apps/cli/src/testing.js';

const HOUR_MS = 3_600_000;

describe('Answers are read, and feedback finds its department', () => {
  let api: TestApi;
  let [csm, boss, admin] = ['', '', ''];
  let n = 0;

  beforeAll(async () => {
    api = await startApi();
    [csm, boss, admin] = [await api.key('csm', 'acme', 'anna'), await api.key('executive', 'acme', 'vera'), await api.key('admin')];
    const csat = { kind: 'csat', min: 1, max: 5 };
    const answered = (customer: string, survey: string, hoursAgo: number, score: number, more: object = {}) => fact(customer, 'survey.responded', hoursAgo, { survey, instrument: csat, score, ...more });
    const sent = await tell([
      fact('tern', 'customer.registered', 150, { name: 'Tern Logistics', owner: 'anna' }), fact('heron', 'customer.registered', 150, { name: 'Heron Clinics', owner: 'ben' }),
      fact('tern', 'contact.added', 149, { contact: 'omar', name: 'Omar Lind', role: 'user' }),
      fact('tern', 'ticket.opened', 148, { ticket: 'T-1', queue: 'Workplace', subject: 'No labels' }),
      answered('tern', 'V-1', 30, 4), answered('tern', 'V-2', 20, 2, { contact: 'omar', ticket: 'T-1', verbatim: 'Three days.' }), answered('heron', 'V-3', 90, 5, { wantsContact: true }), answered('heron', 'V-4', 80, 5),
      answered('tern', 'V-5', 24 * 30, 1), answered('tern', 'V-9', 5, 5), answered('heron', 'V-9', 4, 5),
    ]);
    await api.call(admin, 'GET', `/v1/answers?minPosition=${sent}`);
  }, 60_000);
  afterAll(() => api.stop());

  const fact = (customer: string, type: string, hoursAgo: number, data: object) => ({ id: `f-${n += 1}`, source: 'test', type, time: new Date(Date.now() - hoursAgo * HOUR_MS).toISOString(), customer, data });
  const tell = async (facts: object[]) => (await (await api.call(admin, 'POST', '/v1/events', facts)).json() as { position: string }).position;
  const ask = async (key: string, method: string, path: string, body?: unknown) => {
    const response = await api.call(key, method, path, body);
    return { status: response.status, body: await response.json() as any };
  };
  const queue = async (query = 'owner=all') => (await ask(csm, 'GET', `/v1/answers?${query}`)).body.answers.map((answer: { survey: string }) => answer.survey);

  it('the worst first, of these the oldest; history waits for nobody; pages show each once', async () => {
    expect(await queue()).toEqual(['V-3', 'V-2', 'V-1', 'V-4', 'V-9', 'V-9']);
    expect([await queue('owner=me'), await queue('owner=all&state=history'), await queue('owner=all&state=read')]).toEqual([['V-2', 'V-1', 'V-9'], ['V-5'], []]);
    const pages: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await ask(csm, 'GET', `/v1/answers?owner=all&limit=2${next && `&cursor=${next}`}`);
      pages.push(...body.answers.map((answer: { survey: string }) => answer.survey));
      next = body.next;
    }
    expect(pages).toEqual(await queue());
    const newest: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await ask(csm, 'GET', `/v1/answers?owner=all&state=all&limit=3${next && `&cursor=${next}`}`);
      newest.push(...body.answers.map((answer: { survey: string }) => answer.survey));
      next = body.next;
    }
    expect(newest).toEqual(['V-9', 'V-9', 'V-2', 'V-1', 'V-4', 'V-3', 'V-5']);
    expect((await ask(csm, 'GET', '/v1/answers?owner=all')).body.answers[1]).toMatchObject({
      customer: { name: 'Tern Logistics', owner: 'anna' }, state: 'unread', verdict: 'miss', contact: { name: 'Omar Lind' }, ticket: { id: 'T-1', queue: 'Workplace', subject: 'No labels' }, words: 'Three days.', waited: { minutes: 20 * 60 },
    });
  });

  it('asking leaves no trace, a view is noted once for each who reads, and once more after a revision', async () => {
    await ask(csm, 'GET', '/v1/answers/V-4');
    expect((await ask(csm, 'GET', '/v1/answers/V-4')).body).toMatchObject({ state: 'unread', viewers: [] });
    expect(await ask(boss, 'POST', '/v1/answers/V-4/view', {})).toMatchObject({ status: 200, body: { noted: true, viewer: 'vera' } });
    expect((await ask(boss, 'POST', '/v1/answers/V-4/view', {})).body).toMatchObject({ noted: false, position: null });
    await Promise.all([1, 2, 3].map(() => ask(csm, 'POST', '/v1/answers/V-4/view', {})));
    const seen = (await ask(csm, 'GET', '/v1/answers/V-4')).body;
    expect([seen.state, seen.viewers.map(({ viewer, role }: { viewer: string; role: string }) => [viewer, role]), seen.story.length]).toEqual(['read', [['vera', 'executive'], ['anna', 'csm']], 3]);
    const position = await tell([fact('heron', 'survey.response-revised', 0, { survey: 'V-4', instrument: { kind: 'csat', min: 1, max: 5 }, score: 3 })]);
    await api.call(csm, 'GET', `/v1/answers?minPosition=${position}`);
    expect((await queue()).includes('V-4')).toBe(true);
    expect((await ask(boss, 'POST', '/v1/answers/V-4/view', {})).body.noted).toBe(true);
  });

  it('an answer is named with its customer where two have the same number, and nobody else sees it', async () => {
    expect((await ask(csm, 'GET', '/v1/answers/V-9')).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/customer' }] });
    expect((await ask(csm, 'GET', '/v1/answers/V-9?customer=heron')).body).toMatchObject({ survey: 'V-9', customer: { name: 'Heron Clinics' } });
    const other = await api.key('admin', 'globex');
    expect([(await ask(other, 'GET', '/v1/answers/V-1')).status, (await ask(other, 'GET', '/v1/answers?state=all')).body.answers, (await ask(csm, 'GET', '/v1/answers/V-1?customer=heron')).body.code]).toEqual([404, [], 'answer-unknown']);
  });

  it('is marked and set aside by who may, in an order that makes sense', async () => {
    expect((await ask(boss, 'POST', '/v1/answers/V-1/complaint', {})).status).toBe(403);
    expect((await ask(csm, 'POST', '/v1/answers/V-9/nothing-to-do?customer=tern', { reason: 'praise', note: 'Nice' })).status).toBe(201);
    expect((await ask(csm, 'POST', '/v1/answers/V-9/nothing-to-do?customer=tern', { reason: 'praise' })).body).toMatchObject({ code: 'answer-refused', refusal: 'already-set-aside' });
    expect((await ask(csm, 'POST', '/v1/answers/V-1/complaint', { note: 'They mean it' })).status).toBe(201);
    expect((await ask(csm, 'POST', '/v1/answers/V-1/nothing-to-do', { reason: 'praise' })).body.refusal).toBe('is-complaint');
    // Whose step was refused has not read it by that.
    expect((await ask(await api.key('csm', 'acme', 'ben'), 'POST', '/v1/answers/V-1/nothing-to-do', { reason: 'praise' })).body.refusal).toBe('is-complaint');
    const { body } = await ask(csm, 'GET', '/v1/answers/V-1');
    expect([body.complaint, body.viewers.length, body.story.map(({ said }: { said: string }) => said)]).toEqual([true, 1, [null, null, 'They mean it']]);
    expect(await queue('owner=all&state=acted-on')).toEqual(['V-9']);
  });

  it('feedback goes through its steps one after the other, though two take one at once', async () => {
    expect((await ask(csm, 'PUT', '/v1/departments/product', { name: 'Product', owner: 'ilka', answerWithinHours: 40 })).status).toBe(403);
    expect((await ask(csm, 'POST', '/v1/feedback', { survey: 'V-2', department: 'product' })).body.code).toBe('department-unknown');
    for (const id of ['product', 'billing']) expect((await ask(admin, 'PUT', `/v1/departments/${id}`, { name: id, owner: 'ilka', answerWithinHours: 40 })).status).toBe(200);
    const raised = await ask(csm, 'POST', '/v1/feedback', { survey: 'V-2', department: 'product' });
    expect(raised.status).toBe(201);
    const path = `/v1/feedback/${raised.body.feedback}`;
    expect((await ask(csm, 'GET', path)).body).toMatchObject({ step: 'routed', what: 'Three days.', contact: { name: 'Omar Lind' }, department: { id: 'product', owner: 'ilka' }, overdue: false });
    const taken = await Promise.all([ask(csm, 'POST', `${path}/decline`, { reason: 'not-ours' }), ask(admin, 'POST', `${path}/decline`, { reason: 'not-possible' }), ask(csm, 'POST', `${path}/decline`, { reason: 'not-planned' })]);
    expect(taken.filter(({ status }) => status === 201).length).toBe(1);
    expect(taken.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(['feedback-refused', 'feedback-refused']);
    expect((await ask(csm, 'POST', `${path}/route`, { department: 'billing' })).status).toBe(201);
    const answers = await Promise.all([ask(csm, 'POST', `${path}/answer`, { what: 'In March' }), ask(admin, 'POST', `${path}/answer`, { what: 'In April' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await ask(csm, 'POST', `${path}/route`, { department: 'billing' })).body.refusal).toBe('already-answered');
    expect((await ask(csm, 'POST', `${path}/tell`, {})).status).toBe(201);
    expect((await ask(csm, 'GET', path)).body.story.at(-1).words).toBe('the customer was told what became of their feedback');
    const { departments, unrouted, untold } = (await ask(csm, 'GET', '/v1/departments')).body;
    expect([departments.map(({ id }: { id: string }) => id), departments.reduce((sum: number, { answered }: { answered: number }) => sum + answered, 0), unrouted, untold]).toEqual([['billing', 'product'], 1, 0, 0]);
    const other = `/v1/feedback/${(await ask(csm, 'POST', '/v1/feedback', { customer: 'heron', what: 'A lift', department: 'product' })).body.feedback}`;
    const mixed = await Promise.all([ask(csm, 'POST', `${other}/answer`, { what: 'In March' }), ask(admin, 'POST', `${other}/decline`, { reason: 'not-ours' })]);
    expect([mixed.map(({ status }) => status).sort(), (await ask(csm, 'GET', other)).body.step]).toEqual([[201, 409], mixed[0]!.status === 201 ? 'answered' : 'declined']);
    expect((await ask(admin, 'POST', '/v1/departments/billing/retire', undefined)).status).toBe(200);
    expect((await ask(admin, 'POST', '/v1/departments/billing/retire', undefined)).body.code).toBe('department-unknown');
    expect((await ask(admin, 'PUT', '/v1/departments/billing', { name: 'x@y.example', owner: 'ilka', answerWithinHours: 40 })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/name' }] });
    expect((await ask(csm, 'POST', '/v1/feedback', { customer: 'heron', what: 'A portal', department: 'billing' })).body.code).toBe('department-unknown');
    expect((await ask(csm, 'POST', '/v1/feedback', { what: 'A portal' })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/customer' }] });
  });

  it('the summary counts what was read in time, by whom, and what came of it', async () => {
    const { body } = await ask(boss, 'GET', '/v1/answers/summary?owner=all&within=1');
    expect(body).toMatchObject({ answered: 7, history: 1, unread: 2, seen: { within: 1, byAnybody: { n: 3, value: 0 }, byExecutive: { n: 3, value: 0 } }, actedOn: { n: 6, value: 2 / 6 }, firstLook: { wall: { waiting: 2 } } });
    const refused = async (days: string) => (await ask(boss, 'GET', `/v1/answers/summary?owner=all&${days}`)).body;
    expect(await refused('from=2026-02-01&to=2026-01-31')).toMatchObject({ code: 'invalid-parameter', detail: expect.stringContaining('from must not be after to, 2026-01-31.') });
    expect(await refused('to=2999-01-01')).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/to' }] });
  });

  it('the same by the command line', async () => {
    const run = (...args: string[]) => touchline(args, { url: api.url, key: csm });
    expect((await run('answers', '--owner', 'all')).out).toMatch(/V-3 {2}Heron Clinics {2}5 of 1 to 5: excellent, wants to be contacted[^]*read {6}by nobody for/);
    expect((await run('answers', 'read', 'V-3')).out).toContain('Noted that you read it.');
    expect((await run('answers', 'nothing-to-do', 'V-3', '--reason', 'dealt-with')).out).toBe('Nothing is to be done about V-3.');
    expect((await run('answers', 'show', 'V-9', '--customer', 'heron')).out).toMatch(/V-9 {2}Heron Clinics/);
    expect((await run('answers', 'complaint', 'V-9', '--customer', 'heron', '--note', 'They mean it')).out).toBe('V-9 is a complaint now.');
    expect((await run('answers', 'summary', '--owner', 'all')).out).toMatch(/read within 7 days {3}nothing to say yet[^]*acted on {13}50 % of 6/);
    const raised = (await run('feedback', 'raise', '--customer', 'heron', '--what', 'A portal', '--department', 'product')).out;
    const [, id] = /Feedback (F-[\w-]+) was raised and sent to product\./.exec(raised)!;
    expect((await run('feedback')).out).toMatch(/Heron Clinics: routed, product, for \d+ working/);
    expect((await run('feedback', 'accept', id!)).out).toBe('Noted.');
    expect((await run('feedback', 'answer', id!)).err).toContain("required option '--what <text>'");
    expect((await run('feedback', 'answer', id!, '--what', 'Next year')).out).toBe('Noted.');
    expect((await run('feedback', 'show', id!)).out).toMatch(/answered, product[^]*a department answered feedback \(product\), by anna: "Next year"/);
    expect((await run('feedback', 'departments')).out).toMatch(/product +product +ilka +40 h/);
    const byAdmin = await touchline(['feedback', 'department', 'sales', '--name', 'Sales', '--owner', 'udo', '--hours', '8'], { url: api.url, key: admin });
    expect(byAdmin.out).toBe('sales is to answer within 8 working hours.');
  });
});
