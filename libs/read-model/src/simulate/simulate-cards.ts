import { availableParallelism } from 'node:os';
import { both, type Both, type Cards, mergeTallies, type Progress, type Simulation, simulationOf } from '#insight';
import type { Position } from '#journey';
import { breathing, sayNowAndThen } from '../whole-history/breathing.js';
import { beginAt } from '../churn/gather-rows.js';
import { inThreads } from './in-threads.js';
import type { ThreadSays } from './thread.js';
import type { Reading } from '../reading.js';

/** Which cards are tried, on which part of a tenant's history. */
export interface Trial extends Both<Cards> {
  readonly tenant: string;
  /** Dates, both included. Default: the year before the last day that is over. */
  readonly from?: string;
  readonly to?: string;
  /** What was known then counts, to the instant; default: at the end of the last day that is over. */
  readonly knownAt?: string;
  /** The facts up to here count; default: as far as the log is final. With `knownAt`, the result is the same whenever it is asked for. */
  readonly upTo?: Position;
  /** Default: as many as the machine has processors. The result does not depend on it. */
  readonly threads?: number;
}

/** A simulation, and what it was made from. */
export interface Simulated {
  readonly simulation: Simulation;
  readonly madeFrom: {
    readonly knownAt: string;
    readonly upTo: Position;
    /** Customers of whom a fact cannot be read: they are in no figure. */
    readonly held: number;
  };
}

/**
 * What the drafted cards would have said of every customer on every day, beside the published ones, as far as is known now. Threads read and count, each its share
 * of the customers; nothing is written. @throws QueryRefused for a window that cannot be, and the reason of an aborted signal
 */
export async function* simulateCards(reading: Reading, { tenant, published, draft, threads = availableParallelism(), ...window }: Trial, signal: AbortSignal): AsyncGenerator<Progress, Simulated, void> {
  const { stand: wholeDays, knownAt, upTo, days, calendar: { timeZone, dayOf } } = await beginAt(reading, { tenant, ...window }, 1);
  const stand = { ...wholeDays, knownAt };
  const options = { ...days, cards: both({ published, draft }, (cards) => cards) };
  const isTime = sayNowAndThen();
  let said: readonly ThreadSays[] = [];
  const tasks = Array.from({ length: threads }, (_, part) => ({ url: reading.reader.url, stand, share: { part, of: threads }, timeZone, options }));
  for await (const words of inThreads(tasks, signal)) {
    said = words;
    const progress = progressOf(said);
    // Until the first of them knows how many there are.
    if (progress.all > 0 && isTime()) yield progress;
  }
  const counted = said.map((words) => words.counted!);
  const simulation = yield* breathing(simulationOf(mergeTallies(counted.map(({ tally }) => tally)), { ...options, dayOf }), signal);
  return { simulation, madeFrom: { knownAt, upTo, held: counted.reduce((sum, { held }) => sum + held, 0) } };
}

const progressOf = (said: readonly ThreadSays[]): Progress => ({ of: 'customers', done: said.reduce((sum, { done }) => sum + done, 0), all: Math.max(...said.map(({ all }) => all)) });
