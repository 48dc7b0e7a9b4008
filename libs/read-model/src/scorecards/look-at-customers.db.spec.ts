import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pulseCard } from '../testing/cards.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getCardCoverage } from './look-at-customers.js';

const CUSTOMERS = 203;
let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

it('A measure is looked at with more customers than are read at once: 203, of whom the last three by id have it', async () => {
  const at = new Date().toISOString();
  const verdicts = await house.store.append(Array.from({ length: CUSTOMERS }, (_, place) => {
    const id = `c-${String(place).padStart(3, '0')}`;
    const data = { measure: place < 200 ? 'other' : 'pulse', value: 50 };
    return { stream: { tenant, category: 'customer', id }, expected: 'any' as const, events: [{
      source: 'test', id, type: 'customer.measurement-recorded', version: 1, occurredAt: at, actor: { kind: 'system' as const, id: 'test' }, data, bodyHash: id }] };
  }));
  const [last] = verdicts.slice(-1);
  if (last?.status !== 'appended') throw new Error(last?.status);
  await house.visible(last.positions[0]!);
  expect(await getCardCoverage(house.model(), { tenant, card: pulseCard('mine') })).toEqual({ customers: CUSTOMERS, measures: [{ id: 'pulse', known: 3, share: 3 / CUSTOMERS }] });
});
