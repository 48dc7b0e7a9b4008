import type { Work } from '#event-store';
import type { CustomerState } from './customer-state.js';
import { FEW_LATE } from './flows.js';
import { copyRow, type Late } from './states-sql.js';

/**
 * Customers of a batch who have no row yet. Where a tenant brings many at once, its history flows in: their rows begin empty and stale, and are folded once
 * it has come. So a page of it is soon done, and no other tenant waits behind it. The empty rows of a tenant and day are copies of the first.
 */
export class Openings {
  private readonly counts = new Map<string, number>();
  private readonly models = new Map<string, { readonly model: CustomerState; readonly others: Late[] }>();

  /** @param tenants of everybody without a row, each as often as it has such customers */
  constructor(tenants: readonly string[]) {
    for (const tenant of tenants) this.counts.set(tenant, (this.counts.get(tenant) ?? 0) + 1);
  }

  /** @returns the state as it was given, stale from its first fact on where it is one of many */
  begin(state: CustomerState, from: number): CustomerState {
    const { tenant, customer, day } = state;
    if (this.counts.get(tenant)! <= FEW_LATE) return state;
    const begun = { ...state, staleFrom: from, position: from };
    const known = this.models.get(`${tenant} ${day}`);
    if (known) known.others.push({ tenant, customer, from });
    else this.models.set(`${tenant} ${day}`, { model: begun, others: [] });
    return begun;
  }

  /** True for a state that gets its row by `copyRows`. */
  isCopy({ tenant, customer, day, staleFrom }: CustomerState): boolean {
    return staleFrom !== null && (this.models.get(`${tenant} ${day}`)?.model.customer ?? customer) !== customer;
  }

  /** To be called when the rows of all others are written. @returns customers for whom it could not be done */
  async copyRows(work: Work): Promise<Late[]> {
    const left: Late[] = [];
    for (const { model, others } of this.models.values()) {
      const made = new Set((others.length === 0 ? [] : await copyRow(work, model, others)).map(({ customer }) => customer));
      left.push(...others.filter(({ customer }) => !made.has(customer)));
    }
    return left;
  }
}
