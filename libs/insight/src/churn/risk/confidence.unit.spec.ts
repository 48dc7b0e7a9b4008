import { describe, expect, it } from '@jest/globals';
import { firstScorecard } from '../../cards/first-scorecard.js';
import { foldEvents } from '../../fold-events.js';
import { TODAY, utc } from '../../testing/facts.js';
import { viewOf } from '../../view.js';
import { HORIZONS } from '../history/horizon.js';
import { featuresFor } from '../history/features.js';
import type { ChurnModel } from '../model/churn-model.js';
import { priorChurnModel } from '../model/prior.js';
import { confidenceOf } from './confidence.js';
import { look } from './drivers.js';

/** A model that was learnt, from so many departures per horizon. */
const learntFrom = (...departures: number[]): ChurnModel => ({
  ...priorChurnModel, proof: { model: { kind: 'logistic', seed: 0, id: null }, window: { from: '2025-01-31', to: '2025-12-31' }, gapDays: 0, horizons: [] },
  horizons: departures.map((count, place) => ({ ...priorChurnModel.horizons[place]!, departures: count })),
});

/** Somebody of whom so many percent of the measures are known, or as many as come next. */
function knownOf(percent: number) {
  const looked = look(featuresFor(HORIZONS), viewOf(foldEvents([], utc), TODAY));
  const count = Math.ceil((percent / 100) * firstScorecard.measures.length);
  return { ...looked, about: new Map(firstScorecard.measures.map(({ id }, place) => [id, { refs: [], what: '', known: place < count }])) };
}

describe('How far a risk can be relied on', () => {
  const levelOf = (departures: readonly number[], known: number) => confidenceOf(learntFrom(...departures), knownOf(known)).level;

  it('is little below 50 departures, and a lot from 200 on', () => {
    expect([[49], [50], [199], [200]].map((departures) => levelOf(departures, 100))).toEqual(['low', 'fair', 'fair', 'good']);
  });

  it('is what the horizon of the fewest departures allows', () => {
    expect([[300, 49, 300], [49, 300], [300, 60], [300, 200]].map((departures) => levelOf(departures, 100))).toEqual(['low', 'low', 'fair', 'good']);
    expect(confidenceOf(learntFrom(300, 60), knownOf(100)).say).toBe('Learnt from 60 departures; 100 % of the measures are known of this customer.');
  });

  it('is little where hardly anything is known of the customer, however much was learnt', () => {
    expect([30, 50, 80].map((known) => levelOf([1_000], known))).toEqual(['low', 'fair', 'good']);
  });
});
