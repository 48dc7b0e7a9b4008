import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { event, openIntake, tenant } from '../testing/open-intake.js';
import { findCustomers } from './find-customer.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const findAll = (texts: readonly string[], of = tenant) => findCustomers(house.intake, house.reader, of, texts);
const find = async (text: string, of?: string) => (await findAll([text], of))[0];

describe('A customer looked up by what a person writes', () => {
  it('is found by our id, by an id of another system, and by one that is kept as a hash', async () => {
    const named = (id: string) => event('ticket.opened', { ticket: 'T-1' }, { customer: { system: 'crm', id } });
    const [plain, mail] = await house.record([named('4711'), named('ines@nordlicht.example')]);
    expect(await find('our-id')).toBe('our-id');
    expect(await find('crm:4711')).toBe(plain!.customer);
    expect(await find('crm:ines@nordlicht.example')).toBe(mail!.customer);
  });

  it('is nobody for other tenants, for unknown ids, and for what is no id', async () => {
    expect(await find('crm:4711', 'other')).toBeNull();
    for (const text of ['crm:0', '', 'crm:', ':1', 'crm:\0', 'a\0b', 'no id at all']) expect(await find(text)).toBeNull();
  });

  it('is looked up with all others at once, each in its place', async () => {
    const [one, other] = await house.record(['8001', '8002'].map((id) => event('ticket.opened', { ticket: 'T-1' }, { customer: { system: 'crm', id } })));
    const transactions = jest.spyOn(house.reader, 'inTenant');
    expect(await findAll(['crm:8002', 'our-id', 'crm:0', 'crm:8001', '', 'crm:8002'])).toEqual([other!.customer, 'our-id', null, one!.customer, null, other!.customer]);
    expect(transactions).toHaveBeenCalledTimes(1);
    transactions.mockRestore();
  });
});
