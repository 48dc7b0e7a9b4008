import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { context, event, openIntake, tenant } from '../testing/open-intake.js';
import { rawItem } from './raw-item.js';
import { recordEvents } from './record-events.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const opened = (customer: unknown, more = {}) => event('ticket.opened', { ticket: 'T-1' }, { customer, ...more });
const crm = (id: string) => ({ system: 'crm', id });
const rows = (id: string) => house.worker.transaction((sql) => sql.query<{ customer: string; recorded: boolean }>(
  'select customer, recorded from customer_alias where tenant = $1 and id = $2 and customer is not null', [tenant, id]));
const aliasFacts = async (id: string) => (await house.store.readAll(null, 100_000, { tenant, types: ['customer.alias-added'] })).events.filter(({ data }) => data['id'] === id);

describe('A customer that only refused or conflicting facts name', () => {
  it('is not opened: no alias, no fact', async () => {
    const item = opened('somebody');
    await house.record([item]);
    const verdicts = await house.record([
      { ...item, customer: crm('conflict') }, event('record.retracted', { events: [{ source: 'helpdesk', id: 'never' }], reason: 'x' }, { customer: crm('refused') }),
      event('customer.alias-added', { system: 'crm', id: 'held' }, { customer: 'holder' }), event('customer.alias-added', { system: 'crm', id: 'held' }, { customer: crm('thief') }),
      { ...item, type: 'customer.parent-changed', data: { parent: crm('parent') } },
    ]);
    expect(verdicts.map(({ status }) => status)).toEqual(['conflict', 'rejected', 'appended', 'rejected', 'conflict']);
    for (const id of ['conflict', 'refused', 'thief', 'parent']) {
      expect(await rows(id)).toEqual([]);
      expect(await aliasFacts(id)).toEqual([]);
    }
  });

  it('is opened by the first fact that survives, known when that was', async () => {
    const item = opened('somebody');
    await house.record([item]);
    const [, second] = await house.record([{ ...item, customer: crm('shared') }, opened(crm('shared'), { time: '2026-01-11T08:00:00Z' })]);
    expect(await house.stream(second!.customer!)).toMatchObject([{ type: 'customer.alias-added', occurredAt: '2026-01-11T08:00:00.000Z' }, { type: 'ticket.opened' }]);
  });

  it('does not get the alias of a claim that conflicts', async () => {
    const item = event('customer.alias-added', { system: 'crm', id: 'first-claim' }, { customer: 'claimer' });
    await house.record([item]);
    const [, other] = await house.record([{ ...item, data: { system: 'crm', id: 'second-claim' } }, opened(crm('second-claim'))]);
    expect(other!.customer).not.toBe('claimer');
  });

  it('gets its alias fact by a retry when the directory does not know that it was recorded', async () => {
    const item = opened(crm('healed'));
    const [first] = await house.record([item]);
    await house.worker.transaction((sql) => sql.query(`update customer_alias set recorded = false where id = 'healed'`));
    expect(await house.record([item])).toMatchObject([{ status: 'duplicate', position: first!.position }]);
    expect(await rows('healed')).toEqual([{ customer: first!.customer, recorded: true }]);
  });
});

describe('Whatever is sent, twice, in any order and by two processes at once', () => {
  it('opens exactly the customers that a recorded fact names, each once', async () => {
    let run = 0;
    const spec = fc.record({ id: fc.integer({ min: 0, max: 4 }), alias: fc.integer({ min: 0, max: 3 }), body: fc.integer({ min: 0, max: 1 }), kind: fc.constantFrom('fact', 'fact', 'parent', 'refused') });
    await fc.assert(fc.asyncProperty(fc.array(spec, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), async (specs, shuffle) => {
      const name = `run-${++run}`;
      const items = specs.map(({ id, alias, body, kind }) => {
        const common = { id: `${name}-${id}`, customer: crm(`${name}-${alias}`) };
        if (kind === 'refused') return event('record.retracted', { events: [{ source: 'helpdesk', id: 'never' }], reason: 'x' }, common);
        if (kind === 'parent') return event('customer.parent-changed', { parent: crm(`${name}-p${body}`) }, common);
        return event('ticket.opened', { ticket: `T-${body}` }, common);
      });
      const keys = [...shuffle.take(items.length)];
      const other = items.map((item, index) => ({ item, key: keys[index]! })).sort((a, b) => a.key - b.key).map(({ item }) => item);
      const send = (batch: readonly unknown[]) => recordEvents(house.anotherProcess(), batch.map(rawItem), context);
      await Promise.all([send(items), send(other)]);
      await send(items);
      const { events } = await house.store.readAll(null, 1_000_000, { tenant });
      const mine = events.filter(({ id }) => id.startsWith(name + '-') || id.startsWith(`alias:crm:${name}-`));
      const facts = mine.filter(({ source }) => source !== 'touchline:intake');
      const needed = new Set(facts.map(({ stream }) => stream.id));
      facts.forEach(({ data }) => (typeof data['parent'] === 'string' ? needed.add(data['parent']) : undefined));
      const openings = mine.filter(({ source }) => source === 'touchline:intake');
      expect(openings.map(({ stream }) => stream.id).sort()).toEqual([...needed].sort());
      const directory = await house.worker.transaction((sql) => sql.query<{ customer: string; recorded: boolean }>(
        `select customer, recorded from customer_alias where tenant = $1 and id like $2 and customer is not null`, [tenant, `${name}-%`]));
      expect(directory.map(({ customer }) => customer).sort()).toEqual([...needed].sort());
      expect(directory.every(({ recorded }) => recorded)).toBe(true);
    }), { numRuns: 60 });
  });
});
