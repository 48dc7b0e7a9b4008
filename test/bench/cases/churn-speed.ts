import { fitAdditive } from '../../../libs/insight/src/churn/models/boosted.js';
import { fitLogistic } from '../../../libs/insight/src/churn/models/logistic.js';
import type { Steps } from '../../../libs/insight/src/churn/models/steps.js';
import type { Table } from '../../../libs/insight/src/churn/models/table.js';
import { simulateTable } from '../../../libs/insight/src/churn/simulate/table.js';
import type { BenchCase } from '../bench-case.js';
import { progressOf, shown } from './churn/shown.js';

const COLUMNS = 30;
const hazard = { intercept: -3.5, coefficients: Array.from({ length: COLUMNS }, (_, place) => ((place % 7) - 3) / 10) };

/** How long a model learns from a million rows of 30 columns, or from as many rows as BENCH_ROWS says. */
const speed = (name: string, mostSeconds: number, fit: (table: Table) => Steps<unknown>): BenchCase => ({
  name, unit: 'ms', lowerIsBetter: true, aim: 1, limitIs: `what training may take, ${mostSeconds} s`,
  prepare: async () => {
    const rows = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
    const table = await shown(simulateTable({ rows, hazard, seed: 1 }), progressOf(name));
    return {
      ours: () => millisecondsOf(() => shown(fit(table), progressOf(name))),
      limit: async () => mostSeconds * 1_000,
      also: { is: 'one pass over the columns, adding up', run: () => millisecondsOf(async () => sumOf(table)) },
    };
  },
});

export const churnLogistic = (): BenchCase => speed('churn-logistic', 20, (table) => fitLogistic(table, { ridge: 1 }));
export const churnBoosted = (): BenchCase => speed('churn-boosted', 90, (table) => fitAdditive(table, { rounds: 120, rate: 0.05, bins: 64, leaves: 3, leastWeight: 5, ridge: 1 }));

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function sumOf({ columns }: Table): Promise<number> {
  let sum = 0;
  for (const column of columns) for (let row = 0; row < column.length; row++) sum += column[row]!;
  return sum;
}
