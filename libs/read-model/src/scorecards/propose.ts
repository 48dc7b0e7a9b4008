import { type Card, CardRows, type Progress, proposeWeights, type WeightProposal } from '#insight';
import { breathing } from '../whole-history/breathing.js';
import { gatherInto, type Window } from '../churn/gather-rows.js';
import { madeFrom, type MadeFrom } from '../churn/long-work.js';
import type { Reading } from '../reading.js';

/** Weights that a tenant's outcomes propose for a card, and what they were learnt from: the same card, window and seed give the same. */
export interface Proposed {
  readonly proposal: WeightProposal;
  readonly madeFrom: MadeFrom;
}

/** Looks at every customer at month ends, as it was known then, and at who left after. @throws as `gatherRows` does, and TooLittleToLearn */
export async function* proposeForCard(reading: Reading, { card, window, seed }: { readonly card: Card; readonly window: Window; readonly seed: number }, signal: AbortSignal): AsyncGenerator<Progress, Proposed, void> {
  const gathered = yield* gatherInto(reading, window, signal, (options) => new CardRows(card, options));
  return { proposal: yield* breathing(proposeWeights(gathered.rows, { seed }), signal), madeFrom: madeFrom(gathered) };
}
