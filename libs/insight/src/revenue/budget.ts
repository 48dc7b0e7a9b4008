import type { JourneyEvent } from '#journey';
import { money, number, text } from '../sheet/fact.js';
import type { Terminable } from './exposure.js';
import type { RevenueEvent } from './subscription-history.js';

/** A cut of a customer's budget that stands: nothing else was said of the same since. */
export interface BudgetCut {
  /** Null: of all that it buys. */
  readonly product: string | null;
  /** By which part; null: nobody said, neither as a share nor as amounts before and after. */
  readonly share: number | null;
  /** `YYYY-MM-DD`; null: nobody said. */
  readonly effectiveOn: string | null;
  readonly event: RevenueEvent;
}

const DAY = 86_400_000;
export const isBudgetFact = (type: string): boolean => type === 'budget.changed';

/** The cuts that stand at a moment (RFC 3339), told within so many days before it; what was said of all of it later takes the place of what was said of a product. */
export function budgetCutsOf(facts: readonly JourneyEvent[], until: string, days: number): BudgetCut[] {
  const end = Date.parse(until);
  const told = facts.filter(({ type, occurredAt }) => isBudgetFact(type) && Date.parse(occurredAt) <= end).toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
  const last = new Map<string | null, JourneyEvent>();
  for (const fact of told) {
    const product = text(fact.data['product']) ?? null;
    if (product === null) last.clear();
    last.set(product, fact);
  }
  return [...last].flatMap(([product, { source, id, type, occurredAt, data }]): BudgetCut[] => (data['direction'] !== 'cut' || end - Date.parse(occurredAt) > days * DAY ? [] : [
    { product, share: shareIn(data), effectiveOn: text(data['effectiveOn']) ?? null, event: { source, id, type, at: occurredAt } },
  ]));
}

function shareIn(data: JourneyEvent['data']): number | null {
  const [from, to] = [money(data['from']), money(data['to'])];
  return number(data['share']) ?? (from && to && from.currency === to.currency && from.amount > 0 ? Math.round((1 - to.amount / from.amount) * 1e6) / 1e6 : null);
}

/** What a customer could end of which its budget is cut. */
export const cutParts = (parts: readonly Terminable[], cuts: readonly BudgetCut[]): Terminable[] => parts.filter(({ product }) => cuts.some((cut) => cut.product === null || cut.product === product));
