import { type Backtest, backtestChurn, type ChurnModel, type Progress, trainChurn } from '#insight';
import { breathing } from './breathing.js';
import { type Gathered, gatherRows, type Reading, type Window } from './gather-rows.js';

/** How a model is made. */
export interface Recipe {
  readonly kind: ChurnModel['kind'];
  readonly seed: number;
}

/** What a result was made from. */
export interface MadeFrom extends Omit<Gathered, 'rows'> {
  readonly rows: number;
}

/** Trains a model on a tenant's history; the same history, window and recipe give the same model to the last byte. @throws as `gatherRows` does */
export async function* trainModel(reading: Reading, { window, ...recipe }: Recipe & { readonly window: Window }, signal: AbortSignal): AsyncGenerator<Progress, { model: ChurnModel; madeFrom: MadeFrom }, void> {
  const gathered = yield* gatherRows(reading, window, signal);
  const model = yield* breathing(trainChurn(gathered.rows, recipe), signal);
  return { model, madeFrom: madeFrom(gathered) };
}

/** What such a model would have foretold, month by month, of the time after. */
export async function* backtestModel(reading: Reading, { window, ...recipe }: Recipe & { readonly window: Window }, signal: AbortSignal): AsyncGenerator<Progress, { backtest: Backtest; madeFrom: MadeFrom }, void> {
  const gathered = yield* gatherRows(reading, window, signal);
  const backtest = yield* breathing(backtestChurn(gathered.rows, recipe), signal);
  return { backtest, madeFrom: madeFrom(gathered) };
}

const madeFrom = ({ rows, ...rest }: Gathered): MadeFrom => ({ ...rest, rows: rows.size });
