import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dateOfDay } from '#insight';
import { listCustomers } from '../customers/list-customers.js';
import { pulseCard, putInForce } from '../testing/cards.js';
import { tellPast } from '../testing/models.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { dayOfIn } from '../tenant.js';
import { getToday } from '../today/get-today.js';
import { getHealth } from './get-health.js';
import { getHealthHistory } from './get-history.js';
import { getHealthStory } from './get-health-story.js';

describe('A score that was set by hand', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  const health = (when: { asOf?: string; knownAt?: string } = {}, customer = 'c1') => getHealth(house.model(), { tenant, customer, ...when });
  const line = async () => (await listCustomers(house.model(), { tenant })).customers.find(({ id }) => id === 'c1')!;
  const now = () => new Date().toISOString();
  const inDays = (days: number) => dateOfDay(dayOfIn('Europe/Berlin')(now()) + days);
  const pause = () => new Promise((wake) => setTimeout(wake, 10));
  const pulse = (value: number) => ['customer.measurement-recorded', { measure: 'pulse', value }] as const;

  beforeAll(async () => {
    house = await openReadModel();
    await putInForce(house, pulseCard('mine', 1, { label: 'Mine', scale: { max: 10, decimals: 1 } }));
    await house.tell('c1', ['customer.registered', { name: 'One' }], [...pulse(72)]);
  });
  afterAll(() => house.close());

  it('counts everywhere while it holds, beside what is computed', async () => {
    expect(await health()).toMatchObject({ score: 72, band: 'healthy', computed: { score: 72, band: 'healthy' }, override: null, shown: { score: 7.2, max: 10 }, card: { id: 'mine', version: 1, label: 'Mine' } });
    expect(await line()).toMatchObject({ score: 72, computed: { score: 72, band: 'healthy' }, override: null });
    await pause();
    const before = now();
    await pause();
    const id = await house.told('c1', 'customer.override-set', { score: 30, reason: 'Their boss left', until: inDays(10) });
    const set = { score: 30, band: 'at-risk', since: expect.any(String), until: inDays(10), by: { kind: 'system', id: 'test' }, reason: 'Their boss left', event: expect.objectContaining({ id, type: 'customer.override-set' }) };
    const expected = { score: 30, band: 'at-risk', computed: { score: 72, band: 'healthy' }, override: set, shown: { score: 3, max: 10 } };
    for (const when of [{}, { asOf: now() }, { knownAt: now() }]) expect(await health(when)).toMatchObject(expected);
    expect((await getHealthStory(house.model(), { tenant, customer: 'c1', days: 3, movedDays: 3 })).health).toMatchObject(expected);
    for (const when of [{ knownAt: before }, { asOf: before }]) expect(await health(when)).toMatchObject({ score: 72, override: null });
    expect((await getHealthHistory(house.model(), { tenant, customer: 'c1', from: inDays(-1) })).points).toEqual([
      { date: inDays(-1), score: null, band: 'unknown', coverage: 0 }, { date: inDays(0), score: 30, band: 'at-risk', coverage: 100, computed: { score: 72, band: 'healthy' } }]);
    expect(await line()).toMatchObject({ score: 30, band: 'at-risk', computed: { score: 72, band: 'healthy' }, override: { score: 30, until: inDays(10) } });
    expect((await listCustomers(house.model(), { tenant, band: 'at-risk' })).customers).toHaveLength(1);
    const { items } = await getToday(house.model(), { tenant });
    expect(items.map(({ id: customer, whyNow }) => [customer, whyNow[0]])).toEqual([['c1', expect.stringMatching(/^Overridden to 30 until .*; computed is 72\.$/)]]);
  });

  it('is told with the reason that a correction gave it, and is over once it is taken back or cleared', async () => {
    const id = await house.told('c1', 'customer.override-set', { score: 50, reason: 'mistpyed', until: inDays(3) });
    await house.told('c1', 'record.amended', { event: { source: 'test', id }, data: { score: 55, reason: 'mistyped', until: inDays(3) }, reason: 'slip' });
    for (const when of [{ asOf: now() }, {}]) expect(await health(when)).toMatchObject({ score: 55, band: 'watch', override: { reason: 'mistyped' } });
    await house.told('c1', 'record.retracted', { events: [{ source: 'test', id }], reason: 'never said' });
    expect(await health({ asOf: now() })).toMatchObject({ score: 30, override: { reason: 'Their boss left' } });
    await house.tell('c1', ['customer.override-cleared', { reason: 'He is back' }]);
    for (const when of [{ asOf: now() }, {}]) expect(await health(when)).toMatchObject({ score: 72, band: 'healthy', override: null });
  });

  it('runs out by the passing of days, and leaves no mark on the band of the computed score', async () => {
    const set = (until: number) => ['customer.override-set', { score: 10, reason: 'A guess', until: inDays(until) }] as const;
    await tellPast(house, 'past', [6, ...pulse(90)], [4, ...set(-1)], [2, ...pulse(68)]);
    await tellPast(house, 'still', [6, ...pulse(90)], [4, ...set(0)], [2, ...pulse(68)]);
    for (const when of [{}, { asOf: now() }]) {
      // 68 is within the margin of healthy, which both were before.
      expect(await health(when, 'past')).toMatchObject({ score: 68, band: 'healthy', bandYesterday: 'healthy', override: null });
      expect(await health(when, 'still')).toMatchObject({ score: 10, band: 'at-risk', bandYesterday: 'healthy', computed: { score: 68, band: 'healthy' } });
    }
    // What it was yesterday was computed, too: the override is no fall.
    expect((await getToday(house.model(), { tenant })).items.find(({ id }) => id === 'still')!.whyNow).toEqual([expect.stringMatching(/^Overridden to 10 until/), expect.not.stringMatching(/yesterday/)]);
    const { points } = await getHealthHistory(house.model(), { tenant, customer: 'past', from: inDays(-5) });
    expect(points.map(({ score }) => score)).toEqual([90, 10, 10, 10, 10, 68]);
    await house.store.append([{ stream: { tenant, category: 'clock', id: 'clock' }, expected: 'any', events: [{ source: 'clock', id: 'close', type: 'clock.day-closed', version: 1, occurredAt: now(), actor: { kind: 'system', id: 'clock' }, data: { day: inDays(0) }, bodyHash: 'close' }] }]);
    const rowOf = async () => (await house.worker.statements((sql) => sql.query<{ score: number; band: string }>(`select score, band from touchline_read.customer_1 where customer = 'still'`)))[0];
    for (const until = Date.now() + 5_000; (await rowOf())!.score === 1_000 && Date.now() < until;) await pause();
    expect(await rowOf()).toEqual({ score: 6_800, band: 'healthy' });
  });
});
