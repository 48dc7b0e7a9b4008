import { COUNTED } from './customer-answer.js';
import type { LiveRows } from './live-rows.js';

export const CUSTOMER_SORTS = ['id', 'name', 'score', '-score', 'arr', '-arr', 'renewal', 'risk', '-risk', 'arrAtRisk', '-arrAtRisk', 'divergence'] as const;

/** Which customers, in which order. */
export interface CustomerFilter {
  /** Part of the name, or the whole id, any case. */
  readonly q?: string;
  readonly band?: string;
  readonly segment?: string;
  readonly owner?: string;
  /** `active`, `prospect`, `ended`, `all`; `current` (the default) is whoever has not ended. */
  readonly status?: string;
  /** `false`: only customers that nobody has registered yet. */
  readonly claimed?: boolean;
  readonly sort?: (typeof CUSTOMER_SORTS)[number];
}

const ORDER: Record<(typeof CUSTOMER_SORTS)[number], string> = {
  id: 'customer', name: 'lower(name) nulls last, customer', score: `band = 'unknown', score nulls last, lower(name) nulls last, customer`, '-score': `band = 'unknown', score desc nulls last, lower(name) nulls last, customer`,
  arr: 'arr nulls first, customer', '-arr': 'arr desc nulls last, customer', renewal: 'renewal_day nulls last, customer',
  risk: 'risk nulls last, customer', '-risk': 'risk desc nulls last, customer', arrAtRisk: 'arr_at_risk nulls last, customer', '-arrAtRisk': 'arr_at_risk desc nulls last, customer',
  // Largest gap first.
  divergence: 'divergence desc nulls last, customer',
};

const CONDITIONS = {
  q: (place: string) => `(position(lower(${place}) in lower(name)) > 0 or lower(customer) = lower(${place}))`,
  band: (place: string) => `band = ${place}`,
  segment: (place: string) => `segment = ${place}`,
  owner: (place: string) => `owner = ${place}`,
  claimed: (place: string) => `claimed = ${place}`,
};

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Prepared under this name: the same for lists that differ in values only. */
  readonly name: string;
}

/** Selects `columns` of a tenant's customers; with a `limit`, written into the text so that its plan is for so few. The text holds conditions only for what is asked for, so that an index can give the order. */
export function customersInOrder({ generation, summed, from }: Omit<LiveRows, 'rows'>, columns: string, tenant: string, { sort = 'id', status = 'current', ...filter }: CustomerFilter, limit?: number): Statement {
  const values: unknown[] = [tenant];
  const place = (value: unknown) => `$${values.push(value)}`;
  const asked = (Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[]).filter((field) => filter[field] !== undefined);
  const conditions = ['tenant = $1', COUNTED, ...asked.map((field) => CONDITIONS[field](place(filter[field])))];
  if (status === 'current') conditions.push(`status <> 'ended'`);
  else if (status !== 'all') conditions.push(`status = ${place(status)}`);
  const known = status === 'current' || status === 'all' ? status : 'one';
  return {
    text: `select ${columns} from ${from} where ${conditions.join(' and ')} order by ${ORDER[sort]}${limit === undefined ? '' : ` limit ${limit}`}`,
    values, name: ['customers', generation, summed ? 'summed' : 'unsummed', sort, known, asked.map((field) => field[0]).join(''), limit ?? 'all'].join('_'),
  };
}
