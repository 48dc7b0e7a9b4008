import { Query } from '@nestjs/cqrs';
import { COUNTED, type CustomerSummary, LISTED_COLUMNS, listed, type ListedRow } from '../customers/customer-answer.js';
import { liveEntities } from '../entities/live-entities.js';
import { readCustomers, type ReadModelOptions } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { type Claims, type Ledger, type Ledgers, ledgersOf } from './ledgers.js';
import type { Plan } from './plan-of.js';
import { planTable } from './plan-table.js';

export interface SuccessPlansAnswer {
  readonly today: Calendar['today'];
  /** Running customers, and how many of them have no goal of their own recorded. */
  readonly customers: number;
  readonly withoutGoal: number;
  /** Of all of them together. */
  readonly theirs: Ledger;
  readonly ours: Ledger;
  readonly outcomes: Claims;
  /** Those without a goal of their own first, then those with the most that is overdue, disputed or only declared; by yearly amount among equals. */
  readonly items: readonly (Pick<CustomerSummary, 'id' | 'name' | 'owner' | 'arr' | 'band'> & Ledgers & { readonly without: boolean })[];
  readonly more: number;
}

export interface ListSuccessPlansOptions { readonly tenant: string; readonly owner?: string; /** Only those without a goal of their own. */ readonly without?: boolean; /** Default 50. */ readonly limit?: number }

export class ListSuccessPlans extends Query<SuccessPlansAnswer> {
  constructor(readonly options: ListSuccessPlansOptions) {
    super();
  }
}

const none: Plan = { objectives: [], outcomes: [] };

export async function listSuccessPlans(model: ReadModelOptions, { tenant, owner, without = false, limit = 50 }: ListSuccessPlansOptions): Promise<SuccessPlansAnswer> {
  return readCustomers(model, tenant, async (sql, { from }, today) => {
    const rows = await sql.query<ListedRow & { plan: Plan | null }>(
      `select of.*, success_plan.plan from (select ${LISTED_COLUMNS}, tenant, arr from ${from} where tenant = $1 and status = 'active' and ($2::text is null or owner = $2) and ${COUNTED}) as of
       left join ${await liveEntities(sql, planTable)} on success_plan.tenant = of.tenant and success_plan.customer = of.customer order by of.arr desc nulls last, of.customer`, [tenant, owner ?? null]);
    const all = rows.map(({ plan, ...row }) => {
      const { id, name, owner: looksAfter, arr, band } = listed(row, null);
      const ledgers = ledgersOf(plan ?? none, today.date);
      return { id, name, owner: looksAfter, arr, band, ...ledgers, without: ledgers.theirs.objectives === 0 };
    });
    const nothing = ledgersOf(none, today.date);
    const wanted = all.filter((one) => !without || one.without).sort((a, b) => Number(b.without) - Number(a.without) || open(b) - open(a));
    const items = wanted.slice(0, limit);
    return {
      today, customers: all.length, withoutGoal: all.filter((one) => one.without).length, theirs: sum(nothing.theirs, all.map(({ theirs }) => theirs)), ours: sum(nothing.ours, all.map(({ ours }) => ours)), outcomes: sum(nothing.outcomes, all.map(({ outcomes }) => outcomes)),
      items, more: wanted.length - items.length,
    };
  });
}

const open = ({ theirs, ours, outcomes }: Ledgers): number => theirs.overdue + ours.overdue + outcomes.disputed + theirs.declared + ours.declared;

/** All figures added up, beginning with `none`. */
function sum<T extends object>(none: T, list: readonly T[]): T {
  return Object.fromEntries(Object.keys(none).map((name) => [name, list.reduce((all, each) => all + Number(each[name as keyof T]), 0)])) as T;
}
