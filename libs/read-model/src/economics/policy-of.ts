import { type EconomicsPolicy, INCOMES, type Income, type PolicyChange, policyChanges } from '#insight';
import { QueryRefused } from '../reading.js';

export type NamedPolicy = EconomicsPolicy & { readonly name: string };

/** What is asked for in place of the tenant's policy, setting by setting. */
export interface PolicyOptions {
  readonly income?: string;
  /** Drivers with commas between them; `all`. */
  readonly costs?: string;
  readonly horizonMonths?: number;
  /** Two edges with a comma between them. */
  readonly fitBands?: string;
  readonly fitMonths?: number;
}

/** The tenant's policy with what was asked for instead, and in what that is other. @throws QueryRefused naming the parameter */
export function policyOf(own: NamedPolicy, { income, costs, horizonMonths, fitBands, fitMonths }: PolicyOptions): { readonly policy: NamedPolicy; readonly changes: readonly PolicyChange[] } {
  if (income !== undefined && !(INCOMES as readonly string[]).includes(income)) throw new QueryRefused('invalid-parameter', `income must be one of ${INCOMES.join(', ')}.`, 'income');
  const asked: NamedPolicy = {
    ...own, ...(income !== undefined && { income: income as Income }), ...(costs !== undefined && { costOfRevenue: costs === 'all' ? null : [...new Set(costs.split(','))].sort() }),
    ...(horizonMonths !== undefined && { horizonMonths }), ...(fitBands !== undefined && { fitBands: edgesOf(fitBands) }), ...(fitMonths !== undefined && { fitMonths }),
  };
  const changes = policyChanges(own, asked);
  return { changes, policy: changes.length === 0 ? own : { ...asked, name: `${own.name}, otherwise in ${changes.map(({ setting }) => setting).join(', ')}` } };
}

function edgesOf(text: string): readonly [number, number] {
  const edges = text.split(',').map(Number);
  const [middle, good] = edges;
  if (edges.length !== 2 || !(middle! > 0 && good! > middle! && good! <= 100)) throw new QueryRefused('invalid-parameter', 'fitBands must be two rising numbers up to 100, such as 50,75.', 'fitBands');
  return [middle!, good!];
}
