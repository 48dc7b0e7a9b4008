import { firstScorecard } from '../../cards/first-scorecard.js';
import { sentence } from '../../words.js';
import type { ChurnModel } from '../model/churn-model.js';
import type { Looked } from './drivers.js';

/** How far a risk can be relied on: what the model has learnt from, and how much is known of the customer. */
export interface Confidence {
  readonly level: 'prior' | 'low' | 'fair' | 'good';
  /** Percent of the measures of the scorecard that are known of the customer. */
  readonly known: number;
  readonly say: string;
}

const FAIR_DEPARTURES = 50;
const GOOD_DEPARTURES = 200;
const FAIR_KNOWN = 40;
const GOOD_KNOWN = 70;

export function confidenceOf(model: ChurnModel, { about }: Looked): Confidence {
  const { measures } = firstScorecard;
  const known = Math.round((100 * measures.filter(({ id }) => about.get(id)!.known).length) / measures.length);
  if (model.proof === null) return { level: 'prior', known, say: 'Stated assumptions: nothing was learnt from your own customers yet. A model that is trained and promoted speaks in their place.' };
  if (model.horizons.length === 0) return { level: 'low', known, say: 'Learnt from buyers without a contract only.' };
  const departures = Math.min(...model.horizons.map((horizon) => horizon.departures));
  const level = departures < FAIR_DEPARTURES || known < FAIR_KNOWN ? 'low' : departures < GOOD_DEPARTURES || known < GOOD_KNOWN ? 'fair' : 'good';
  return { level, known, say: sentence(`learnt from ${departures} departures; ${known} % of the measures are known of this customer`) };
}
