import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Work } from '#event-store';
import { dateOfDay } from '#insight';
import { findType } from '#journey';
import { pulseCard, putInForce, decideCards } from '../testing/cards.js';
import { tellPast } from '../testing/models.js';
import { openReadModel, tenant, todayThere as today } from '../testing/open-read-model.js';
import { announceChanges } from './announce-changes.js';
import { getCustomer } from './get-customer.js';
import { noteHealth } from './health-notes.js';
import { valuesOf } from './states-sql.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeEach(async () => { house = await openReadModel(); });
afterEach(() => house.close());

interface Note { id: string; customer: string; data: { condition: string; state: string; say: string; evidence: { source: string; id: string }[]; cause: { kind: string } } }
const notes = () => house.worker.statements((sql) => sql.query<Note>(`select id, customer, data from health_note where type = 'insight.condition-changed' order by n`));
const short = async () => (await notes()).map(({ customer, data: { condition, state } }) => [customer, condition, state]);
const kept = async (customer = 'c1') => (await house.worker.statements((sql) => sql.query<{ conditions: string[]; scores: unknown }>('select conditions, scores from band_told where customer = $1', [customer])))[0]!;
const monthly = { subscription: 'S', recurring: { amount: 1_000, currency: 'EUR' }, interval: 'month' };
/** A customer of whom nothing holds. */
const calm = (customer: string, talked = 1) => tellPast(house, customer,
  [300, 'subscription.started', monthly], [talked, 'engagement.call-held', { twoWay: true, with: ['ann'] }], [90, 'contact.added', { contact: 'ann', role: 'payer', sponsor: true }]);
const closeDay = async (day: number) => {
  const [verdict] = await house.store.append([{ stream: { tenant, category: 'clock', id: 'days' }, expected: 'any', events: [{
    source: 'touchline:clock', id: `day-closed:${dateOfDay(day)}`, type: 'clock.day-closed', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'touchline:clock' }, data: { day: dateOfDay(day) }, bodyHash: String(day) }] }]);
  if (verdict!.status === 'appended') await house.visible(verdict!.positions[0]!);
};

describe('What begins and ends to hold of a customer', () => {
  it('is noted once each way, with what it stands on, by the fact that did it', async () => {
    await calm('c1');
    expect(await short()).toEqual([]);
    const left = await house.told('c1', 'contact.left', { contact: 'ann' });
    await house.tell('c1', ['ticket.opened', { ticket: 'T1' }]);
    const [began, ...others] = await notes();
    expect(others).toEqual([]);
    expect(began!.data).toMatchObject({ condition: 'sponsor-gone', state: 'began', evidence: expect.arrayContaining([{ source: 'test', id: left }]) as unknown, cause: { kind: 'fact', event: { source: 'test', id: left } } });
    const named = await house.told('c1', 'contact.added', { contact: 'bob', role: 'payer', sponsor: true });
    expect((await notes()).map(({ data }) => [data.state, data.say, data.evidence.at(-1)!.id])).toEqual([['began', 'the sponsor left and nobody took their place', left], ['ended', 'no longer: no sponsor is left', named]]);
  });

  it('is noted when it comes with time alone', async () => {
    await calm('c1', 44);
    await calm('c2', 20);
    await closeDay(today());
    expect((await notes()).map(({ customer, data: { condition, cause } }) => [customer, condition, cause])).toEqual([['c1', 'silence', { kind: 'time' }]]);
    await closeDay(today() + 1);
    expect(await short()).toHaveLength(1);
  });

  it('is no news of who is seen for the first time, nor where history brings it', async () => {
    await tellPast(house, 'c1', [300, 'subscription.started', monthly]);
    expect([await kept(), await short()]).toEqual([{ conditions: ['silence'], scores: [] }, []]);
    await calm('c2');
    const long = new Date(Date.now() - 9 * 86_400_000).toISOString();
    const [verdict] = await house.store.append([{ stream: { tenant, category: 'customer', id: 'c2' }, expected: 'any', events: [{
      source: 'test', id: 'old', type: 'contact.left', version: 1, occurredAt: long, observedAt: long, actor: { kind: 'system', id: 'test' }, data: { contact: 'ann' }, bodyHash: 'old' }] }]);
    if (verdict!.status === 'appended') await house.visible(verdict!.positions[0]!);
    expect([(await kept('c2')).conditions, await short()]).toEqual([['sponsor-gone'], []]);
  });

  it('is not brought by another card, and a score of a month before is one of the same cards', async () => {
    await putInForce(house, pulseCard('mine'));
    await calm('c1');
    await house.tell('c1', ['subscription.changed', { subscription: 'S', renewsOn: dateOfDay(today() + 40) }], ['customer.measurement-recorded', { measure: 'pulse', value: 90 }]);
    expect(await kept()).toMatchObject({ conditions: [], scores: [[expect.any(Number), expect.any(Number)]] });
    await house.worker.statements((sql) => sql.query(`update band_told set scores = $1::json`, [JSON.stringify([[today() - 31, 9_400]])]));
    await house.tell('c1', ['customer.measurement-recorded', { measure: 'pulse', value: 89 }]);
    expect((await notes()).map(({ data }) => [data.condition, data.say.replace(/until .* and/, 'until … and')])).toEqual([['notice-near-falling', 'notice can be given until … and the score is 5 points lower than a month ago']]);
    expect((await getCustomer(house.model(), { tenant, customer: 'c1' })).conditions.map(({ condition, say }) => ({ condition, say }))).toEqual((await notes()).map(({ data: { condition, say } }) => ({ condition, say })));
    await house.tell('c1', ['customer.measurement-recorded', { measure: 'pulse', value: 90 }]);
    expect([(await short()).length, (await getCustomer(house.model(), { tenant, customer: 'c1' })).conditions]).toEqual([2, []]);
    await decideCards(house, ['drafted', { card: pulseCard('mine', 2, { bands: { ...pulseCard('mine').bands, healthy: 97 } }) }], ['published', { card: 'mine', version: 2 }]);
    for (const until = Date.now() + 10_000; (await kept()).conditions.length === 0 && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    expect([(await kept()).conditions, (await short()).length]).toEqual([['notice-near-falling'], 2]);
  });

  it('is noted of no row by which another card begins it, of nobody whom nobody has looked at yet, and of no score of another card', async () => {
    await calm('c1');
    const [before] = await house.worker.statements((sql) => sql.query<{ cards: string; band: string }>('select tenant, customer, cards, band from band_told'));
    const { live } = (await house.worker.statements((sql) => sql.query<{ live: number }>(`select live from projection where name = 'customers'`)))[0]!;
    const found = (condition: string) => ({ condition, since: null, say: 'so it is', refs: [] });
    const write = (more: object) => house.worker.transaction((sql) => noteHealth({ sql, generation: live } as Work, [valuesOf({ ...before, stale_from: null, held: false, merged_into: null, day: today(), score: 6_000, sheet: {}, notice_day: today() + 30, renewal_day: null, conditions: [], ...more })], () => ({ kind: 'fact', position: 1_000 + Math.floor(Math.random() * 1e9), event: null })));
    await write({ cards: 'others', conditions: [found('notice-near-falling'), found('sponsor-gone')] });
    expect(await short()).toEqual([['c1', 'sponsor-gone', 'began']]);
    await write({ cards: 'others', conditions: [found('notice-near-falling'), found('sponsor-gone')] });
    await write({ cards: 'others', conditions: [] });
    expect(await short()).toEqual([['c1', 'sponsor-gone', 'began'], ['c1', 'notice-near-falling', 'ended'], ['c1', 'sponsor-gone', 'ended']]);
    await house.worker.statements((sql) => sql.query('update band_told set conditions = null, scores = $1::json', [JSON.stringify([[today() - 31, 9_000]])]));
    await write({ cards: 'thirds', conditions: [found('silence')] });
    expect([(await short()).length, await kept()]).toEqual([3, { conditions: ['silence'], scores: [[today(), 6_000]] }]);
  });

  it('is announced once, as the catalogue has it', async () => {
    await calm('c1');
    await house.tell('c1', ['contact.left', { contact: 'ann' }]);
    const [{ id, data }] = await notes() as [Note];
    await announceChanges(house.worker, house.store);
    await announceChanges(house.worker, house.store);
    const told = (await house.store.readAll(null, 1_000, { tenant, categories: ['insight'] })).events.filter(({ type }) => type === 'insight.condition-changed');
    expect(told).toMatchObject([{ source: 'touchline:insight', id, data, stream: { category: 'insight', id: 'c1' } }]);
    expect(findType('insight.condition-changed')!.internal).toBe(true);
  });
});
