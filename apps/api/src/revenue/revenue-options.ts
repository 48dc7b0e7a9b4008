import { usualRevenuePolicy } from '#insight';
import type { PolicyOptions } from '#read-model';
import type { CustomerRevenueQuery } from './revenue.dto.js';

/** What was asked for, with what is to be counted otherwise as one thing. What was not asked for is left out. */
export function revenueOptions<Query extends Partial<CustomerRevenueQuery>>(query: Query) {
  const { minPosition, policy, reactivation, reactivationDays, currency, churnAt, pause, midTerm, escalators, usage, merge, renewalsBy, graceDays, groupMinutes, ...rest } = query;
  const asked = Object.fromEntries(Object.entries({ reactivation, reactivationDays, currency, churnAt, pause, midTerm, escalators, usage, merge, renewalsBy, graceDays, groupMinutes }).filter(([, value]) => value !== undefined));
  const { name: _, ...usual } = usualRevenuePolicy;
  return { ...rest, policy: { ...(policy === 'usual' ? usual : {}), ...asked } as PolicyOptions };
}
