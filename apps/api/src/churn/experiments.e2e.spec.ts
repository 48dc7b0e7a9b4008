import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isHeldOut } from '#insight';
import { leavers, type ToldFact } from '../../../../test/support/leavers.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let analyst: string;
beforeAll(async () => {
  api = await startApi();
  analyst = await api.key('analyst');
  await told(leavers());
  await today('2026-02-01');
}, 120_000);
afterAll(() => api.stop());

async function told(facts: readonly object[]): Promise<void> {
  const answer = await (await api.call(await api.key('ingest'), 'POST', '/v1/events/import?import=leavers', facts.map((fact) => JSON.stringify(fact)).join('\n'), { 'content-type': 'application/x-ndjson' })).text();
  if (!answer.includes('"rejected":0')) throw new Error(answer.slice(0, 500));
}
const today = async (day: string) => api.call(await api.key('admin'), 'PUT', '/v1/tenant/today', { day });
const ask = async (method: string, path: string, body?: unknown, key = analyst) => {
  const response = await api.call(key, method, `/v1/churn/experiments${path}`, body);
  return { status: response.status, body: await response.json() as any };
};
const streams = async () => (await api.connections.store.readAll(null, 100, { tenant: 'acme', categories: ['experiment'] })).events.map(({ type, stream }) => [type, stream.id]);
const asked = { experiment: 'calls', share: 0.3, effect: 0.5, seed: 7, intervention: 'call' };

describe('An experiment', () => {
  let accounts: number;

  it("first says how many customers and months would show the effect, from the tenant's own past, and is not started by that", async () => {
    const { status, body } = await ask('POST', '', asked);
    expect([status, body.started]).toEqual([200, false]);
    const { plan } = body;
    accounts = plan.accounts;
    expect(accounts).toBe(60);
    expect(plan.monthlyRate).toBeCloseTo(plan.left / plan.looks, 10);
    expect(plan.size.months).toBe(Math.ceil(plan.size.customerMonths / accounts));
    const smaller = (await ask('POST', '', { ...asked, effect: 0.25 })).body.plan.size;
    expect(smaller.customerMonths).toBeGreaterThan(3 * plan.size.customerMonths);
    const segment = (await ask('POST', '', { ...asked, segment: 'small' })).body.plan;
    expect([segment.accounts > 0, segment.accounts < accounts, (await ask('POST', '', { ...asked, segment: 'none' })).body.plan]).toEqual([true, true, expect.objectContaining({ accounts: 0, size: null })]);
    expect(await streams()).toEqual([]);
  }, 60_000);

  it('is started once, with what it takes, and not where it could never show anything', async () => {
    expect((await ask('POST', '', { ...asked, start: true })).body).toMatchObject({ experiment: 'calls', started: true });
    expect(await ask('POST', '', { ...asked, share: 0.1, start: true })).toMatchObject({ status: 409, body: { code: 'experiment-exists' } });
    expect(await ask('POST', '', { ...asked, experiment: 'nobody', segment: 'none', start: true })).toMatchObject({ status: 409, body: { code: 'experiment-shows-nothing' } });
    expect(await streams()).toEqual([['experiment.started', 'calls']]);
    expect((await ask('GET', '')).body.experiments).toMatchObject([{ experiment: 'calls', on: '2026-02-01', share: 0.3, accounts, endedOn: null, intervention: 'call' }]);
    expect(await ask('POST', '', { ...asked, share: 0.9 })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/share' }] } });
    expect((await ask('POST', '', asked, await api.key('csm'))).status).toBe(403);
  }, 60_000);

  it('shows by who was held out whether it helps, whatever was done, with an interval', async () => {
    await today('2026-02-02');
    const first = (await ask('GET', '/calls')).body;
    expect(first).toMatchObject({ until: '2026-02-01', treated: { left: 0, reached: 0 }, heldOut: { left: 0 }, uplift: { difference: 0, verdict: 'not shown' } });
    expect(first.treated.customers + first.heldOut.customers).toBe(accounts);
    expect(first.holdOut.every((customer: string) => isHeldOut(customer, { seed: 7, share: 0.3 }))).toBe(true);
    expect(first.holdOut).toHaveLength(first.heldOut.customers);
    const leaving = first.holdOut.slice(0, Math.ceil(first.holdOut.length / 2)) as string[];
    const called = Array.from({ length: 90 }, (_, place) => `l-${String(place).padStart(3, '0')}`).find((customer) => Number(customer.slice(2)) % 3 === 1 && !isHeldOut(customer, { seed: 7, share: 0.3 }))!;
    const at = { source: 'leavers', time: '2026-02-20T09:00:00.000Z', observedAt: '2026-02-20T09:00:00.000Z' } as const;
    await told([
      ...leaving.map((customer): ToldFact => ({ ...at, id: `gone/${customer}`, type: 'subscription.cancellation-requested', customer, data: { subscription: `S-${Number(customer.slice(2))}` } })),
      { ...at, id: 'call-1', type: 'customer.intervention-recorded', customer: called, data: { intervention: 'I-1', kind: 'call', experiment: 'calls', group: 'treated' } },
    ]);
    await today('2026-04-01');
    const report = (await ask('GET', '/calls')).body;
    expect(report).toMatchObject({ until: '2026-03-31', treated: { left: 0, reached: 1 }, heldOut: { left: leaving.length, reached: 0 }, uplift: { verdict: 'helps', treatedShare: 0 } });
    expect(report.uplift.low).toBeGreaterThan(0);
    expect(report.uplift.high).toBeGreaterThan(report.uplift.difference);
    expect(report.holdOut).toEqual(first.holdOut.filter((customer: string) => !leaving.includes(customer)));
  }, 60_000);

  it('ends once, and what comes later no longer counts', async () => {
    expect((await ask('POST', '/calls/end', { reason: 'The effect is clear' })).status).toBe(200);
    expect(await ask('POST', '/calls/end', {})).toMatchObject({ status: 409, body: { code: 'experiment-ended' } });
    const before = (await ask('GET', '/calls')).body;
    await told([{ source: 'leavers', id: 'late', type: 'subscription.cancellation-requested', time: '2026-04-10T09:00:00.000Z', observedAt: '2026-04-10T09:00:00.000Z', customer: before.holdOut[0], data: { subscription: `S-${Number(before.holdOut[0].slice(2))}` } }]);
    await today('2026-06-01');
    expect((await ask('GET', '/calls')).body).toMatchObject({ until: '2026-04-01', endedOn: '2026-04-01', heldOut: before.heldOut });
    for (const [method, path] of [['GET', '/none'], ['POST', '/none/end']] as const) expect(await ask(method, path, method === 'POST' ? {} : undefined)).toMatchObject({ status: 404, body: { code: 'experiment-unknown' } });
    expect((await ask('GET', '', undefined, await api.key('analyst', 'globex'))).body).toEqual({ experiments: [] });
  });
});
