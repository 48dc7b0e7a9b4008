import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Card, only } from '#insight';
import { pulseCard } from '../testing/cards.js';
import { tellPast } from '../testing/models.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { bandMoves } from './band-moves.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  const tell = (customer: string, days: number, value: number) => tellPast(house, customer, [days, 'customer.measurement-recorded', { measure: 'pulse', value }]);
  await tell('falls', 9, 80);
  await tell('falls-too', 9, 85);
  await tell('rises', 9, 40);
  await tell('stays', 9, 95);
  await tell('forgotten', 50, 80);
  await tell('gone', 9, 80);
  await tellPast(house, 'gone', [3, 'customer.closed', {}]);
});
afterAll(() => house.close());

const card = (id: string, healthy: number, watch: number, staleAfter: number | null): Card => {
  const { bands, measures, ...rest } = pulseCard(id);
  return { ...rest, bands: { ...bands, healthy, watch, margin: 0 }, measures: measures.map((measure) => ({ ...measure, staleAfter })) };
};
const [before, after] = [card('before', 70, 45, null), card('after', 90, 35, 30)];
async function moves(from: Card, to: Card) {
  const work = bandMoves({ reader: house.reader, now: () => new Date() }, { tenant, before: only(from), after: only(to) }, new AbortController().signal);
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

it('Who comes into another band is counted without those who have ended; unknown is no worse band, and no band to be better than', async () => {
  expect(await moves(before, after)).toEqual({
    customers: 5, held: 0, changed: 4, better: 1, worse: 2,
    bands: [{ from: 'at-risk', to: 'watch', customers: 1 }, { from: 'healthy', to: 'unknown', customers: 1 }, { from: 'healthy', to: 'watch', customers: 2 }],
  });
  expect(await moves(after, before)).toMatchObject({ customers: 5, changed: 4, better: 2, worse: 1 });
});
