import type { ReadModelOptions } from '../reading.js';
import { type Demand, type DemandHead, type DemandOptions, loadDemand } from './load.js';
import { LIMIT, notMeasured } from './shown.js';

/** What every answer of one question has besides its figures. */
export interface DemandAnswered extends DemandHead {
  /** Which facts would be needed, where nothing is known; else null. */
  readonly notMeasured: string | null;
  /** How it is counted. */
  readonly policy: string;
}

interface Question {
  /** The facts that it reads, and those without which nothing can be said of `what`. */
  readonly types: readonly string[];
  readonly what: string;
  readonly needs: readonly string[];
  readonly policy: string;
}

/** Asks one question about demand: loads its facts, and has its figures told of them. */
export async function answered<Told>(model: ReadModelOptions, options: DemandOptions, { types, what, needs, policy }: Question, tell: (demand: Demand, limit: number) => Told): Promise<DemandAnswered & Told> {
  const demand = await loadDemand(model, options, types);
  return { ...demand.head, policy, notMeasured: notMeasured(demand, what, needs), ...tell(demand, options.limit ?? LIMIT) };
}
