import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getHealth } from './get-health.js';

describe('The health that was known at a moment', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  const before = new Date(Date.now() - 60_000).toISOString();

  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  it('has the name that was known then, and none before the first fact', async () => {
    const nameAt = async (when: { knownAt?: string; asOf?: string }) => (await getHealth(house.model(), { tenant, customer: 'c1', ...when })).name;
    const pause = () => new Promise((wake) => setTimeout(wake, 5));
    const id = await house.told('c1', 'customer.registered', { name: 'First Ltd' });
    await pause();
    const between = new Date().toISOString();
    await pause();
    await house.told('c1', 'record.amended', { event: { source: 'test', id }, data: { name: 'Corrected Ltd' }, reason: 'mistyped' });
    await pause();
    const corrected = new Date().toISOString();
    await pause();
    await house.told('c1', 'customer.profile-changed', { name: 'Later Ltd' });
    expect(await Promise.all([{ knownAt: before }, { knownAt: between }, { knownAt: corrected }, { knownAt: new Date().toISOString() }, {}].map(nameAt))).toEqual([
      null, 'First Ltd', 'Corrected Ltd', 'Later Ltd', 'Later Ltd']);
    expect(await Promise.all([{ asOf: before }, { asOf: corrected }].map(nameAt))).toEqual([null, 'Corrected Ltd']);
  });
});
