import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pulseCard, putInForce } from '../testing/cards.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getHealth } from './get-health.js';
import { getHealthStory } from './get-health-story.js';

describe('What a hierarchy rolls up', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  const health = (customer: string, when: { asOf?: string; knownAt?: string } = {}) => getHealth(house.model(), { tenant, customer, ...when });
  const pause = () => new Promise((wake) => setTimeout(wake, 10));
  const moment = async () => {
    await pause();
    const at = new Date().toISOString();
    await pause();
    return at;
  };
  const born = (customer: string, pulse: number | null, parent: string | null, amount = 0) => house.tell(customer, ['customer.registered', { name: `The ${customer}` }],
    ...(pulse === null ? [] : [['customer.measurement-recorded', { measure: 'pulse', value: pulse }] as [string, Record<string, unknown>]]), ...(parent === null ? [] : [['customer.parent-changed', { parent }] as [string, Record<string, unknown>]]),
    ...(amount === 0 ? [] : [['subscription.started', { subscription: 's', recurring: { amount, currency: 'EUR' }, interval: 'year' }] as [string, Record<string, unknown>]]));
  /** The same from the rows, from the log, and on the page. */
  const everywhere = async (customer: string, rollUp: unknown) => {
    expect((await health(customer)).rollUp).toEqual(rollUp);
    expect((await health(customer, { asOf: new Date().toISOString() })).rollUp).toEqual(rollUp);
    expect((await getHealthStory(house.model(), { tenant, customer, days: 1, movedDays: 1 })).health.rollUp).toEqual(rollUp);
  };

  beforeAll(async () => {
    house = await openReadModel();
    await born('top', 90, null);
    await born('north', 80, 'top', 300);
    await born('south', 40, 'top', 100);
    await born('depot', 20, 'north');
    await born('quiet', null, 'top');
    await born('gone', 5, 'top', 900);
    await house.tell('gone', ['customer.closed', {}]);
  });
  afterAll(() => house.close());

  it('is nothing while the card does not say', async () => {
    await putInForce(house, pulseCard('mine'));
    await everywhere('top', null);
  });

  it('is the mean by amounts, from the leaves up; who has left is not in it, nor of whom nothing is known, but that is said', async () => {
    await putInForce(house, pulseCard('mine', 2, { rollUp: { kind: 'mean-of-children' } }));
    await everywhere('top', {
      kind: 'mean-of-children', score: 25, band: 'at-risk', own: 90, coverage: 66.67, unknown: 1,
      children: [
        { id: 'north', name: 'The north', score: 20, band: 'at-risk', arr: [{ amount: 300, currency: 'EUR' }], weight: 0.75 },
        { id: 'quiet', name: 'The quiet', score: null, band: 'unknown', arr: [], weight: 0 },
        { id: 'south', name: 'The south', score: 40, band: 'at-risk', arr: [{ amount: 100, currency: 'EUR' }], weight: 0.25 },
      ],
      say: 'Together 25: the mean of what belongs to it (3). The north is the lowest with 20. Of 1 of them too little is known.',
    });
    expect(await health('top')).toMatchObject({ score: 90, band: 'healthy' });
    await everywhere('depot', null);
  });

  it('is what it was at a moment: by the parents, the overrides and the cards of then', async () => {
    const before = await moment();
    await house.tell('depot', ['customer.parent-changed', { parent: null }]);
    await house.tell('south', ['customer.override-set', { score: 60, reason: 'They told me', until: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10) }]);
    const changed = { score: 75, own: 90, children: [{ id: 'north', score: 80 }, { id: 'quiet' }, { id: 'south', score: 60, band: 'watch' }] };
    expect((await health('top')).rollUp).toMatchObject(changed);
    expect((await health('top', { asOf: new Date().toISOString() })).rollUp).toMatchObject(changed);
    for (const when of [{ asOf: before }, { knownAt: before }]) expect((await health('top', when)).rollUp).toMatchObject({ score: 25, children: [{ score: 20 }, { score: null }, { score: 40 }] });
    const last = await moment();
    await putInForce(house, pulseCard('mine', 3, { rollUp: { kind: 'worst-child' } }));
    expect((await health('top')).rollUp).toMatchObject({ kind: 'worst-child', score: 60, children: [{ weight: 0 }, { weight: 0 }, { id: 'south', weight: 1 }] });
    expect((await health('top', { knownAt: last })).rollUp).toMatchObject({ kind: 'mean-of-children', score: 75 });
  });

  it('takes merged customers for one, and ends where somebody would be a part of themselves', async () => {
    await house.tell('twin', ['customer.registered', { name: 'The twin' }]);
    await born('east', 30, 'twin');
    await house.tell('top', ['customer.parent-changed', { parent: 'south' }]);
    await house.tell('twin', ['customer.merged', { into: 'top' }]);
    await born('spare', 55, null);
    await house.tell('spare', ['customer.merged', { into: 'quiet' }]);
    for (const when of [{}, { asOf: new Date().toISOString() }]) {
      expect((await health('top', when)).rollUp).toMatchObject({ score: 30, children: [{ id: 'east' }, { id: 'north' }, { id: 'quiet', score: 55 }, { id: 'south', score: 60 }] });
      expect((await health('south', when)).rollUp).toMatchObject({ score: 30, own: 60, children: [{ id: 'top', score: 30 }] });
    }
  });
});
