import { beforeAll, describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { ago, fact, TODAY, utc } from '../../testing/facts.js';
import { ChurnRows } from '../history/churn-rows.js';
import { monthEnds } from '../history/origins.js';
import { finish } from '../models/steps.js';
import type { HorizonBacktest } from '../proof/backtest-result.js';
import { capturedAt } from '../proof/lift.js';
import { backtestChurn } from './backtest.js';
import { outOfTime } from './out-of-time.js';

const START = 700;
const monthly = (place: number) => 10_000 * (1 + (place % 7) ** 2);

/** Who came some weeks later than the one before, with a yearly contract. Every third gives notice twenty days before it renews; use falls to a tenth two months before by two in three of these, and by one in seven of the others. */
function story(place: number): JourneyEvent[] {
  const start = START - 5 * (place % 60);
  const [leaves, renewal] = [place % 3 === 0, start - 365];
  const falls = leaves ? place % 9 !== 0 : place % 7 === 1;
  const events = [fact('subscription.started', start, { subscription: 'S', recurring: { amount: monthly(place), currency: 'EUR' }, interval: 'month', renewsOn: ago(renewal), termMonths: 12, autoRenew: true }, { n: 1 })];
  for (let days = start - 3; days > (leaves ? renewal + 20 : 0); days -= 7) {
    const active = falls && days < renewal + 80 ? 7 : 70 + ((days + place) % 5);
    events.push(fact('usage.reported', days, { from: ago(days), to: ago(days), licensed: 100, active }, { n: events.length + 1 }));
  }
  if (leaves) events.push(fact('subscription.cancellation-requested', renewal + 20, { subscription: 'S', effectiveOn: ago(renewal) }, { n: events.length + 1 }));
  return events;
}

describe('What a model is held against', () => {
  const rows = new ChurnRows({ origins: monthEnds(TODAY - START, TODAY - 61), horizons: [60], gapDays: 0, knownUntil: TODAY, dayOf: utc, leastDays: 28 });
  let result: HorizonBacktest;
  beforeAll(() => {
    for (let place = 0; place < 120; place++) rows.add(`c${place}`, `c${place}`, story(place));
    [result] = finish(backtestChurn(rows, { kind: 'logistic', seed: 1 })).horizons as [HorizonBacktest];
  });

  it.each(['health score', 'contract ends soon', 'usage dropped'] as const)('the rule "%s" has those first who leave', (name) => {
    const rule = result.baselines.find((one) => one.name === name)!;
    expect(rule.low!).toBeGreaterThan(0.6);
    expect(rule.lift10!).toBeGreaterThan(1.2);
  });

  it('the amounts that were at stake count as such, those of a customer of fifty times the price fifty times', () => {
    const { rows: foretold, labels, logOdds } = finish(outOfTime(rows, 0, { kind: 'logistic', seed: 1 }));
    const amounts = Float64Array.from(foretold, (row) => (12 * monthly(Number(rows.customers[row]!.slice(1)))) / 100);
    const figure = (name: string) => result.figures.find((one) => one.name === name)!.value!;
    expect(figure('arrCaptured10')).toBeCloseTo(capturedAt(logOdds, labels, amounts, 0.1)!, 10);
    expect(Math.abs(figure('arrCaptured10') - figure('lift10') / 10)).toBeGreaterThan(0.01);
    const rule = result.baselines.find(({ name }) => name === 'contract ends soon')!;
    const soonest = Float64Array.from(foretold, (row) => -rows.daysToRenewal.at(row));
    expect(rule.arrCaptured10).toBeCloseTo(capturedAt(soonest, labels, amounts, 0.1)!, 10);
  });
});
