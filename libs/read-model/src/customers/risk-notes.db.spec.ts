import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beginRebuild, progressOf } from '#event-store';
import { dateOfDay } from '#insight';
import { causationOf } from '#journey';
import { projections } from '../projections/projections.js';
import { modelOf, promote, tellPast } from '../testing/models.js';
import { openReadModel, tenant, todayThere as today } from '../testing/open-read-model.js';
import { announceChanges } from './announce-changes.js';
import { customerTable } from './table.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeEach(async () => { house = await openReadModel(); });
afterEach(() => house.close());

const subscription = (more = {}) => ({ subscription: 'S1', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', ...more });
const notice = (daysAhead: number) => ({ subscription: 'S1', effectiveOn: dateOfDay(today() + daysAhead) });
const started = (customer: string, more = {}) => tellPast(house, customer, [0, 'subscription.started', subscription(more)]);
const notes = async () => (await house.worker.statements((sql) => sql.query<{ id: string; customer: string; data: any }>('select id, customer, data from risk_note order by n')));
const told = async () => (await house.store.readAll(null, 1_000, { tenant, categories: ['insight'] })).events;
const closeDay = async (ahead: number) => {
  const [verdict] = await house.store.append([{ stream: { tenant, category: 'clock', id: 'days' }, expected: 'any', events: [{
    source: 'test', id: `day ${ahead}`, type: 'clock.day-closed', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: { day: dateOfDay(today() + ahead) }, bodyHash: `${ahead}` }] }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  await house.visible(verdict!.positions[0]!);
};

describe('A change of the level of risk', () => {
  it('by a fact is announced once, with the fact and the chances before and after, and not again while the level stays', async () => {
    await started('c1');
    expect(await notes()).toEqual([]);
    const [id] = await tellPast(house, 'c1', [0, 'subscription.cancellation-requested', notice(30)]);
    const found = await notes();
    expect(found).toMatchObject([{ customer: 'c1', data: { customer: 'c1', to: 0.9, horizon: '90', model: 'prior', cause: { kind: 'fact', event: { source: 'test', id } } } }]);
    expect(found[0]!.data.from).toBeGreaterThan(0);
    expect(found[0]!.data.from).toBeLessThan(0.05);
    await tellPast(house, 'c1', [0, 'ticket.opened', { ticket: 'T1' }]);
    expect(await notes()).toHaveLength(1);
  });

  it('by time names no event, and by a fact of a closed day says that it came late', async () => {
    await promote(house, modelOf('cm-000000000002', 2));
    await started('c1', { renewsOn: dateOfDay(today() + 92) });
    expect(await notes()).toEqual([]);
    // The renewal is then within 90 days.
    await closeDay(3);
    expect(await notes()).toMatchObject([{ data: { from: expect.closeTo(0.032, 2), to: expect.closeTo(0.078, 2), model: 'cm-000000000002', cause: { kind: 'time' } } }]);
    expect((await notes())[0]!.data.cause.event).toBeUndefined();
    await tellPast(house, 'c2', [3, 'subscription.started', subscription()]);
    const [id] = await tellPast(house, 'c2', [1, 'subscription.cancellation-requested', notice(30)]);
    expect((await notes()).filter(({ customer }) => customer === 'c2')).toMatchObject([{ data: { cause: { kind: 'late-fact', event: { id } } } }]);
  });

  it('is noted of no history, no rebuild and no new model, and the levels that these bring are where the next change begins', async () => {
    await started('c1');
    await started('c2');
    const long = new Date(Date.now() - 9 * 86_400_000).toISOString();
    const [verdict] = await house.store.append([{ stream: { tenant, category: 'customer', id: 'c1' }, expected: 'any', events: [{
      source: 'test', id: 'old', type: 'subscription.cancellation-requested', version: 1, occurredAt: long, observedAt: long, actor: { kind: 'system', id: 'test' }, data: notice(30), bodyHash: 'old' }] }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    await house.visible(verdict!.positions[0]!);
    await promote(house, modelOf('cm-000000000001', 12));
    const model = async () => (await house.worker.statements((sql) => sql.query<{ model: string }>(`select min(churn_model) as model from ${customerTable(1)}`)))[0]!.model;
    for (const until = Date.now() + 10_000; await model() !== 'cm-000000000001' && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    const generation = await beginRebuild(house.worker, projections()[0]!);
    for (const until = Date.now() + 20_000; !(await progressOf(house.worker)).some((each) => each.generation === generation && each.live) && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    expect(await notes()).toEqual([]);
    await tellPast(house, 'c2', [0, 'subscription.cancellation-requested', notice(30)]);
    const [note] = await notes();
    expect(note).toMatchObject({ customer: 'c2', data: { to: 0.9, model: 'cm-000000000001' } });
    expect(note!.data.from).toBeGreaterThan(0.1);
    expect(await notes()).toHaveLength(1);
  });

  it('is in the log exactly once, also when the process dies between the append and the end of the note, or before the append', async () => {
    await started('c1');
    await tellPast(house, 'c1', [0, 'subscription.cancellation-requested', notice(30)]);
    const [note] = await notes();
    await house.deploy(async () => undefined);
    expect(await told()).toEqual([]);
    const dying = { ...house.worker, statements: async (work: any) => work({ query: async (text: string, values: unknown[], name?: string) => {
      if (text.startsWith('delete')) throw new Error('died');
      return house.worker.statements((sql) => sql.query(text, values, name));
    } }) };
    await expect(announceChanges(dying as never, house.store)).rejects.toThrow('died');
    expect(await told()).toHaveLength(1);
    expect(await announceChanges(house.worker, house.store)).toBe(1);
    expect(await announceChanges(house.worker, house.store)).toBe(0);
    expect(await told()).toMatchObject([{ id: note!.id, type: 'insight.churn-risk-changed', stream: { category: 'insight', id: 'c1' }, data: note!.data, causationId: causationOf(note!.data.cause.event), correlationId: causationOf(note!.data.cause.event) }]);
    expect(await notes()).toEqual([]);
  });
});

it('A note whose id was announced with other figures is said, not passed over, and does not hold up the others', async () => {
  await started('c1');
  await tellPast(house, 'c1', [0, 'subscription.cancellation-requested', notice(30)]);
  const [note] = await notes();
  const [verdict] = await house.store.append([{ stream: { tenant, category: 'insight', id: 'c1' }, expected: 'any', events: [{
    source: 'touchline:insight', id: note!.id, type: 'insight.churn-risk-changed', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: { ...note!.data, to: 0.5 }, bodyHash: 'other' }] }]);
  expect(verdict!.status).toBe('appended');
  await expect(announceChanges(house.worker, house.store)).rejects.toThrow(`${tenant} ${note!.id}`);
  expect([await announceChanges(house.worker, house.store), await notes()]).toEqual([0, []]);
});

it('A note stands or falls with the rows: of a batch that is rolled back there is neither, and once it goes through there are both', async () => {
  await started('c1');
  const risk = async () => (await house.worker.statements((sql) => sql.query<{ risk: number }>(`select risk from ${customerTable(1)}`)))[0]!.risk;
  const before = await risk();
  const owner = (text: string) => house.owner(text);
  await owner(`create function touchline.refuse() returns trigger language plpgsql as $$ begin raise 'the process dies here'; end $$;
    create trigger refuse before update on touchline.projection_partition for each row when (new.position is distinct from old.position) execute function touchline.refuse()`);
  const cancel = { source: 'test', id: 'cancel', type: 'subscription.cancellation-requested', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system' as const, id: 'test' }, data: notice(30), bodyHash: 'x' };
  const [verdict] = await house.store.append([{ stream: { tenant, category: 'customer', id: 'c1' }, expected: 'any', events: [cancel] }]);
  await new Promise((wake) => setTimeout(wake, 1_000));
  expect([await risk(), await notes()]).toEqual([before, []]);
  await owner('drop trigger refuse on touchline.projection_partition');
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  await house.visible(verdict!.positions[0]!);
  expect([await risk(), (await notes()).length]).toEqual([9_000, 1]);
});
