import { type Card, Counting, dayCounter, dayOfDate, firstScorecard, mergeTallies, only, simulationOf } from '#insight';
import type { Simulated } from '#read-model';
import { finish } from '../../../../../libs/insight/src/churn/models/steps.js';
import { departures } from '../../../../../libs/insight/src/testing/departures.js';

/** What is known of them is little, and enough. */
const published: Card = { ...firstScorecard, bands: { ...firstScorecard.bands, leastCoverage: 10 } };
/** Use counts more. */
const draft: Card = { ...published, version: 2, measures: published.measures.map((measure) => ({ ...measure, weight: measure.group === 'adoption' ? 4 * measure.weight : measure.weight })) };

/** A simulation of customers of whom many leave; or of nobody. */
export function triedCard(customers = 60): Simulated {
  const [from, to, knownUntil] = ['2025-01-01', '2025-12-31', '2026-03-31'].map(dayOfDate) as [number, number, number];
  const options = { from, to, knownUntil, dayOf: dayCounter('UTC'), cards: { published: only(published), draft: only(draft) } };
  const counting = new Counting(options);
  for (const [customer, story] of departures({ customers, from: from - 200, to: knownUntil, calm: 0.02, slump: 0.3, seed: 5 })) counting.add(customer, customer, story);
  return { simulation: finish(simulationOf(mergeTallies([counting.tally()]), options)), madeFrom: { knownAt: '2026-03-31T23:59:59.999Z', upTo: '1.4711', held: customers === 0 ? 0 : 2 } };
}
