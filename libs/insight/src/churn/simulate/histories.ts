import { sigmoid, type Table } from '../models/table.js';
import type { Steps } from '../models/steps.js';
import { randomOf, type Random } from '../proof/random.js';
import { normal } from './normal.js';
import type { Hazard } from './table.js';

/** Person-period rows: one for each month in which an account was there to leave; its label is 1 in the month in which it left. */
export interface Histories extends Table {
  /** Which account each row is of. */
  readonly accounts: Int32Array;
}

export interface Simulation {
  readonly accounts: number;
  /** For how many months accounts are watched; they come in the course of the first half of these. */
  readonly months: number;
  readonly hazard: Hazard;
  readonly seed: number;
}

/** What is known of an account in a month, in the order of the hazard's coefficients. */
export const HISTORY_COLUMNS = ['yearly contract', 'seats', 'usage', 'tickets', 'renewal due', 'tenure'] as const;

/** Leaving as it is seen in life: yearly contracts leave when the renewal is due, usage falls before, tickets pile up, tenure protects. About one in fifty leaves in a month. */
export const FIRST_HAZARD: Hazard = { intercept: -3, coefficients: [-1.2, -0.3, -0.8, 0.25, 2, -0.3] };

/** Accounts that live month by month until they leave, or until nobody watches any more. */
export function* simulateHistories({ accounts, months, hazard, seed }: Simulation): Steps<Histories> {
  const rows: number[][] = [];
  const labels: number[] = [];
  const of: number[] = [];
  for (let account = 0; account < accounts; account++) {
    if (account % 100 === 99) yield { of: 'simulated accounts', done: account, all: accounts };
    const random = randomOf(seed, account);
    const life = lifeOf(random);
    for (let month = random.below(Math.ceil(months / 2)); month < months; month++) {
      const values = life();
      const leaves = random.next() < sigmoid(hazard.coefficients.reduce((sum, coefficient, place) => sum + coefficient * values[place]!, hazard.intercept));
      rows.push(values);
      labels.push(Number(leaves));
      of.push(account);
      if (leaves) break;
    }
  }
  return { columns: HISTORY_COLUMNS.map((_, place) => Float64Array.from(rows, (values) => values[place]!)), labels: Uint8Array.from(labels), accounts: Int32Array.from(of) };
}

/** Tells the values of the next month, time after time. */
function lifeOf(random: Random): () => number[] {
  const yearly = Number(random.next() < 0.6);
  const seats = normal(random);
  let [usage, tenure] = [normal(random), random.below(36)];
  return () => {
    tenure += 1;
    // Usage is like it was in the month before, with a variance of 1 over all months.
    usage = 0.8 * usage + 0.6 * normal(random);
    return [yearly, seats, usage, arrivals(random, 0.7), Number(yearly === 1 && tenure % 12 === 0), Math.log(tenure)];
  };
}

/** How many came, on average `mean` (Poisson; Knuth's way). */
function arrivals(random: Random, mean: number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let left = random.next(); left > least; left *= random.next()) count += 1;
  return count;
}
