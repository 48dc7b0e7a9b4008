import type { EntityTable } from '../entities/entity-table.js';

interface EconomicsRow extends Record<string, unknown> {
  /** The family of facts. */
  readonly family: string;
}

/** Facts about what customers cost us, what they were billed, and how they were won: one row per invoice, per month of costs, and for sales. Figures are worked out from these and from the rows of recurring revenue when they are asked for. */
export const economicsTable: EntityTable<EconomicsRow> = {
  name: 'economics', version: 1,
  columns: { family: 'text' },
  entityOf({ type, data, occurredAt }) {
    const [family] = type.split('.');
    if (family === 'cost') return `cost:${occurredAt.slice(0, 7)}`;
    if (family === 'invoice') return `invoice:${String(data['invoice'])}`;
    return type === 'sale.fit-assessed' || type === 'sale.won' ? 'sale' : null;
  },
  rowOf: (_, entity) => ({ family: entity.split(':')[0]! }),
};
