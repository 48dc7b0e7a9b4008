import { type EconomicsPolicy, INCOMES, type Income, usualEconomics } from '#insight';
import { QueryRefused } from '../reading.js';

/** What is asked for in place of the usual policy, setting by setting. */
export interface PolicyOptions {
  readonly income?: string;
  /** Drivers with commas between them; `all`. */
  readonly costs?: string;
  readonly horizonMonths?: number;
  /** Two edges with a comma between them. */
  readonly fitBands?: string;
  readonly fitMonths?: number;
}

/** The policy in force with what was asked for instead. @throws QueryRefused naming the parameter */
export function policyOf({ income, costs, horizonMonths, fitBands, fitMonths }: PolicyOptions): EconomicsPolicy & { readonly name: 'usual' | 'asked' } {
  if (income !== undefined && !(INCOMES as readonly string[]).includes(income)) throw new QueryRefused('invalid-parameter', `income must be one of ${INCOMES.join(', ')}.`, 'income');
  const policy: EconomicsPolicy = {
    income: (income as Income | undefined) ?? usualEconomics.income, costOfRevenue: costs === undefined || costs === 'all' ? usualEconomics.costOfRevenue : [...new Set(costs.split(','))].sort(),
    horizonMonths: horizonMonths ?? usualEconomics.horizonMonths, fitBands: fitBands === undefined ? usualEconomics.fitBands : edgesOf(fitBands), fitMonths: fitMonths ?? usualEconomics.fitMonths,
  };
  return { name: JSON.stringify(policy) === JSON.stringify(usualEconomics) ? 'usual' : 'asked', ...policy };
}

function edgesOf(text: string): readonly [number, number] {
  const edges = text.split(',').map(Number);
  const [middle, good] = edges;
  if (edges.length !== 2 || !(middle! > 0 && good! > middle! && good! <= 100)) throw new QueryRefused('invalid-parameter', 'fitBands must be two rising numbers up to 100, such as 50,75.', 'fitBands');
  return [middle!, good!];
}
