import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewEvent } from '#event-store';
import { priorChurnModel, type Progress } from '#insight';
import { findType } from '#journey';
import { leavers, type ToldFact } from '../../../../test/support/leavers.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { read } from '../reading.js';
import { gatherRows } from './gather-rows.js';
import { trainModel } from './long-work.js';
import { modelById, modelInForce } from './model-in-force.js';
import { tenantStories } from '../whole-history/stories.js';

let model: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  model = await openReadModel();
  await told(leavers());
}, 120_000);
afterAll(() => model.close());

async function told(facts: readonly ToldFact[]): Promise<string> {
  const byCustomer = new Map<string, NewEvent[]>();
  for (const { id, source, type, time, observedAt, customer, data } of facts) {
    byCustomer.set(customer, [...byCustomer.get(customer) ?? [], { source, id, type, version: findType(type)!.version, occurredAt: time, observedAt, actor: { kind: 'system', id: 'test' }, data, bodyHash: id }]);
  }
  const verdicts = await model.store.append([...byCustomer].map(([id, events]) => ({ stream: { tenant, category: 'customer', id }, expected: 'any' as const, events })));
  const last = verdicts.at(-1)!;
  if (last.status !== 'appended') throw new Error(last.status);
  return model.store.head();
}

const reading = () => ({ reader: model.reader, now: () => new Date('2026-02-01T12:00:00Z') });
const window = { tenant, from: '2023-06-01', to: '2026-01-31' };
const never = new AbortController().signal;

async function done<T>(work: AsyncGenerator<Progress, T, void>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

const gathered = (more: Partial<Parameters<typeof gatherRows>[1]> = {}) => done(gatherRows(reading(), { ...window, ...more }, never));

async function stories(upTo: number, knownAt: string) {
  const found = [];
  for await (const story of tenantStories(model.reader, { tenant, upTo, knownAt })) found.push(story);
  return found;
}

const fact = (customer: string, type: string, data: Record<string, unknown>, time = '2026-01-15T09:00:00.000Z'): ToldFact => ({ id: `${customer}/${type}/${time}/${JSON.stringify(data)}`, source: 'leavers', type, time, observedAt: time, customer, data });
const number = (position: string) => Number(position.split('.')[1]);

describe('The stories of all customers', () => {
  it('come in the order of their ids, with nothing that was not observed by the moment or stands beyond the position', async () => {
    const head = number(await model.store.head());
    const all = await stories(head, '2026-02-01T00:00:00.000Z');
    expect(all.map(({ customer }) => customer)).toEqual(Array.from({ length: 90 }, (_, place) => `l-${String(place).padStart(3, '0')}`));
    expect(all.flatMap(({ events }) => events)).toHaveLength(leavers().length);
    const early = await stories(head, '2023-03-01T00:00:00.000Z');
    expect(early.flatMap(({ events }) => events.filter(({ observedAt }) => observedAt > '2023-03-01'))).toEqual([]);
    expect(early.length).toBeGreaterThan(0);
    expect((await stories(100, '2026-02-01T00:00:00.000Z')).flatMap(({ events }) => events)).toHaveLength(100);
  });

  it('tell merged customers as one, as it was known then, and belong together under a parent', async () => {
    const before = number(await model.store.head());
    await told([fact('l-001', 'customer.merged', { into: 'l-002' }), fact('l-004', 'customer.parent-changed', { parent: 'l-001' })]);
    const head = number(await model.store.head());
    const of = async (upTo: number, knownAt: string) => new Map((await stories(upTo, knownAt)).map((story) => [story.customer, story]));
    const now = await of(head, '2026-02-01T00:00:00.000Z');
    expect([now.has('l-001'), now.get('l-002')!.events.some(({ absorbed }) => absorbed), now.get('l-004')!.cluster, now.get('l-005')!.cluster]).toEqual([false, true, 'l-002', 'l-005']);
    const then = await of(head, '2026-01-10T00:00:00.000Z');
    expect([then.has('l-001'), then.get('l-004')!.cluster]).toEqual([true, 'l-004']);
    expect((await of(before, '2026-02-01T00:00:00.000Z')).has('l-001')).toBe(true);
    await told([fact('l-001', 'customer.unmerged', {}, '2026-01-16T09:00:00.000Z')]);
  });
});

describe('Rows of a tenant', () => {
  it('name the position and the moment; given again, both give the same rows whatever was told since', async () => {
    const { rows, upTo, knownAt, customers, held, to } = await gathered();
    expect([customers, held, to, knownAt, number(upTo)]).toEqual([90, 0, '2026-01-31', '2026-01-31T22:59:59.999Z', number(await model.store.head())]);
    await told([fact('l-005', 'subscription.changed', { subscription: 'S-5', recurring: { amount: 90_000, currency: 'EUR' }, interval: 'month' }, '2024-02-01T09:00:00.000Z')]);
    const again = (await gathered({ upTo, knownAt })).rows;
    const text = (of: typeof rows) => of.features.numbers.map((_, place) => Array.from({ length: of.size }, (_, row) => of.values[place]!.at(row)).join()).join();
    expect(text(again) === text(rows)).toBe(true);
    expect(text((await gathered()).rows) === text(rows)).toBe(false);
  });

  it('leave out who has a fact that cannot be read, and say so', async () => {
    await model.store.append([{ stream: { tenant, category: 'customer', id: 'odd' }, expected: 'none', events: [
      { source: 'odd', id: 'odd', type: 'usage.reported', version: 99, occurredAt: '2024-01-01T00:00:00.000Z', observedAt: '2024-01-01T00:00:00.000Z', actor: { kind: 'system', id: 'x' }, data: {}, bodyHash: 'odd' }] }]);
    expect(await gathered()).toMatchObject({ customers: 90, held: 1 });
  });

  it('are not made for a window that cannot be, and not to the end when nobody waits any more', async () => {
    await expect(gathered({ from: '2026-02-01' })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'from' });
    await expect(gathered({ from: '2026-01-02', to: '2026-01-03' })).rejects.toMatchObject({ code: 'invalid-parameter' });
    await expect(gathered({ to: '2026-02-02' })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'to' });
    await expect(gathered({ upTo: '1.999999' })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'upTo' });
    const stopped = new AbortController();
    stopped.abort(new Error('gone'));
    await expect(done(trainModel(reading(), { window, kind: 'logistic', seed: 1 }, stopped.signal))).rejects.toThrow('gone');
  });
});

describe('The model in force', () => {
  const decided = async (id: string, type: string, data: Record<string, unknown> = {}) => {
    const [verdict] = await model.store.append([{ stream: { tenant, category: 'churnmodel', id }, expected: 'any', events: [
      { source: 'touchline:churn', id: `${type}/${id}/${Math.random()}`, type: `churnmodel.${type}`, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'person', id: 'ann' }, data: { model: id, ...data }, bodyHash: 'x' }] }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    await new Promise((wake) => setTimeout(wake, 5));
    return new Date().toISOString();
  };
  const inForce = (knownAt?: string, of = tenant) => read(model.reader, of, async (sql) => (await modelInForce(sql, of, knownAt)).model.id);

  it('is the prior, then what was promoted last and is not retired; and what it was at any moment', async () => {
    const first = new Date().toISOString();
    expect(await inForce()).toBe(priorChurnModel.id);
    for (const id of ['cm-a', 'cm-b']) await decided(id, 'trained', { model: { ...priorChurnModel, id } });
    expect(await inForce()).toBe('prior');
    const promoted = await decided('cm-a', 'promoted');
    expect(await inForce()).toBe('cm-a');
    const second = await decided('cm-b', 'promoted');
    expect([await inForce(), await inForce(promoted), await inForce(first)]).toEqual(['cm-b', 'cm-a', 'prior']);
    await decided('cm-b', 'retired', { reason: 'worse' });
    expect([await inForce(), await inForce(second)]).toEqual(['cm-a', 'cm-b']);
    await decided('cm-a', 'retired', { reason: 'worse' });
    expect(await inForce()).toBe('prior');
    expect(await inForce(undefined, 'globex')).toBe('prior');
  });

  it('is told by one statement while nothing is decided', async () => {
    const statements: string[] = [];
    await read(model.reader, tenant, async (sql) => {
      const counting = { ...sql, texts: (...[text, ...rest]: Parameters<typeof sql.texts>) => { statements.push(text); return sql.texts(text, ...rest); }, query: () => { throw new Error('another statement'); } };
      await modelInForce(counting as typeof sql, tenant);
    });
    expect(statements).toHaveLength(1);
    expect(await read(model.reader, tenant, (sql) => modelById(sql, tenant, 'cm-none'))).toBeNull();
    expect(await read(model.reader, 'globex', (sql) => modelById(sql, 'globex', 'cm-a'))).toBeNull();
  });
});
