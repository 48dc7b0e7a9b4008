import { expect, it } from '@jest/globals';
import { fact, TODAY, utc } from '../../testing/facts.js';
import { priorChurnModel } from '../model/prior.js';
import { buyerAt } from './buyer-at.js';

/** CDNOW (Fader, Hardie, Lee 2005): three purchases, of which 1.226 more are expected within 39 weeks. */
const model = { ...priorChurnModel, buyers: { r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258, customers: 2357, logLikelihood: -9582.43 } };
const bought = [272, 150, 59].map((day, place) => fact('sale.won', day, { opportunity: `O${place}` }, { n: place + 1 }));

it('purchases are expected by the day: of those of 39 weeks a little more than the share that the days are, for buyers do not become more', () => {
  for (const { days, purchases } of buyerAt(model, bought, TODAY, utc)!.expected!) {
    const share = (1.226 * days) / (39 * 7);
    expect(purchases).toBeGreaterThan(share);
    expect(purchases).toBeLessThan(1.25 * share);
  }
});
