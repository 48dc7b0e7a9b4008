import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { only } from '#insight';
import { pulseCard } from '../testing/cards.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { bandMoves } from './band-moves.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

it('a customer of whom a card makes no number is held, not at risk', async () => {
  for (const [customer, value] of [['a', 0], ['b', 0], ['c', 90]] as const) await house.tell(customer, ['customer.measurement-recorded', { measure: 'pulse', value }]);
  // No check lets it pass: nothing of nothing is not a number.
  const broken = pulseCard('broken', 1, { groups: [{ id: 'all', label: 'All', weight: 1, combine: { kind: 'sum', start: 0, max: 0 } }] });
  const work = bandMoves({ reader: house.reader, now: () => new Date() }, { tenant, before: only(pulseCard('sound')), after: only(broken) }, new AbortController().signal);
  let step = await work.next();
  while (!step.done) step = await work.next();
  expect(step.value).toEqual({ customers: 1, held: 2, changed: 0, better: 0, worse: 0, bands: [] });
});
