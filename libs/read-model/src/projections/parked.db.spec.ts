import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listParked } from '#event-store';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { listParkedCustomers, replayCustomer, retryParked } from './parked.js';
import { projections } from './projections.js';

describe('Who is held back', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;

  beforeAll(async () => {
    house = await openReadModel();
    const position = await house.tell('c1', ['customer.registered', { name: 'Nordlicht' }], ['ticket.opened', { ticket: 'T1' }]);
    const first = Number(position.split('.')[1]) - 1;
    await house.worker.transaction((sql) => sql.query(
      `insert into parked (name, generation, tenant, customer, position, reason) values ('customers', 1, 'acme', 'c1', $1, 'TypeError'), ('customers', 1, 'other', 'c9', $1, 'TypeError')`, [first]));
  });
  afterAll(() => house.close());

  it('is read as a reader, whom the database shows the own tenant only: the fact, why, and what waits', async () => {
    expect(await listParked(house.reader, { tenant })).toMatchObject([{
      projection: 'customers', live: true, tenant, customer: 'c1', type: 'customer.registered', error: 'TypeError', waiting: 2, events: [{ type: 'customer.registered' }, { type: 'ticket.opened' }],
    }]);
    const seen = await house.reader.inTenant(tenant, (sql) => sql.query<{ customer: string }>('select customer from parked'));
    expect(seen).toEqual([{ customer: 'c1' }]);
    expect(await listParkedCustomers(house.model(), { tenant, customer: 'c9' })).toEqual([]);
  });

  it('is not looked for in a read model that does not exist', async () => {
    await expect(listParkedCustomers(house.model(), { tenant, projection: 'foo' })).rejects.toMatchObject({ code: 'projection-unknown', message: expect.stringContaining('There are: customers, timeline') });
  });

  it('is tried again by name, one tenant at a time', async () => {
    expect(await retryParked(house.model(), { tenant })).toEqual({ tried: 1, freed: 1, parked: [] });
    expect(await retryParked(house.model(), { tenant })).toEqual({ tried: 0, freed: 0, parked: [] });
    expect(await listParked(house.worker, { tenant: 'other' })).toHaveLength(1);
  });

  it('is folded anew though not held; nobody of another tenant, and nobody unknown', async () => {
    expect(await replayCustomer(house.model(), { tenant, customer: 'c1' })).toEqual({ tried: projections().length, freed: projections().length, parked: [] });
    await expect(replayCustomer(house.model(), { tenant: 'other', customer: 'c1' })).rejects.toMatchObject({ code: 'customer-unknown' });
    await expect(replayCustomer(house.model(), { tenant, customer: 'c2' })).rejects.toMatchObject({ code: 'customer-unknown' });
  });
});
