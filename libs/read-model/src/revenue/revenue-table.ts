import { isRevenueFact } from '#insight';
import type { EntityTable } from '../entities/entity-table.js';

interface RevenueRow extends Record<string, unknown> {
  /** When it first subscribed to anything, RFC 3339. */
  readonly first_at: string;
}

/** Every customer who ever subscribed to anything: one row, with the facts that recurring revenue is made from. */
export const revenueTable: EntityTable<RevenueRow> = {
  name: 'revenue', version: 1,
  columns: { first_at: 'timestamptz' },
  entityOf: ({ type }) => (isRevenueFact(type) ? 'revenue' : null),
  rowOf(facts) {
    const first = facts.find(({ type }) => type.startsWith('subscription.') || type === 'renewal.renewed');
    return first ? { first_at: first.occurredAt } : null;
  },
};
