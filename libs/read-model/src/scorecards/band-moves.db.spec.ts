import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Card, only } from '#insight';
import { pulseCard } from '../testing/cards.js';
import { tellPast } from '../testing/models.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { bandMoves } from './band-moves.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeEach(async () => { house = await openReadModel(); });
afterEach(() => house.close());

const pulse = (customer: string, days: number, value: number) => tellPast(house, customer, [days, 'customer.measurement-recorded', { measure: 'pulse', value }]);
async function moves(before: Card, after: Card) {
  const work = bandMoves({ reader: house.reader, now: () => new Date() }, { tenant, before: only(before), after: only(after) }, new AbortController().signal);
  let step = await work.next();
  while (!step.done) step = await work.next();
  return step.value;
}
const card = (id: string, healthy: number, watch: number, staleAfter: number | null): Card => {
  const { bands, measures, ...rest } = pulseCard(id);
  return { ...rest, bands: { ...bands, healthy, watch, margin: 0 }, measures: measures.map((measure) => ({ ...measure, staleAfter })) };
};

describe('Who comes into another band', () => {
  it('is counted without those who have ended; unknown is no worse band, and none to be better than', async () => {
    for (const [customer, value] of [['falls', 80], ['falls-too', 85], ['rises', 40], ['stays', 95], ['gone', 80]] as const) await pulse(customer, 9, value);
    await pulse('forgotten', 50, 80);
    await tellPast(house, 'gone', [3, 'customer.closed', {}]);
    const [before, after] = [card('before', 70, 45, null), card('after', 90, 35, 30)];
    expect(await moves(before, after)).toEqual({
      customers: 5, held: 0, changed: 4, better: 1, worse: 2,
      bands: [{ from: 'at-risk', to: 'watch', customers: 1 }, { from: 'healthy', to: 'unknown', customers: 1 }, { from: 'healthy', to: 'watch', customers: 2 }],
    });
    expect(await moves(after, before)).toMatchObject({ customers: 5, changed: 4, better: 2, worse: 1 });
  });

  it('is held, and not at risk, where a card makes no number of it', async () => {
    for (const [customer, value] of [['a', 0], ['b', 0], ['c', 90]] as const) await pulse(customer, 0, value);
    // No check lets it pass: nothing of nothing is not a number.
    const broken = pulseCard('broken', 1, { groups: [{ id: 'all', label: 'All', weight: 1, combine: { kind: 'sum', start: 0, max: 0 } }] });
    expect(await moves(pulseCard('sound'), broken)).toEqual({ customers: 1, held: 2, changed: 0, better: 0, worse: 0, bands: [] });
  });
});
