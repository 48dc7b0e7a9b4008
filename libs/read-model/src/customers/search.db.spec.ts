import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { listCustomers } from './list-customers.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

it('A search finds a part of the name in any case, or the whole id, but no part of an id', async () => {
  await house.tell('5e4fada0-1c2d-8e3f-9a4b-5c6d7e8f9a0b', ['customer.registered', { name: 'Bulk 274' }]);
  await house.tell('one', ['customer.registered', { name: 'Ada Works Ltd' }]);
  await house.tell('nameless', ['ticket.opened', { ticket: 'T1' }]);
  const found = async (q: string) => (await listCustomers(house.model(), { tenant, q })).customers.map(({ id }) => id);
  expect([await found('ada'), await found('WORKS'), await found('One'), await found('nameless'), await found('name')]).toEqual([['one'], ['one'], ['one'], ['nameless'], []]);
  expect(await found('5E4FADA0-1c2d-8e3f-9a4b-5c6d7e8f9a0b')).toEqual(['5e4fada0-1c2d-8e3f-9a4b-5c6d7e8f9a0b']);
});
