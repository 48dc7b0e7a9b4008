import type { EntityTable } from '../entities/entity-table.js';

interface EconomicsRow extends Record<string, unknown> {
  /** The family of facts. */
  readonly family: string;
}

/** Facts about what customers earn and cost us: one row per invoice, subscription and opportunity, and one per month of costs. Figures are worked out from them when they are asked for. */
export const economicsTable: EntityTable<EconomicsRow> = {
  name: 'economics', version: 1,
  columns: { family: 'text' },
  entityOf({ type, data, occurredAt }) {
    const [family, what] = type.split('.') as [string, string];
    const of = (number: unknown) => `${family}:${String(number)}`;
    switch (family) {
      case 'cost': return of(occurredAt.slice(0, 7));
      case 'invoice': return of(data['invoice']);
      case 'subscription': return of(data['subscription']);
      case 'renewal': return of(data['renewal']);
      case 'sale': return what === 'fit-assessed' ? 'sale:fit' : what === 'won' ? of(data['opportunity']) : null;
      case 'customer': return what === 'closed' || what === 'registered' ? 'customer' : null;
      default: return null;
    }
  },
  rowOf: (_, entity) => ({ family: entity.split(':')[0]! }),
};
