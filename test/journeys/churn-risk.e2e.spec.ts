import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoStory } from '#infra';
import { startApi, type TestApi } from '../../apps/api/src/testing/start-api.js';

const PEOPLE = ['C-1101', 'C-1104', 'C-1105'];

/** Three customers of the demo, told through the import and read as somebody would who has to keep them. */
describe('Somebody who has to keep customers reads', () => {
  let api: TestApi;
  let key: string;
  const ask = async (path: string, body?: unknown) => {
    const response = await api.call(key, body === undefined ? 'GET' : 'POST', path, body);
    return { status: response.status, body: await response.json() as any };
  };
  const risk = async (id: string, query = '') => (await ask(`/v1/customers/crm:${id}/churn-risk${query}`)).body;
  const events = async (id: string) => {
    const found = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await ask(`/v1/customers/crm:${id}/timeline?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      for (const { source, id: event } of body.touches) found.add(`${source} ${event}`);
      cursor = body.next;
    }
    return found;
  };
  const sums = ({ base, drivers, calibration, logOdds }: any) => {
    const whole = (part: number) => Math.round(10_000 * part);
    return drivers.reduce((sum: number, driver: any) => sum + whole(driver.logOdds), whole(base) + whole(calibration)) === whole(logOdds);
  };

  beforeAll(async () => {
    api = await startApi();
    key = await api.key('operator');
    const story = demoStory({ seed: 7, today: new Date().toISOString().slice(0, 10), timeZone: 'UTC' }).filter(({ customer }) => PEOPLE.includes(customer.id));
    const answer = await (await api.call(key, 'POST', '/v1/events/import', story.map((event) => JSON.stringify(event)).join('\n'), { 'content-type': 'application/x-ndjson' })).text();
    const { summary } = JSON.parse(answer.trim().split('\n').at(-1)!);
    expect(summary).toMatchObject({ appended: story.length, rejected: 0 });
    await ask(`/v1/customers?minPosition=${summary.position}`);
  }, 60_000);
  afterAll(() => api.stop());

  it('of the quiet payer, that nobody spoke with who pays, how much less the risk were otherwise, and which facts say so', async () => {
    const found = await risk('C-1101');
    expect(found).toMatchObject({ name: 'Lampwright Instruments', standing: 'running', held: false, model: { prior: true, say: expect.stringContaining('not learnt from your customers') } });
    expect(found.say).toMatch(/^Risk [\d.]+ % within 90 days \([\d.]+ % to [\d.]+ %\); [\d.]+ % had we spoken with who pays within two months\.$/);
    const driver = found.explained.drivers.find(({ feature }: any) => feature === 'payer-contact');
    expect(driver.say).toMatch(/^\d+ days without two-way contact with a payer: risk [\d.]+ %; [\d.]+ % had we spoken with who pays within two months\.$/);
    expect(driver.otherwise).toBeLessThan(found.probability);
    expect(sums(found.explained)).toBe(true);
    const told = await events('C-1101');
    for (const { events: evidence } of found.explained.drivers) for (const { source, id } of evidence) expect(told).toContain(`${source} ${id}`);
    expect(found.chances.map(({ low, probability, high }: any) => low < probability && probability < high)).not.toContain(false);
  });

  it('of the ticket that came back, that it did, and what would be without it: asked as a question, nothing is stored', async () => {
    const found = await risk('C-1104');
    const driver = found.explained.drivers.find(({ feature }: any) => feature === 'reopened');
    expect(driver.say).toMatch(/^1 ticket reopened \d times in 30 days.*had no ticket come back\.$/);
    expect(driver.events.map(({ type }: any) => type)).toEqual(driver.events.map(() => 'ticket.reopened'));
    const { status, body } = await ask('/v1/customers/crm:C-1104/what-if', { without: driver.events.map(({ source, id }: any) => ({ source, id })) });
    expect(status).toBe(200);
    expect(body.before.probability).toBe(found.probability);
    expect(body.after.probability).toBeLessThan(found.probability);
    expect(body.drivers.map(({ id }: any) => id)).toContain('reopened');
    expect(body.measures[0].change).toBeGreaterThan(0);
    expect((await risk('C-1104')).position).toBe(found.position);
  });

  it('of who gave notice, when and by which fact, and what winning them cost that has not come back', async () => {
    const found = await risk('C-1105', '?horizon=180');
    expect(found).toMatchObject({ name: 'Kitebridge Film Studios', standing: 'notice', explained: null, probability: 0.9, notice: { event: { type: 'subscription.cancellation-requested' } } });
    expect(found.say).toMatch(/^Notice was given on .* and takes effect on .*: 90 % that it stands\.$/);
    const [cost] = found.acquisition;
    expect(cost.say).toMatch(/^Winning them cost EUR [\d,]+; EUR [\d,]+ of it has not come back yet, EUR [\d,]+ of that is at risk\.$/);
    expect(cost.atRisk).toBe(Math.round(cost.unrecovered * 0.9));
    const earlier = await risk('C-1105', `?asOf=${new Date(Date.parse(found.notice.on) - 86_400_000).toISOString().slice(0, 10)}`);
    expect(earlier).toMatchObject({ standing: 'running', notice: null });
    expect(earlier.probability).toBeGreaterThan(0);
  });

  it('in lists the same risks, the highest first', async () => {
    const { body } = await ask('/v1/customers?sort=-risk&limit=3');
    const risks = body.customers.map(({ risk: percent }: any) => percent);
    expect(risks).toEqual([...risks].sort((a, b) => b - a));
    for (const customer of body.customers) expect(customer.risk).toBe(Math.round(10_000 * (await ask(`/v1/customers/${customer.id}/churn-risk`)).body.probability) / 100);
  });
});
