import { expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { ago, fact, TODAY, utc } from '../../testing/facts.js';
import { priorChurnModel } from '../model/prior.js';
import { buyerAt } from './buyer-at.js';

const bought = (...days: number[]): JourneyEvent[] => days.map((day, place) => fact('sale.won', day, { opportunity: `O${place}` }, { n: place + 1 }));
/** CDNOW, 39 weeks (Fader, Hardie, Lee 2005). */
const model = { ...priorChurnModel, buyers: { r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258, customers: 2357, logLikelihood: -9582.43 } };

it('counts days, not baskets, and says how sure the next purchase is', () => {
  const told = buyerAt(model, bought(272, 272, 150, 59), TODAY, utc)!;
  expect(told).toMatchObject({ repeats: 2, firstDay: TODAY - 272, lastDay: TODAY - 59, refs: [1, 2, 3, 4] });
  // As in the paper's example: two repeats, the last after 30.43 of 38.86 weeks; 1.226 purchases in the 39 weeks to come.
  expect(told.alive!).toBeCloseTo(0.7266, 3);
  expect(told.expected!.map(({ days }) => days)).toEqual([30, 90, 180]);
  expect(told.expected![2]!.purchases).toBeLessThan(1.226);
  expect(told.say).toMatch(/^3 purchases, the last on .*; 73 % that they have not stopped buying, [\d.]+ purchases expected within 90 days\.$/);
});

it('says that nobody can tell before a model has learnt from buyers', () => {
  expect(buyerAt(priorChurnModel, bought(30), TODAY, utc)).toMatchObject({ repeats: 0, alive: null, expected: null, say: expect.stringMatching(/^1 purchase, the last on .*nobody can tell/) });
  expect(buyerAt(model, bought(30), TODAY, utc)!.say).toMatch(/^1 purchase, .*; of who bought once nobody can tell whether they stopped, [\d.]+ purchases expected within 90 days\.$/);
});

it('is silent about who has, or had, a contract, and about who bought nothing', () => {
  expect(buyerAt(model, [...bought(300), fact('subscription.started', 200, { subscription: 'S', renewsOn: ago(-10) }, { n: 9 })], TODAY, utc)).toBeNull();
  expect(buyerAt(model, [fact('ticket.opened', 3, { ticket: 'T' })], TODAY, utc)).toBeNull();
  expect(buyerAt(model, bought(-3), TODAY, utc)).toBeNull();
});
