import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { pulseCard } from '../testing/cards.js';
import { tellKnown, factOf } from '../testing/known-facts.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getCardCoverage } from './look-at-customers.js';

const CUSTOMERS = 450;
let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await tellKnown(house, 'customer', Array.from({ length: CUSTOMERS }, (_, at) => [
    factOf(`c${at}`, 'customer.registered', { name: `C ${at}` }, day), ...(at % 3 === 0 ? [factOf(`c${at}`, 'customer.measurement-recorded', { measure: 'pulse', value: 1 }, day)] : []),
  ]).flat());
  await house.tell('last', ['customer.registered', { name: 'Last' }]);
}, 120_000);
afterAll(() => house.close());

it('counts all customers, more than are read at once, and after each that took long others have the process', async () => {
  const [now, turns] = [jest.spyOn(performance, 'now'), jest.spyOn(globalThis, 'setImmediate')];
  let clock = 0;
  now.mockImplementation(() => (clock += 30));
  try {
    const coverage = await getCardCoverage(house.model(), { tenant, card: pulseCard('mine') });
    expect(coverage).toEqual({ customers: CUSTOMERS + 1, measures: [{ id: 'pulse', known: 150, share: 150 / 451 }] });
    expect(turns.mock.calls.length).toBeGreaterThan(CUSTOMERS);
  } finally {
    now.mockRestore();
    turns.mockRestore();
  }
});
