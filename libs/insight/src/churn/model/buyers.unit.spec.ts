import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { fact, TODAY, utc } from '../../testing/facts.js';
import { ChurnRows } from '../history/churn-rows.js';
import { fitBgNbd } from '../models/bg-nbd.js';
import { finish } from '../models/steps.js';
import { randomOf } from '../proof/random.js';
import { buyerAt } from '../risk/buyer-at.js';
import { TooLittleToLearn, trainChurn } from './train.js';

/** Nobody has a contract; each buys a number of times at chance intervals, the first `again` of them more than once. */
function buyers(count: number, again: number): ChurnRows {
  const rows = new ChurnRows({ origins: [TODAY - 200], horizons: [90], gapDays: 0, knownUntil: TODAY, dayOf: utc, leastDays: 28 });
  for (let place = 0; place < count; place++) rows.add(`c${place}`, `c${place}`, bought(place, place < again ? 2 + (place % 6) : 1));
  return rows;
}

function bought(place: number, times: number): JourneyEvent[] {
  const random = randomOf(5, place);
  let day = 300;
  return Array.from({ length: times }, (_, sale) => {
    const event = fact('sale.won', day, { opportunity: `O${sale}` }, { n: sale + 1 });
    day -= 5 + random.below(30);
    return event;
  });
}

describe('A model of who has no contract', () => {
  it('is learnt of how they buy and stop buying, where nobody has a contract at all', () => {
    const rows = buyers(60, 30);
    const model = finish(trainChurn(rows, { kind: 'logistic', seed: 1 }));
    expect(model).toMatchObject({ horizons: [], buyers: { customers: 60 } });
    const { r, alpha, a, b, logLikelihood } = finish(fitBgNbd(rows.purchases));
    for (const [learnt, fitted] of [[model.buyers!.r, r], [model.buyers!.alpha, alpha], [model.buyers!.a, a], [model.buyers!.b, b], [model.buyers!.logLikelihood, logLikelihood]] as const) expect(learnt / fitted).toBeCloseTo(1, 6);
    const alive = (...days: number[]) => buyerAt(model, days.map((day, place) => fact('sale.won', day, {}, { n: place + 1 })), TODAY, utc)!.alive!;
    expect(alive(60, 40, 10)).toBeGreaterThan(alive(300, 280, 250));
  });

  it('takes twenty who bought again', () => {
    expect(finish(trainChurn(buyers(40, 20), { kind: 'logistic', seed: 1 })).buyers!.customers).toBe(40);
    expect(() => finish(trainChurn(buyers(40, 19), { kind: 'logistic', seed: 1 }))).toThrow(TooLittleToLearn);
  });
});
