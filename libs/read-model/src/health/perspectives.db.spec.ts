import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCustomers } from '../customers/list-customers.js';
import { decideCards, pulseCard, putInForce } from '../testing/cards.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getToday } from '../today/get-today.js';
import { getHealth } from './get-health.js';

describe('How it looks to payers and users', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  const felt = (id: string) => pulseCard(id, 1, { label: `As the ${id} sees it`, measures: pulseCard(id).measures.map((measure) => ({ ...measure, id, signal: `measurement:${id}` as const })) });
  const feel = (customer: string, payer: number | null, user: number | null) => house.tell(customer,
    ...([['pulse', 50], ['payer', payer], ['user', user]] as const).flatMap(([measure, value]) => (value === null ? [] : [['customer.measurement-recorded', { measure, value }] as [string, Record<string, unknown>]])));
  const asked = (customer: string, when: { asOf?: string; knownAt?: string } = {}) => getHealth(house.model(), { tenant, customer, ...when });

  beforeAll(async () => {
    house = await openReadModel();
    await putInForce(house, pulseCard('whole'));
  });
  afterAll(() => house.close());

  it('is told nowhere while no card says so', async () => {
    await feel('apart', 38, 81);
    await feel('near', 50, 55);
    await feel('turned', 90, 20);
    await feel('silent', 38, null);
    expect((await asked('apart')).perspectives).toEqual({ payer: null, user: null, apart: null, say: null });
    expect((await listCustomers(house.model(), { tenant, sort: 'divergence' })).customers.map(({ id, perspectives }) => [id, perspectives])).toEqual(['apart', 'near', 'silent', 'turned'].map((id) => [id, null]));
  });

  it('is told with the score, in lists by the largest gap, and on today\'s list where it is large', async () => {
    const before = new Date().toISOString();
    await new Promise((wake) => setTimeout(wake, 10));
    for (const id of ['payer', 'user']) await decideCards(house, ['drafted', { card: felt(id) }], ['published', { card: id, version: 1 }], ['assigned', { perspective: id, rules: [], otherwise: id }]);
    const expected = {
      apart: -43, say: 'The payer sees 38, the user 81: they are 43 points apart.',
      payer: { score: 38, band: 'at-risk', coverage: 100, card: { id: 'payer', version: 1, label: 'As the payer sees it' }, groups: [{ id: 'all', label: 'All', parent: null, status: 'known', points: 38, maxPoints: 100, lost: 62 }] },
      user: expect.objectContaining({ score: 81, band: 'healthy' }),
    };
    for (const when of [{}, { asOf: new Date().toISOString() }]) expect((await asked('apart', when)).perspectives).toEqual(expected);
    expect((await asked('apart', { knownAt: before })).perspectives).toEqual({ payer: null, user: null, apart: null, say: null });
    expect((await asked('silent')).perspectives).toMatchObject({ payer: { score: 38 }, user: { score: null, band: 'unknown' }, apart: null, say: null });
    const { customers } = await listCustomers(house.model(), { tenant, sort: 'divergence' });
    expect(customers.map(({ id, perspectives }) => [id, perspectives!.apart])).toEqual([['turned', 70], ['apart', -43], ['near', -5], ['silent', null]]);
    expect(customers[1]!.perspectives).toEqual({ payer: { score: 38, band: 'at-risk' }, user: { score: 81, band: 'healthy' }, apart: -43, say: expected.say });
    const { items } = await getToday(house.model(), { tenant });
    const why = new Map(items.map(({ id, whyNow }) => [id, whyNow]));
    expect([why.get('apart')!.includes(expected.say), why.get('near')!.some((say) => say.startsWith('The payer sees'))]).toEqual([true, false]);
  });
});
