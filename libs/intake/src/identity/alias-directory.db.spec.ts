import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawItem } from '../record-events/raw-item.js';
import { recordEvents } from '../record-events/record-events.js';
import { context, event, openIntake, tenant } from '../testing/open-intake.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const opened = (customer: unknown) => event('ticket.opened', { ticket: 'T-1' }, { customer });
const added = (customer: unknown, system: string, id: string) => event('customer.alias-added', { system, id }, { customer });
const removed = (customer: unknown, system: string, id: string) => event('customer.alias-removed', { system, id }, { customer });
const typesOf = async (customer: string) => (await house.stream(customer)).map(({ type }) => type);

describe('A customer named by another system', () => {
  it('is opened as an unclaimed one, with the alias as its first fact, once', async () => {
    const [first] = await house.record([opened({ system: 'crm', id: '1' })]);
    const [second] = await house.record([opened({ system: 'crm', id: '1' })]);
    expect(first!.customer).toMatch(/^[0-9a-f-]{36}$/);
    expect(second!.customer).toBe(first!.customer);
    expect(await house.worker.transaction((sql) => sql.query(`select recorded from customer_alias where system = 'crm' and id = '1'`))).toEqual([{ recorded: true }]);
    expect(await house.stream(first!.customer!)).toMatchObject([
      { type: 'customer.alias-added', source: 'touchline:intake', id: 'alias:crm:1', data: { system: 'crm', id: '1' }, occurredAt: '2026-01-10T08:00:00.000Z' },
      { type: 'ticket.opened' }, { type: 'ticket.opened' },
    ]);
  });

  it('is nobody\'s for another tenant that uses the same id', async () => {
    const alias = { system: 'crm', id: 'two-tenants' };
    await house.record([added('claimed-here', 'crm', 'two-tenants')]);
    const [here] = await house.record([opened(alias)]);
    const verdicts = await recordEvents(house.anotherProcess(), [rawItem(opened(alias))], { ...context, tenant: 'second' });
    expect(here!.customer).toBe('claimed-here');
    expect(verdicts).toMatchObject([{ status: 'appended', customer: expect.not.stringMatching('claimed-here') }]);
    expect(await house.store.readStream({ tenant: 'second', category: 'customer', id: 'claimed-here' })).toEqual([]);
  });

  it('is one customer though many processes see it first', async () => {
    const items = Array.from({ length: 12 }, () => opened({ system: 'crm', id: 'race' }));
    const verdicts = await Promise.all(items.map((item) => recordEvents(house.anotherProcess(), [rawItem(item)], context)));
    const customers = new Set(verdicts.flat().map(({ customer }) => customer));
    expect(customers.size).toBe(1);
    expect((await typesOf([...customers][0]!)).filter((type) => type === 'customer.alias-added')).toHaveLength(1);
  });

  it('gets its alias fact by the next event when a crash came between directory and log', async () => {
    const alias = { system: 'crm', id: 'crash' };
    await house.worker.transaction((sql) => sql.query(`insert into customer_alias (tenant, system, id, customer) values ($1, 'crm', 'crash', 'found-again')`, [tenant]));
    expect(await house.record([opened(alias)])).toMatchObject([{ customer: 'found-again' }]);
    await house.record([opened(alias)]);
    expect(await typesOf('found-again')).toEqual(['customer.alias-added', 'ticket.opened', 'ticket.opened']);
  });

  it('never has an e-mail address kept in the clear', async () => {
    const [verdict] = await house.record([opened({ system: 'shop', id: 'ines@nordlicht.example' })]);
    const kept = await house.worker.transaction((sql) => sql.query(`select * from customer_alias where system = 'shop'`));
    const log = await house.worker.transaction((sql) => sql.query('select id, stream, data::text from log where stream = $1', [verdict!.customer]));
    expect(log).toHaveLength(2);
    expect(JSON.stringify([kept, log])).not.toContain('ines');
    expect(await house.record([opened({ system: 'shop', id: 'ines@nordlicht.example' })])).toMatchObject([{ customer: verdict!.customer }]);
  });

  it('leads to the customer that claimed the alias, from the next item on', async () => {
    expect(await house.record([added('claimer', 'desk', '7'), opened({ system: 'desk', id: '7' })])).toMatchObject([{ customer: 'claimer' }, { customer: 'claimer' }]);
    expect(await typesOf('claimer')).toEqual(['customer.alias-added', 'ticket.opened']);
  });

  it('cannot be claimed by two; whoever comes second is told who has it', async () => {
    await house.record([added('holder', 'desk', '8')]);
    const [refused] = await house.record([added('thief', 'desk', '8')]);
    expect(refused).toMatchObject({ status: 'rejected', problem: { code: 'alias-taken', pointer: '/data/id', detail: expect.stringContaining('holder') } });
    await house.record([removed('holder', 'desk', '8')]);
    expect(await house.record([added('thief', 'desk', '8'), opened({ system: 'desk', id: '8' })])).toMatchObject([{ status: 'appended' }, { customer: 'thief' }]);
  });

  it('goes to one of many that claim its alias at the same moment', async () => {
    const items = Array.from({ length: 10 }, (_, index) => added(`rival-${index}`, 'desk', 'rivals'));
    const verdicts = (await Promise.all(items.map((item) => recordEvents(house.anotherProcess(), [rawItem(item)], context)))).flat();
    const winner = verdicts.find(({ status }) => status === 'appended')!;
    const others = verdicts.filter((verdict) => verdict !== winner);
    expect(others.map(({ problem }) => problem?.detail)).toEqual(others.map(() => `The alias is that of customer ${winner.customer}.`));
  });

  it('opens anew after its alias was freed, with a fact of its own', async () => {
    const [first] = await house.record([opened({ system: 'crm', id: 'anew' })]);
    await house.record([removed(first!.customer, 'crm', 'anew')]);
    await house.record([opened({ system: 'crm', id: 'anew' })]);
    expect(await typesOf(first!.customer!)).toEqual(['customer.alias-added', 'ticket.opened', 'customer.alias-removed', 'customer.alias-added', 'ticket.opened']);
  });

  it('is not moved by an old alias fact that is sent again', async () => {
    const old = added('before', 'desk', '9');
    await house.record([old]);
    await house.record([removed('before', 'desk', '9'), added('now', 'desk', '9')]);
    expect(await house.record([old, opened({ system: 'desk', id: '9' })])).toMatchObject([{ status: 'duplicate' }, { customer: 'now' }]);
  });

  it('is resolved as a parent too', async () => {
    const item = event('customer.parent-changed', { parent: { system: 'crm', id: 'group' } });
    await house.record([item]);
    const [parent] = await house.record([opened({ system: 'crm', id: 'group' })]);
    expect((await house.store.find(tenant, [item]))[0]!.data).toEqual({ parent: parent!.customer });
    const none = event('customer.parent-changed', { parent: null });
    await house.record([none]);
    expect((await house.store.find(tenant, [none]))[0]!.data).toEqual({ parent: null });
  });

  it('is invisible to a reader of another tenant, or of none', async () => {
    const count = 'select count(*)::int as n from customer_alias';
    expect(await house.reader.transaction((sql) => sql.query(count))).toEqual([{ n: 0 }]);
    expect(await house.reader.inTenant('other', (sql) => sql.query(count))).toEqual([{ n: 0 }]);
    expect((await house.reader.inTenant<{ n: number }[]>(tenant, (sql) => sql.query(count)))[0]!.n).toBeGreaterThan(0);
  });
});
