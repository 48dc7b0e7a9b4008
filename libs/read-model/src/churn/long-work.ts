import { type Backtest, backtestChurn, type ChurnModel, compareWith, type Comparison, type Progress, tableOf, type TableRow, trainChurn } from '#insight';
import { read, type Reading } from '../reading.js';
import { modelInForce } from './model-in-force.js';
import { breathing } from '../whole-history/breathing.js';
import { type Gathered, gatherRows, type Window } from './gather-rows.js';

/** How a model is made. */
export interface Recipe {
  readonly kind: ChurnModel['kind'];
  readonly seed: number;
  /** Names of the features that may be looked at; left out: all. */
  readonly features?: readonly string[];
  /** Columns that were looked at and could be known. */
  readonly accept?: readonly string[];
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

/** Every row, with what models of this kind had foretold of it. */
export async function* tabulateRows(reading: Reading, { window, ...recipe }: Recipe & { readonly window: Window }, signal: AbortSignal): AsyncGenerator<Progress, { slices: () => Generator<TableRow[], void, void>; madeFrom: MadeFrom }, void> {
  const gathered = yield* gatherRows(reading, window, signal);
  return { slices: yield* breathing(tableOf(gathered.rows, recipe), signal), madeFrom: madeFrom(gathered) };
}

/** A model and the one in force on the same rows. */
export interface Compared {
  readonly candidate: string;
  readonly current: string;
  /** Whether both count the same causes of leaving; assumptions are about all. */
  readonly sameCauses: boolean;
  readonly horizons: readonly Comparison[];
}

/** What models of the candidate's kind would have foretold of time that they had not seen, and the one in force of the same. */
export async function* compareWithInForce(reading: Reading, { window, candidate }: { readonly window: Window; readonly candidate: ChurnModel }, signal: AbortSignal): AsyncGenerator<Progress, Compared, void> {
  const { model: current } = await read(reading.reader, window.tenant, (sql) => modelInForce(sql, window.tenant));
  const { rows } = yield* gatherRows(reading, { ...window, ...(candidate.window?.causes && { causes: candidate.window.causes }) }, signal);
  const sameCauses = String(candidate.window?.causes ?? null) === String(current.window?.causes ?? null);
  return { candidate: candidate.id, current: current.id, sameCauses, horizons: yield* breathing(compareWith(current, rows, { kind: candidate.kind, seed: candidate.seed, ...(candidate.features && { features: candidate.features }) }), signal) };
}

export const madeFrom = ({ rows, ...rest }: Gathered<{ readonly size: number }>): MadeFrom => ({ ...rest, rows: rows.size });
