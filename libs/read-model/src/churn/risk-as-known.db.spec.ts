import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelOf, promote, tellPast } from '../testing/models.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getChurnRisk } from './get-churn-risk.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

const risk = (customer: string, more = {}) => getChurnRisk(house.model(), { tenant, customer, ...more });
const running = (customer: string) => tellPast(house, customer, [400, 'subscription.started', { subscription: `S-${customer}`, recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month' }]);

describe('The churn risk of a customer', () => {
  it('is that of the customer alone at a moment when nobody knew of a merge yet', async () => {
    await running('whole');
    await running('part');
    await new Promise((wake) => setTimeout(wake, 5));
    const before = new Date().toISOString();
    await new Promise((wake) => setTimeout(wake, 5));
    await tellPast(house, 'part', [1, 'customer.merged', { into: 'whole' }]);
    const [whole, then] = [await risk('whole'), await risk('whole', { knownAt: before })];
    expect(whole.arrAtRisk[0]!.amount / whole.probability! / (then.arrAtRisk[0]!.amount / then.probability!)).toBeCloseTo(2, 2);
    expect(await risk('part')).toMatchObject({ customer: 'whole', askedAs: 'part' });
    expect(await risk('part', { knownAt: before })).toMatchObject({ customer: 'part', standing: 'running', arrAtRisk: then.arrAtRisk });
  });

  it('is compared with those of whom a like chance was foretold', async () => {
    await running('calm');
    const binOf = async (id: string, times: number) => {
      await promote(house, modelOf(id, times));
      const { probability, comparable } = await risk('calm');
      expect([comparable!.from <= probability!, probability! <= comparable!.to]).toEqual([true, true]);
      return [comparable!.from, comparable!.to, comparable!.left];
    };
    expect(await binOf('cm-000000000001', 0.2)).toEqual([0.001, 0.05, 4]);
    expect(await binOf('cm-000000000002', 6)).toEqual([0.05, 0.4, 26]);
  });
});
