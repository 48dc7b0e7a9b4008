import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dateOfDay } from '#insight';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let csm: string;
let admin: string;
beforeAll(async () => {
  api = await startApi();
  [csm, admin] = [await api.key('csm', 'acme', 'anna'), await api.key('admin')];
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const told = (id: string, type: string, data: object, days = 0) => ({ id: `${id}`, source: 'crm', type, customer: 'tern', data, time: at(days) });
  const { position } = await send('POST', '/v1/events', [
    told('1', 'customer.registered', { name: 'Tern', owner: 'anna', segment: 'enterprise' }, 90), told('2', 'subscription.started', { subscription: 'S', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month' }, 90),
    told('3', 'contact.added', { contact: 'ida', role: 'payer', name: 'Ida' }, 90), told('4', 'engagement.meeting-held', { with: ['ida'], twoWay: true }, 3),
    told('5', 'goal.set', { goal: 'G1', whose: 'customer', what: 'Starters can work at once' }, 60), told('6', 'goal.outcome-claimed', { outcome: 'W1', goal: 'G1', what: 'Two days less' }, 5),
  ], admin);
  expect((await api.call(csm, 'GET', `/v1/portfolio?minPosition=${position}`)).status).toBe(200);
}, 60_000);
afterAll(() => api.stop());

const send = async (method: string, path: string, body?: unknown, key = csm): Promise<any> => (await api.call(key, method, path, body)).json();
const day = (ahead: number) => dateOfDay(Math.floor(Date.now() / 86_400_000) + ahead);
const listed = async (position: string) => ((await send('GET', `/v1/today?minPosition=${position}`)) as { items: { id: string; parts: { kind: string; id: string; what: string }[] }[] }).items.map(({ id, parts }) => [id, parts.map(({ kind, what }) => `${kind} ${what}`).sort()]);

describe('A day by the API alone', () => {
  it('sets tasks, sees them in the list of the day, does one, puts one off and drops one, each by its number and once', async () => {
    const set = async (what: string) => (await send('POST', '/v1/customers/tern/tasks', { what, dueOn: day(1), note: 'Ida said so' })) as { task: string; position: string };
    const [one, two, three] = [await set('Send the offer'), await set('Look at the bill'), await set('Book a room')];
    expect(await listed(three.position)).toEqual([['tern', ['task Book a room', 'task Look at the bill', 'task Send the offer']]]);
    const done = await send('POST', `/v1/tasks/${one.task}/done`, { outcome: 'reached', note: 'They want it' });
    expect(done).toMatchObject({ task: one.task, customer: expect.any(String) });
    await send('POST', `/v1/tasks/${two.task}/snooze`, { until: day(3) });
    const { position } = await send('POST', `/v1/tasks/${three.task}/drop`, { reason: 'They have one' });
    expect(await listed(position)).toEqual([]);
    expect((await send('GET', '/v1/tasks?state=all')).tasks.map(({ task, state }: { task: string; state: string }) => [task, state])).toEqual([[two.task, 'open'], [three.task, 'dropped'], [one.task, 'done']]);
    expect(await send('POST', `/v1/tasks/${one.task}/done`, { outcome: 'reached' })).toMatchObject({ status: 409, code: 'task-closed' });
    expect(await send('POST', '/v1/tasks/T-none/done', { outcome: 'reached' })).toMatchObject({ status: 404, code: 'task-unknown' });
    expect(await send('POST', `/v1/tasks/${two.task}/snooze`, { until: day(0) })).toMatchObject({ status: 422, code: 'invalid-body' });
    expect(await send('POST', '/v1/customers/tern/tasks', { what: 'Too late', dueOn: day(-2) })).toMatchObject({ status: 422, errors: [{ pointer: '/dueOn' }] });
  });

  it('sets and stops playbooks, with who decided and why; flaws are pointed at, and only administrators may', async () => {
    const mine = { label: 'Quiet', when: { kind: 'condition', condition: 'silence' }, segments: ['enterprise'], tasks: [{ step: 'call', what: 'Call them', dueInWorkingDays: 2 }], reason: 'Agreed' };
    expect(await send('PUT', '/v1/playbooks/quiet', mine, csm)).toMatchObject({ status: 403 });
    expect(await send('PUT', '/v1/playbooks/quiet', { ...mine, when: { kind: 'risk-up', condition: 'silence' } }, admin)).toMatchObject({ status: 422, errors: [{ pointer: '/when/condition' }] });
    expect(await send('PUT', '/v1/playbooks/quiet', mine, admin)).toMatchObject({ playbook: 'quiet', running: true, builtIn: false, segments: ['enterprise'], decided: { reason: 'Agreed' } });
    expect(await send('POST', '/v1/playbooks/silence/stop', { reason: 'Ours is better' }, admin)).toMatchObject({ playbook: 'silence', running: false });
    expect(await send('POST', '/v1/playbooks/silence/stop', { reason: 'Again' }, admin)).toMatchObject({ status: 409, code: 'playbook-stopped' });
    expect(await send('POST', '/v1/playbooks/nobody/stop', { reason: 'x' }, admin)).toMatchObject({ status: 404, code: 'playbook-unknown' });
    const { playbooks } = await send('GET', '/v1/playbooks') as { playbooks: { playbook: string; running: boolean }[] };
    expect(playbooks.filter(({ playbook }) => ['quiet', 'silence', 'risk-up'].includes(playbook)).map(({ playbook, running }) => [playbook, running])).toEqual([['risk-up', true], ['silence', false], ['quiet', true]]);
  });

  it('notes that a contact of the customer confirms what we claim, with the fact in which they said so', async () => {
    const confirm = (body: object) => send('POST', '/v1/customers/tern/success-plan/outcomes/W1/confirm', body);
    expect(await confirm({ contact: 'ida', evidence: [{ source: 'crm', id: 'none' }] })).toMatchObject({ status: 422, errors: [{ pointer: '/evidence/0' }] });
    expect(await confirm({ contact: 'nobody', evidence: [{ source: 'crm', id: '4' }] })).toMatchObject({ status: 422, errors: [{ pointer: '/contact' }] });
    expect(await send('POST', '/v1/customers/tern/success-plan/outcomes/W9/reject', { contact: 'ida' })).toMatchObject({ status: 404, code: 'outcome-unknown' });
    const ida = (await send('GET', '/v1/customers/tern')).contacts[0].id as string;
    expect(await confirm({ contact: ida, evidence: [{ source: 'crm', id: '4' }] })).toMatchObject({ position: expect.any(String) });
    const plan = await send('GET', '/v1/customers/tern/success-plan');
    expect(plan).toMatchObject({ ledgers: { outcomes: { claimed: 0, confirmed: 1 } }, theirs: [{ what: 'Starters can work at once', outcomes: [{ state: 'confirmed', contact: { name: 'Ida' }, evidence: [{ source: 'crm', id: '4' }] }] }] });
    expect(await send('GET', '/v1/success-plans')).toMatchObject({ customers: 1, withoutGoal: 0, owner: 'anna' });
  });

  it('keeps who works here, and when the mail of the morning goes out', async () => {
    expect(await send('PUT', '/v1/staff/anna', { email: 'anna@us.example', roles: ['csm'] }, admin)).toEqual({ id: 'anna', email: 'anna@us.example', roles: ['csm'], next: expect.stringMatching(/Z$/), say: expect.stringContaining('The next mail goes out on') });
    expect(await send('PUT', '/v1/staff/anna', { email: 'no address', roles: [] }, admin)).toMatchObject({ status: 422, errors: [{ pointer: '/email' }] });
    expect(await send('GET', '/v1/staff', undefined, admin)).toEqual({ staff: [{ id: 'anna', email: 'anna@us.example', roles: ['csm'] }] });
    expect(await send('GET', '/v1/staff', undefined, await api.key('admin', 'globex'))).toEqual({ staff: [] });
    expect([(await api.call(admin, 'DELETE', '/v1/staff/anna')).status, (await api.call(admin, 'DELETE', '/v1/staff/anna')).status]).toEqual([204, 404]);
    expect(await send('GET', '/v1/tenant/morning-mail', undefined, admin)).toMatchObject({ at: '07:30', on: true, next: expect.any(String) });
    expect(await send('PUT', '/v1/tenant/morning-mail', { at: '06:45', on: false }, admin)).toEqual({ at: '06:45', on: false, next: null, say: 'No mail goes out: it is switched off.' });
    expect(await send('GET', '/v1/tenant/morning-mail', undefined, admin)).toMatchObject({ at: '06:45', on: false, next: null });
    expect(await send('PUT', '/v1/tenant/morning-mail', { at: '24:00', on: true }, admin)).toMatchObject({ status: 422 });
  });
});
