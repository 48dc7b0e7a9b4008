import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FactSheet } from '#insight';
import { openReadModel, tenant, TROUBLE } from '../testing/open-read-model.js';
import { getToday } from '../today/get-today.js';
import { getCustomer } from './get-customer.js';
import { customerTable } from './table.js';

describe('A contact', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let customers = 0;

  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  const sealed = async (contact: string, fields: Record<string, string>) => Object.fromEntries(await Promise.all(
    Object.entries(fields).map(async ([name, value]) => [name, await house.sealed(contact, `/${name}`, value)] as const)));
  const contactsOf = async (customer: string) => (await getCustomer(house.model(), { tenant, customer })).contacts.map(({ name, email, role }) => ({ name, email, role }));
  const calledToday = async (customer: string) => (await getToday(house.model(), { tenant, limit: 100 })).items.find(({ id }) => id === customer)?.contact?.name;

  /** A customer in trouble, whose one contact was written down wrongly. */
  const mistaken = async () => {
    const customer = `c${++customers}`;
    await house.tell(customer, ['customer.registered', { name: customer }], ...TROUBLE);
    const added = await house.told(customer, 'contact.added', { contact: customer, ...await sealed(customer, { name: 'WRONGNAME', email: 'wrong@example.com' }), role: 'payer', sponsor: true });
    return { customer, event: { source: 'test', id: added } };
  };
  const amended = async (customer: string, event: object, fields: Record<string, string>) => (
    house.told(customer, 'record.amended', { event, data: { contact: customer, ...await sealed(customer, fields), role: 'user', sponsor: true }, reason: 'mistyped' }));

  it('is who the correction says, with nothing left of what was corrected, also on today\'s list', async () => {
    const { customer, event } = await mistaken();
    expect(await contactsOf(customer)).toEqual([{ name: 'WRONGNAME', email: 'wrong@example.com', role: 'payer' }]);
    expect(await calledToday(customer)).toBe('WRONGNAME');
    await amended(customer, event, { name: 'RIGHTNAME' });
    expect(await contactsOf(customer)).toEqual([{ name: 'RIGHTNAME', email: null, role: 'user' }]);
    expect(await calledToday(customer)).toBe('RIGHTNAME');
  });

  it('is who the first fact said when the correction is taken back', async () => {
    const { customer, event } = await mistaken();
    const correction = await amended(customer, event, { name: 'RIGHTNAME' });
    await house.told(customer, 'record.retracted', { events: [{ source: 'test', id: correction }], reason: 'it was right' });
    expect(await contactsOf(customer)).toEqual([{ name: 'WRONGNAME', email: 'wrong@example.com', role: 'payer' }]);
    expect(await calledToday(customer)).toBe('WRONGNAME');
  });

  it('that was taken back is nobody; what else is known of the person has no name', async () => {
    const { customer, event } = await mistaken();
    await house.told(customer, 'record.retracted', { events: [event], reason: 'no such person' });
    expect(await contactsOf(customer)).toEqual([]);
    expect(await calledToday(customer)).toBeUndefined();
    await house.told(customer, 'contact.role-changed', { contact: customer, role: 'user', sponsor: true });
    expect(await contactsOf(customer)).toEqual([{ name: null, email: null, role: 'user' }]);
    expect(await calledToday(customer)).toBeNull();
  });

  it('keeps the name when only the role changes, and the address when it is added again without one', async () => {
    const { customer } = await mistaken();
    await house.told(customer, 'contact.role-changed', { contact: customer, role: 'both', sponsor: false });
    expect(await contactsOf(customer)).toEqual([{ name: 'WRONGNAME', email: 'wrong@example.com', role: 'both' }]);
    await house.told(customer, 'contact.added', { contact: customer, ...await sealed(customer, { name: 'MARRIEDNAME' }), role: 'both' });
    expect(await contactsOf(customer)).toEqual([{ name: 'MARRIEDNAME', email: 'wrong@example.com', role: 'both' }]);
  });
});

describe('A row', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  it('keeps texts as they were told, whatever is in them', async () => {
    const name = 'Müller & 😀 "Söhne" {\\N}, \u2028 \t';
    await house.tell('odd', ['customer.registered', { name }], ['ticket.opened', { ticket: name }]);
    const [row] = await house.worker.transaction((sql) => sql.query<{ sheet: FactSheet }>(`select sheet from ${customerTable(1)} where customer = 'odd'`));
    expect([row!.sheet.customer['name']![3], Object.keys(row!.sheet.logs.ticket), (await getCustomer(house.model(), { tenant, customer: 'odd' })).name]).toEqual([name, [`:${name}`], name]);
  });
});

describe('Customers that belong to each other', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  it('are each shown with the other as parent and as child, and nothing goes round in circles', async () => {
    await house.tell('one', ['customer.registered', { name: 'One' }], ['customer.parent-changed', { parent: 'two' }], ...TROUBLE);
    await house.tell('two', ['customer.registered', { name: 'Two' }], ['customer.parent-changed', { parent: 'one' }], ...TROUBLE);
    const [one, two] = await Promise.all(['one', 'two'].map((customer) => getCustomer(house.model(), { tenant, customer })));
    expect([one, two]).toMatchObject([{ parent: 'two', children: ['two'], status: 'active' }, { parent: 'one', children: ['one'], status: 'active' }]);
  });
});
