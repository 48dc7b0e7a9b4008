import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dateOfDay } from '#insight';
import { modelOf, promote, tellPast } from '../testing/models.js';
import { openReadModel, tenant, todayThere } from '../testing/open-read-model.js';
import { getChurnRisk } from './get-churn-risk.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

const subscription = { subscription: 'S1', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', seats: 10 };
const risk = (customer: string, more = {}) => getChurnRisk(house.model(), { tenant, customer, ...more });
const date = (ahead: number) => dateOfDay(todayThere() + ahead);
const weeks = (active: (week: number) => number): [number, string, Record<string, unknown>][] => Array.from({ length: 20 }, (_, place) => {
  const days = 7 * (20 - place);
  return [days - 6, 'usage.reported', { from: date(-days), to: date(6 - days), licensed: 100, active: active(19 - place) }];
});

describe('The churn risk of a customer', () => {
  it('names the events behind every driver, whose log-odds sum exactly, and says what would have lowered it', async () => {
    const ids = await tellPast(house, 'c1', [400, 'customer.registered', { name: 'Nord' }], [400, 'subscription.started', { ...subscription, renewsOn: date(60) }], [399, 'cost.acquisition-cost-recorded', { kind: 'sales', amount: { amount: 2_000_000, currency: 'EUR' } }],
      ...weeks((week) => (week < 4 ? 60 : 90)));
    const { explained, say, chances, survival, model, comparable, confidence, acquisition, standing, probability, arrAtRisk } = await risk('c1');
    const whole = (part: number) => Math.round(10_000 * part);
    expect(explained!.drivers.reduce((sum, { logOdds }) => sum + whole(logOdds), whole(explained!.base) + whole(explained!.calibration))).toBe(whole(explained!.logOdds));
    const trend = explained!.drivers.find(({ feature }) => feature === 'trend')!;
    expect(trend).toMatchObject({ feature: 'trend', say: expect.stringMatching(/^Usage \d+ % below its usual level: risk [\d.]+ %; [\d.]+ % had usage stayed at its usual level\.$/) });
    expect(trend.events.map(({ id }) => id)).toEqual(ids.slice(-4));
    expect(say).toMatch(/^Risk [\d.]+ % within 90 days \([\d.]+ % to [\d.]+ %\); [\d.]+ % had usage stayed at its usual level\.$/);
    expect(chances.map(({ horizon }) => horizon)).toEqual(['30', '90', '180', 'renewal']);
    expect(survival[0]!.stays).toBe(1);
    expect(survival.find(({ date }) => date === chances[1]!.until)!.stays).toBeCloseTo(1 - probability!, 9);
    expect([standing, model.prior, model.id, comparable, confidence.level]).toEqual(['running', true, 'prior', null, 'prior']);
    expect(arrAtRisk[0]!.amount / 1_200_000).toBeCloseTo(probability!, 4);
    // A year and a bit at 1,000 a month came back of 20,000.
    expect(acquisition).toMatchObject([{ currency: 'EUR', spent: 2_000_000, basis: 'subscription', events: [{ id: ids[2] }] }]);
    expect(acquisition[0]!.atRisk / acquisition[0]!.unrecovered).toBeCloseTo(probability!, 3);
    expect(acquisition[0]!.say).toMatch(/^Winning them cost EUR 20,000; EUR 6,8\d\d of it has not come back yet .*, EUR \d+ of that is at risk\.$/);
  });

  it('is what was known at a moment, by the model that was in force then', async () => {
    await tellPast(house, 'c2', [400, 'customer.registered', { name: 'Sued' }], [400, 'subscription.started', subscription]);
    const before = await risk('c2');
    await new Promise((wake) => setTimeout(wake, 5));
    const at = await promote(house, modelOf('cm-000000000001', 4));
    const after = await risk('c2');
    const odds = (answer: typeof before) => answer.probability! / (1 - answer.probability!);
    expect(odds(after) / odds(before)).toBeCloseTo(4, 1);
    expect(after).toMatchObject({ model: { id: 'cm-000000000001', prior: false, inForceSince: at, window: { from: '2023-01-31' } }, confidence: { level: 'low' } });
    expect(after.explained!.calibration).toBe(1.3863);
    expect(after.comparable).toMatchObject({ rows: 400, left: 26, say: '400 times a customer was as likely to leave (5 % to 40 %, at month ends that the model had not seen); 26 times it left within 90 days: 6.5 %, and 5.2 % to 8.7 % with 95 % certainty.' });
    const then = new Date(Date.parse(at) - 1).toISOString();
    expect(await risk('c2', { knownAt: then })).toMatchObject({ model: { id: 'prior' }, probability: before.probability });
    expect(await risk('c2', { knownAt: at })).toMatchObject({ model: { id: 'cm-000000000001' } });
    expect(await risk('c2', { model: 'prior' })).toMatchObject({ model: { id: 'prior', inForceSince: null }, probability: before.probability });
    await expect(risk('c2', { model: 'cm-ffffffffffff' })).rejects.toMatchObject({ code: 'model-unknown' });
    expect(await risk('c2', { asOf: '2020-01-01' })).toMatchObject({ standing: 'prospect', probability: null, name: null, survival: [], say: 'No subscription is known yet, so there is nothing to leave.' });
  });

  it('keeps decision, notice and effect apart, each with its event', async () => {
    const ids = await tellPast(house, 'c3', [400, 'subscription.started', subscription], [90, 'renewal.opened', { renewal: 'R1', subscription: 'S1', dueOn: date(20) }], [50, 'renewal.decided', { renewal: 'R1', decision: 'no' }], [40, 'subscription.cancellation-requested', { subscription: 'S1', effectiveOn: date(20) }]);
    expect(await risk('c3')).toMatchObject({
      standing: 'notice', decision: { on: date(-50), event: { id: ids[2] } }, notice: { on: date(-50), event: { id: ids[2] } }, effect: { on: date(20) }, explained: null, comparable: null,
      probability: 0.9, say: expect.stringMatching(/^Notice was given on .* and takes effect on .*: 90 % that it stands\.$/),
    });
    expect((await risk('c3', { horizon: '30' })).say).toMatch(/: 90 % that it stands\.$/);
    await tellPast(house, 'c6', [400, 'subscription.started', subscription], [9, 'subscription.cancellation-requested', { subscription: 'S1', effectiveOn: date(120) }]);
    expect(await risk('c6')).toMatchObject({ probability: 0.9, effect: { on: date(120) }, survival: [{ stays: 1 }, { date: date(119), stays: 1 }, { date: date(120), stays: 0.1 }] });
    await tellPast(house, 'c3', [1, 'subscription.ended', { subscription: 'S1', reason: 'payment' }]);
    expect(await risk('c3')).toMatchObject({ standing: 'left', cause: 'payment', effect: { on: date(-1), event: { type: 'subscription.ended' } }, probability: null, chances: [], arrAtRisk: [{ amount: 0 }] });
  });

  it('is that of who stands for a merged customer, and is held where a fact cannot be read', async () => {
    await tellPast(house, 'c4', [400, 'subscription.started', subscription]);
    await tellPast(house, 'c5', [1, 'customer.merged', { into: 'c4' }]);
    expect(await risk('c5')).toMatchObject({ customer: 'c4', askedAs: 'c5', standing: 'running' });
    const events = [{ source: 'test', id: 'bad', type: 'ticket.opened', version: 99, occurredAt: new Date().toISOString(), actor: { kind: 'system' as const, id: 'test' }, data: {}, bodyHash: 'bad' }];
    await house.store.append([{ stream: { tenant, category: 'customer', id: 'c4' }, expected: 'any', events }]);
    expect(await risk('c4')).toMatchObject({ held: true, heldBy: { id: 'bad' }, standing: 'running', probability: expect.any(Number) });
  });
});
