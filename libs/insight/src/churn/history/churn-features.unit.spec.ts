import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { foldEvents } from '../../fold-events.js';
import { ago, fact, TODAY, utc } from '../../testing/facts.js';
import { viewOf } from '../../view.js';
import { ChurnRows } from './churn-rows.js';
import { featuresFor } from './features.js';

const features = featuresFor([30, 90]);
const seen = (...events: (JourneyEvent & { absorbed?: boolean })[]) => features.of(viewOf(foldEvents(events, utc), TODAY));
const numberOf = (id: string, ...events: JourneyEvent[]) => seen(...events).values[features.placeOf(id)]!;
const start = (more = {}) => fact('subscription.started', 500, { subscription: 'S', recurring: { amount: 10_000, currency: 'EUR' }, interval: 'month', ...more }, { n: 1 });
const terms = (days: number, amount: number) => fact('subscription.terms-set', days, { subscription: 'S', recurring: { amount, currency: 'EUR' } }, { n: 2 });

describe('What models see of a customer', () => {
  it('what they use is what was used within sixty days', () => {
    const used = (days: number, feature: string, n: number) => fact('usage.reported', days, { from: ago(days), to: ago(days), active: 5, product: 'P', features: [feature] }, { n });
    expect(seen(start(), used(200, 'old', 2), used(70, 'older', 3), used(50, 'new', 4)).words.filter((word) => word.startsWith('uses='))).toEqual(['uses=new']);
  });

  it('who cut back is seen by how much, and who grew is not seen as if they had', () => {
    expect(numberOf('contraction', start(), terms(30, 5_000))).toBeCloseTo(Math.log(2), 12);
    expect(numberOf('contraction', start(), terms(30, 20_000))).toBe(0);
    expect(numberOf('price', start(), terms(30, 20_000))).toBeCloseTo(Math.log(2), 12);
    // Longer ago than a quarter, it is how things are.
    expect(numberOf('contraction', start(), terms(100, 5_000))).toBe(0);
  });

  it('a renewal is due within the days of a horizon, and still when its day has passed without a word', () => {
    const due = (daysAhead: number) => ['due-30', 'due-90'].map((id) => numberOf(id, start({ renewsOn: ago(-daysAhead) })));
    expect([91, 90, 31, 30, 0, -5].map(due)).toEqual([[0, 0], [0, 1], [0, 1], [1, 1], [1, 1], [1, 1]]);
    expect(numberOf('due-30', start())).toBeNaN();
  });

  it('the segment is that of who was merged into them, unless they have one of their own', () => {
    const segment = (name: string, n: number) => fact('customer.registered', 400, { name: 'Firm', segment: name }, { n });
    const segments = (...events: Parameters<typeof seen>) => seen(...events).words.filter((word) => word.startsWith('segment='));
    const absorbed = { ...segment('small', 2), absorbed: true };
    expect(segments(start(), absorbed)).toEqual(['segment=small']);
    expect(segments(start(), absorbed, segment('large', 3))).toEqual(['segment=large']);
  });
});

it('rows tell how many notices were given, and how many of them were withdrawn', () => {
  const rows = new ChurnRows({ origins: [TODAY - 100], horizons: [90], gapDays: 0, knownUntil: TODAY, dayOf: utc, leastDays: 28 });
  const notice = (days: number, n: number) => fact('subscription.cancellation-requested', days, { subscription: 'S', effectiveOn: ago(-90) }, { n });
  const withdrawn = (days: number, n: number) => fact('subscription.cancellation-withdrawn', days, { subscription: 'S' }, { n });
  rows.add('a', 'a', [start(), notice(80, 2), withdrawn(70, 3), notice(50, 4)]);
  rows.add('b', 'b', [start()]);
  rows.add('c', 'c', [start(), notice(60, 2), withdrawn(40, 3)]);
  expect(rows.notices).toEqual({ given: 3, withdrawn: 2 });
});
